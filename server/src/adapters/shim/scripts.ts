/** A program that can run our bundles. */
export interface Runtime {
	readonly path: string;
	/** `electron`: an editor's executable, which works as Node when told so. */
	readonly kind: 'electron' | 'node';
}

/**
 * Variables that act on Node, or on the shell, before our first line runs. The shim takes them out of the way and keeps them
 * under another name, for servers that the person lets have them.
 */
const EARLY = [
	'NODE_OPTIONS',
	'NODE_PATH',
	'NODE_EXTRA_CA_CERTS',
	'NODE_TLS_REJECT_UNAUTHORIZED',
	'NODE_USE_ENV_PROXY',
	'NODE_USE_SYSTEM_CA',
	'NODE_REPL_EXTERNAL_MODULE',
	'NODE_CHANNEL_FD',
	'NODE_V8_COVERAGE',
	'NODE_REDIRECT_WARNINGS',
	'NODE_ICU_DATA',
	'NODE_COMPILE_CACHE',
	'NODE_PRESERVE_SYMLINKS',
	'NODE_PRESERVE_SYMLINKS_MAIN',
	'NODE_DEBUG',
	'NODE_DEBUG_NATIVE',
	'NODE_PENDING_DEPRECATION',
	'ELECTRON_RUN_AS_NODE',
	'OPENSSL_CONF',
	'OPENSSL_MODULES',
	'SSL_CERT_FILE',
	'SSL_CERT_DIR',
	'SSLKEYLOGFILE',
	'LD_PRELOAD',
	'LD_LIBRARY_PATH',
	'LD_AUDIT',
	'DYLD_INSERT_LIBRARIES',
	'DYLD_LIBRARY_PATH',
	'DYLD_FRAMEWORK_PATH',
	'DYLD_FALLBACK_LIBRARY_PATH',
	'GCONV_PATH',
	'BASH_ENV',
	'ENV',
	'HTTP_PROXY',
	'HTTPS_PROXY',
	'ALL_PROXY',
	'NO_PROXY',
	'http_proxy',
	'https_proxy',
	'all_proxy',
	'no_proxy',
] as const;

const KEPT_AS = 'MCP_HYGIENE_HANDED_';

/** The environment as the host handed it, with what the shim put aside. The other half of the scripts below. */
export function handedEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const { ELECTRON_RUN_AS_NODE: _ours, ...rest } = environment;
	const named = Object.entries(rest).map(
		([name, value]) => [name.startsWith(KEPT_AS) ? name.slice(KEPT_AS.length) : name, value] as const,
	);
	return Object.fromEntries(named);
}

export interface ShimContent {
	/** Folder of the bundles. */
	readonly lib: string;
	/** Best first; the first one that exists is taken. */
	readonly runtimes: readonly Runtime[];
}

/**
 * The POSIX shim. Functions that the environment defines for `test` and `[` are dropped first; the rest is keywords and
 * special built-ins, which no function can replace when bash is called `sh`.
 */
export function posixShim({ lib, runtimes }: ShimContent): string {
	return `#!/bin/sh
# mcp-hygiene. Written by its extension and its command line; changes here are lost.
unset -f test [ 2>/dev/null
for name in ${EARLY.join(' ')}; do
	eval "case \\\${$name+set} in set) export ${KEPT_AS}$name=\\"\\$$name\\"; unset $name ;; esac"
done
lib=${quote(lib)}
case \${1-} in
run | connect | keychain) program=launcher.js ;;
*) program=cli.js ;;
esac
${runtimes.map(posixRuntime).join('\n')}
echo 'mcp-hygiene: no program to run it with was found. Install Node.js 22 or newer, or open the editor with the extension once.' >&2
exit 78
`;
}

function posixRuntime({ path, kind }: Runtime): string {
	const asNode = kind === 'electron' ? '\n\texport ELECTRON_RUN_AS_NODE=1' : '';
	return `if [ -x ${quote(path)} ]; then${asNode}\n\texec ${quote(path)} "$lib/$program" "$@"\nfi`;
}

function quote(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The Windows shim. It drops the variables for good: `cmd` cannot copy a value that holds a quote. */
export function windowsShim({ lib, runtimes }: ShimContent): string {
	const lines = [
		'@echo off',
		'rem mcp-hygiene. Written by its extension and its command line; changes here are lost.',
		'setlocal DisableDelayedExpansion',
		...[...new Set(EARLY.map((name) => name.toUpperCase()))].map((name) => `set "${name}="`),
		`set "MCP_HYGIENE_LIB=${escapePercent(lib)}"`,
		'set "MCP_HYGIENE_PROGRAM=cli.js"',
		...['run', 'connect', 'keychain'].map((name) => `if "%~1"=="${name}" set "MCP_HYGIENE_PROGRAM=launcher.js"`),
		...runtimes.flatMap(windowsRuntime),
		'echo mcp-hygiene: no program to run it with was found. Install Node.js 22 or newer, or open the editor with the extension once. 1>&2',
		'exit /b 78',
	];
	return `${lines.join('\r\n')}\r\n`;
}

function windowsRuntime({ path, kind }: Runtime, index: number): string[] {
	const next = `:next${index}`;
	return [
		`if not exist "${escapePercent(path)}" goto ${next.slice(1)}`,
		...(kind === 'electron' ? ['set "ELECTRON_RUN_AS_NODE=1"'] : []),
		`"${escapePercent(path)}" "%MCP_HYGIENE_LIB%\\%MCP_HYGIENE_PROGRAM%" %*`,
		'exit /b %ERRORLEVEL%',
		next,
	];
}

function escapePercent(text: string): string {
	return text.replaceAll('%', '%%');
}
