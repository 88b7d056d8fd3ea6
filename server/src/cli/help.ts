import { LAUNCHER_EXITS, LAUNCHER_HELP } from '../launcher/help.ts';

const SCAN_EXITS = 'Exit codes: 0 nothing found, 1 findings at or above --fail-on, 2 failure, 130 interrupted.';
const ACT_EXITS = `Of revoke and rotate: 0 the issuer confirmed it, 2 refused, or nothing was sent; 1 nobody knows whether it happened, or it did
and the new value could not be put in its place: look at what is said.`;
const DOCTOR_EXITS = 'Of doctor: 1 a problem.';

/** What both acts at issuers have in common. */
const ACTS = `      NAME is the code in its name (1a2b3c), its cred:// reference, or a server that uses it. Both show first who uses it,
      in PATHs and in your own configs, and ask for the code, on a terminal only. They cannot be undone.
      --dialect           as for scan
`;

/** What each command does, in the order in which people are told. */
const COMMANDS: Readonly<Record<string, string>> = {
	scan: `  scan [PATH...]      look for credentials in configs; PATH is a file, a folder, or - for standard input
      --user              also your own configs, of every host that is installed, in your account's home and in HOME
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
`,
	list: `  list [PATH...]      every distinct secret: issuer, kind, scope, age, expiry, where used, where stored
      --format FORMAT     text (default) or json
      --user, --dialect, --old-after, --expires-soon, --long-lived
                          as for scan
      --probe ISSUER      ask this issuer what its tokens may do, those in these configs, in their .env files and in the keychain;
                          asks you first, on a terminal only; may be repeated
`,
	declare: `  declare CODE [PATH...] [--scope SCOPE]... [--access read|write|admin] [--expires YYYY-MM-DD|never]
                      say what a token may do where its issuer does not tell; CODE ends its name in list (1a2b3c)
      --forget            take back what you said
      --user, --dialect   as for scan
`,
	store: `  store put PATH      store a secret, read from standard input or typed unseen, as cred://keychain/PATH
  store list [--format text|json]    what is stored, without values
  store get PATH --reveal    show a value, on a terminal only
  store remove PATH [--yes]    delete a stored secret; asks first, unless told --yes
`,
	approve: `  approve [NUMBER]    show what was refused to start and why, and allow it; on a terminal only
      --item ID           which stored secret is meant, where several have the path
`,
	revoke: `  revoke NAME [PATH...]    end a token at its issuer, with the token alone
`,
	rotate: `  rotate NAME [PATH...]    have the issuer replace a stored token, and store the new value in its place
`,
	bindings: `  bindings            which server may use which stored secret
      --format text|json
`,
	...LAUNCHER_HELP,
	doctor: `  doctor [--fix]      check runtime, keychain, launcher, index and brokers; --fix installs the launcher
  doctor --reset-index    move a damaged or forged index aside; on a terminal only
`,
	rules: `  rules [ID] [--format text|json]    every rule with its level, or what there is to say of one
`,
};

export const HELP = `mcp-hygiene finds credentials in the configs of MCP servers, and starts servers without them.

Usage: mcp-hygiene COMMAND [OPTIONS]

${Object.entries(COMMANDS)
	.map(([name, text]) => (name === 'rotate' ? text + ACTS : text))
	.join('')}  COMMAND --help      the same of one command
  help, --version

${SCAN_EXITS}
${ACT_EXITS}
${DOCTOR_EXITS} ${LAUNCHER_EXITS}
`;

const EXITS: Readonly<Record<string, string>> = {
	scan: SCAN_EXITS,
	revoke: `Exit codes. ${ACT_EXITS}`,
	rotate: `Exit codes. ${ACT_EXITS}`,
	doctor: 'Exit codes: 0 all is well, 1 a problem, 2 failure.',
};

/** The part of {@link HELP} on one command; all of it for what is none. */
export function helpOf(command: string): string {
	const text = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
	if (text === undefined) return HELP;
	const isAct = command === 'revoke' || command === 'rotate';
	const exits = EXITS[command] ?? 'Exit codes: 0 done, 2 failure.';
	return `Usage: mcp-hygiene ${command}\n\n${text}${isAct ? ACTS : ''}\n${exits}\n`;
}
