/**
 * Environment variables that change which code or which certificates a program trusts before its first line runs. Beside a
 * credential they are a way to steal it, so nothing hands them on.
 */
const NAMES = new Set([
	'BASH_ENV',
	'CLASSPATH',
	'GCONV_PATH',
	'GIT_EXEC_PATH',
	'GIT_SSH',
	'GIT_SSH_COMMAND',
	'IFS',
	'JAVA_TOOL_OPTIONS',
	'JDK_JAVA_OPTIONS',
	'LUA_PATH',
	'LUA_CPATH',
	'NODE_CHANNEL_FD',
	'NODE_EXTRA_CA_CERTS',
	'NODE_OPTIONS',
	'NODE_PATH',
	'NODE_REPL_EXTERNAL_MODULE',
	'NODE_TLS_REJECT_UNAUTHORIZED',
	'NODE_USE_ENV_PROXY',
	'OPENSSL_CONF',
	'OPENSSL_MODULES',
	'PERL5LIB',
	'PERL5OPT',
	'PHPRC',
	'PHP_INI_SCAN_DIR',
	'PROMPT_COMMAND',
	'PYTHONHOME',
	'PYTHONINSPECT',
	'PYTHONPATH',
	'PYTHONSTARTUP',
	'REQUESTS_CA_BUNDLE',
	'CURL_CA_BUNDLE',
	'RUBYLIB',
	'RUBYOPT',
	'SHELLOPTS',
	'SSLKEYLOGFILE',
	'SSL_CERT_DIR',
	'SSL_CERT_FILE',
	'ZDOTDIR',
	'_JAVA_OPTIONS',
	'DOTNET_STARTUP_HOOKS',
	'ALL_PROXY',
	'FTP_PROXY',
	'GLOBAL_AGENT_HTTPS_PROXY',
	'GLOBAL_AGENT_HTTP_PROXY',
	'GRPC_PROXY',
	'HTTPS_PROXY',
	'HTTP_PROXY',
	'NO_PROXY',
	'SOCKS_PROXY',
	'DENO_CERT',
	'DENO_TLS_CA_STORE',
	'BUN_OPTIONS',
	'COMSPEC',
]);

const PREFIXES = ['DYLD_', 'NPM_CONFIG_', 'BUN_CONFIG_', 'UV_', 'PIP_', 'BASH_FUNC_', 'YARN_', 'PNPM_CONFIG_'];

/** Of the linker those that load or write files (ld.so(8)); `LD_` alone is the prefix of LaunchDarkly's names too. */
const LINKER = /^LD_(?:AUDIT|CONFIG|DEBUG_OUTPUT|LIBRARY_PATH|ORIGIN_PATH|PRELOAD|PROFILE_OUTPUT)/;

/** Of libuv, not of uv. */
const HARMLESS = new Set(['UV_THREADPOOL_SIZE', 'UV_USE_IO_URING']);

/** Names are compared without case: npm and curl read both, and Windows knows no difference. */
export function isLoaderVariable(name: string): boolean {
	const upper = name.toUpperCase();
	if (HARMLESS.has(upper)) return false;
	return NAMES.has(upper) || LINKER.test(upper) || PREFIXES.some((prefix) => upper.startsWith(prefix));
}
