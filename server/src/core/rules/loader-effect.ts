import type { Level } from '../finding.ts';
import { isLoaderVariable } from '../loader-variables.ts';
import type { NamedPart } from '../servers.ts';

/** What a variable does to a program before its first line, and how bad that is beside a secret. */
export interface LoaderEffect {
	/** "loads code into the server". */
	readonly words: string;
	readonly level: Level;
}

/** Undefined for a variable that is no loader variable, and for one whose value does no harm. */
export function loaderEffect({ name, value }: Pick<NamedPart, 'name' | 'value'>): LoaderEffect | undefined {
	if (value.trim() === '' || !isLoaderVariable(name)) return undefined;
	const upper = name.toUpperCase();
	if (upper.startsWith('LD_') && !LINKER.test(upper)) return undefined;
	if (upper === 'NO_PROXY' || upper === 'NODE_USE_ENV_PROXY') return undefined;
	if (upper === 'NODE_TLS_REJECT_UNAUTHORIZED') return value.trim() === '0' ? TLS_OFF : undefined;
	const harmless = HARMLESS[upper];
	if (harmless && hasOnlyHarmlessOptions(value, harmless)) return undefined;
	if (upper === 'SSLKEYLOGFILE') return { words: 'writes the keys of its connections into a file', level: 'error' };
	if (PROXY.test(upper))
		return { words: 'sends its requests through a proxy', level: isHere(value) ? 'note' : 'warning' };
	if (CERTIFICATES.test(upper)) return { words: 'changes which certificates it trusts', level: 'warning' };
	if (SEARCH_PATH.test(upper)) return { words: 'changes where it looks for code', level: 'note' };
	if (!TOOL.test(upper)) return { words: 'loads code into it', level: 'error' };
	return REGISTRY.test(upper) ? { words: 'changes where its packages come from', level: 'warning' } : undefined;
}

const TLS_OFF: LoaderEffect = { words: 'turns off the check of certificates', level: 'error' };
/** Of the dynamic linker; `LD_ACCESS_TOKEN` is LaunchDarkly's. */
const LINKER = /^LD_(?:PRELOAD|AUDIT|LIBRARY_PATH|CONFIG|ORIGIN_PATH|DEBUG_OUTPUT|PROFILE_OUTPUT)(?:_32|_64)?$/;
const PROXY = /_PROXY$/;
const CERTIFICATES =
	/^(?:NODE_EXTRA_CA_CERTS|SSL_CERT_(?:FILE|DIR)|(?:REQUESTS|CURL)_CA_BUNDLE|DENO_CERT|DENO_TLS_CA_STORE|OPENSSL_CONF)$/;
const SEARCH_PATH =
	/^(?:NODE_PATH|PYTHONPATH|PYTHONHOME|CLASSPATH|PERL5LIB|RUBYLIB|LUA_C?PATH|(?:LD|DYLD)_(?:FALLBACK_)?LIBRARY_PATH)$/;
/** Settings of package tools: most are about caches and output. */
const TOOL = /^(?:NPM_CONFIG_|PNPM_CONFIG_|YARN_|BUN_CONFIG_|UV_|PIP_)/;
const REGISTRY = /(?:REGISTRY|INDEX|INDEX_URL|FIND_LINKS|TRUSTED_HOST|NODE_OPTIONS|SCRIPT_SHELL|GIT)(?:_|$)/;

/** A proxy of the person's own machine. */
function isHere(value: string): boolean {
	return /^(?:[a-z0-9]{2,8}:\/\/)?(?:localhost|127\.[0-9.]{5,11}|\[?::1\]?|host\.docker\.internal)(?::|\/|$)/i.test(
		value.trim(),
	);
}

/** Of an option that loads no code, no agent and no certificates: memory, warnings, output, and properties of other kinds. */
const JAVA =
	/^(?:-X(?:m[nsx]|ss)\d{1,9}[kmgt]?|-X(?:int|comp|mixed|rs|share:\w{2,8})|-XX:(?:[+-]\w{1,60}|\w{1,60}=\d{1,12}(?:\.\d{1,6})?[kmgt%]?)|-D(?!javax|jdk|sun|com\.sun|java\.(?!awt\.headless|net\.prefer|io\.tmpdir)|https?\.proxy|socks|\S{0,100}(?:config|agent|class|location))[\w.-]{1,100}(?:=\S{0,200})?)$/i;
/** Each option has to match: nothing that names a file or opens a port. */
const HARMLESS: Readonly<Record<string, RegExp>> = {
	NODE_OPTIONS:
		/^--(?:no-[a-z-]{2,40}|max-old-space-size=\d{1,7}|max-semi-space-size=\d{1,7}|max-http-header-size=\d{1,9}|dns-result-order=[a-z0-9]{1,12}|stack-trace-limit=\d{1,5}|trace-[a-z-]{2,30}|enable-source-maps|unhandled-rejections=[a-z-]{1,24}|experimental-[a-z-]{2,40}|use-system-ca)$/,
	JAVA_TOOL_OPTIONS: JAVA,
	JDK_JAVA_OPTIONS: JAVA,
	_JAVA_OPTIONS: JAVA,
	RUBYOPT: /^(?:-[wv]|-W[0-2]?|-W:[a-z-]{2,30}|--yjit|--(?:en|dis)able[=-][a-z-]{2,30})$/,
};

function hasOnlyHarmlessOptions(value: string, harmless: RegExp): boolean {
	const options = value.slice(0, 4096).trim().split(/\s+/);
	return options.every((option) => harmless.test(option));
}
