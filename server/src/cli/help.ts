export const HELP = `mcp-hygiene finds credentials in the configs of MCP servers, and starts servers without them.

Usage: mcp-hygiene COMMAND [OPTIONS]

  scan [PATH...]      look for credentials in configs; PATH is a file, a folder, or - for standard input
      --user              also your own configs, of every host that is installed
      --staged            what git would commit instead of what lies in the folder; PATHs narrow it down
      --dialect ID        read files as this format: vscode, portable, cursor, claude-desktop, codex, ...
      --format FORMAT     text (default), json or sarif
      --fail-on LEVEL     exit with 1 from this level on: error, warning (default) or note
      --rule ID=LEVEL     set a rule to error, warning, note or off; may be repeated
      --old-after DAYS    a token is old from this age on (90)
      --expires-soon DAYS tell of an end so many days ahead (7)
      --long-lived DAYS   a token that is valid for longer than this is long-lived (366)
      --baseline FILE     leave out what this file accepts
      --write-baseline --reason TEXT
                          accept what is left, in FILE or .mcp-hygiene-baseline.json
  list [PATH...]      every distinct secret: issuer, kind, scope, age, expiry, where used, where stored
      --user, --dialect, --format text|json, --old-after, --expires-soon, --long-lived    as above
      --probe ISSUER      ask this issuer what its tokens may do, those in these configs, in their .env files and in the keychain;
                          asks you first, on a terminal only; may be repeated
  declare CODE [PATH...] [--scope SCOPE]... [--access read|write|admin] [--expires YYYY-MM-DD|never]
                      say what a token may do where its issuer does not tell; CODE ends its name in list (1a2b3c)
      --forget            take back what you said
      --user, --dialect   as above
  store put PATH      store a secret, read from standard input or typed unseen, as cred://keychain/PATH
  store list [--format text|json]    what is stored, without values
  store get PATH --reveal    show a value, on a terminal only
  store remove PATH [--yes]    delete a stored secret; asks first, unless told --yes
  approve [NUMBER]    show what was refused to start and why, and allow it; on a terminal only
      --item ID           which stored secret is meant, where several have the path
  revoke NAME [PATH...]    end a token at its issuer, with the token alone
  rotate NAME [PATH...]    have the issuer replace a stored token, and store the new value in its place
      NAME is the code in its name (1a2b3c), its cred:// reference, or a server that uses it. Both show first who uses it,
      in PATHs and in your own configs, and ask for the code, on a terminal only. They cannot be undone.
      --dialect           as above
  bindings            which server may use which stored secret
      --format text|json
  run [--server NAME] -- COMMAND [ARG...]
                      resolve references in the environment and start a server
  connect URL [--bearer REF] [--header NAME=REF]...
                      talk to a server over HTTP, with headers resolved in memory
      --basic REF         user:password, sent as a header
      --query NAME=REF    a parameter of the URL
      --path NAME=REF     the segment {NAME} of the URL
  doctor [--fix]      check runtime, keychain, launcher, index and brokers; --fix installs the launcher
  doctor --reset-index    move a damaged or forged index aside; on a terminal only
  rules [--format text|json]    every rule with its level
  help, --version

Exit codes: 0 nothing found, 1 findings at or above --fail-on, 2 failure, 130 interrupted.
Of revoke and rotate: 0 the issuer confirmed it, 2 refused, or nothing was sent; 1 nobody knows whether it happened, or it did
and the new value could not be put in its place: look at what is said.
Of doctor: 1 a problem. Of run and connect: the server's own, 64 for a wrong command line, 78 when it is not started.
`;
