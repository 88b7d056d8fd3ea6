import type { LauncherUse, McpServer, Part } from '../servers.ts';

/** The name of the launcher's command, bare or at the end of a path. */
export const LAUNCHER_NAME = 'mcp-hygiene';

/** Sees through an entry that starts by our launcher; undefined for every other entry and for a malformed wrap. */
export function launcherUse(server: Pick<McpServer, 'command' | 'args'>): LauncherUse | undefined {
	if (!isLauncher(server.command?.value ?? '')) return undefined;
	const [mode, ...rest] = server.args;
	if (mode?.value === 'run') return runUse(rest);
	if (mode?.value === 'connect') return connectUse(rest);
	return undefined;
}

const LAUNCHER = new RegExp(`(^|[/\\\\])${LAUNCHER_NAME}(\\.cmd|\\.exe)?$`);

export function isLauncher(command: string): boolean {
	return LAUNCHER.test(command);
}

/** `run [--server NAME] -- COMMAND [ARG...]` */
function runUse(args: readonly Part[]): LauncherUse | undefined {
	const dashes = args.findIndex((arg) => arg.value === '--');
	if (dashes < 0) return undefined;
	const server = optionValue(args.slice(0, dashes), '--server');
	const [command, ...wrapped] = args.slice(dashes + 1);
	return {
		mode: 'run',
		...(server ? { server: server.value } : {}),
		...(command ? { command } : {}),
		args: wrapped,
		headers: [],
		inUrl: [],
	};
}

/** `connect URL [--bearer REF] [--basic REF] [--header NAME=REF]... [--query NAME=REF]... [--path NAME=REF]...` */
function connectUse(args: readonly Part[]): LauncherUse {
	const headers: LauncherUse['headers'][number][] = [];
	const inUrl: LauncherUse['inUrl'][number][] = [];
	let url: Part | undefined;
	for (let i = 0; i < args.length; i++) {
		const option = args[i]!.value;
		const part = args[i + 1];
		if (!part || !CONNECT_OPTIONS.has(option)) {
			url ??= args[i];
			continue;
		}
		i++;
		const equals = part.value.indexOf('=');
		const name = part.value.slice(0, Math.max(equals, 0));
		const reference = part.value.slice(equals + 1);
		if (option === '--bearer' || option === '--basic')
			headers.push({ name: 'authorization', reference: part.value, part });
		else if (equals < 1) continue;
		else if (option === '--header') headers.push({ name, reference, part });
		else inUrl.push({ place: option === '--query' ? { query: name } : { path: name }, reference, part });
	}
	return { mode: 'connect', ...(url ? { url } : {}), args: [], headers, inUrl };
}

const CONNECT_OPTIONS: ReadonlySet<string> = new Set(['--bearer', '--basic', '--header', '--query', '--path']);

function optionValue(args: readonly Part[], option: string): Part | undefined {
	const at = args.findIndex((arg) => arg.value === option);
	return at < 0 ? undefined : args[at + 1];
}
