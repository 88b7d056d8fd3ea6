import data from './loader-variables.json' with { type: 'json' };

/**
 * Environment variables that change which code or which certificates a program trusts before its first line runs. Beside a
 * credential they are a way to steal it, so nothing hands them on.
 */
const NAMES: ReadonlySet<string> = new Set(data.names);

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
