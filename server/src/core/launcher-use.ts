import type { LauncherUse, McpServer, Part } from './servers.ts';

/** The name of the launcher's command, bare or at the end of a path. */
export const LAUNCHER_NAME = 'mcp-hygiene';

/** Sees through an entry that starts by our launcher; undefined for every other entry and for a malformed wrap. */
export function launcherUse(server: Pick<McpServer, 'command' | 'args'>): LauncherUse | undefined {
	if (!server.command || !isLauncher(server.command.value)) return undefined;
	const [mode, ...rest] = server.args;
	if (mode?.value === 'run') return runUse(rest);
	if (mode?.value === 'connect') return connectUse(rest);
	return undefined;
}

export function isLauncher(command: string): boolean {
	const name = command.slice(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1);
	return name === LAUNCHER_NAME || name === `${LAUNCHER_NAME}.cmd` || name === `${LAUNCHER_NAME}.exe`;
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
	};
}

/** `connect URL [--bearer REF] [--header NAME=REF]...` */
function connectUse(args: readonly Part[]): LauncherUse {
	const headers: { name: string; reference: string; part: Part }[] = [];
	let url: Part | undefined;
	for (let i = 0; i < args.length; i++) {
		const arg = args[i]!;
		const value = args[i + 1];
		if (arg.value === '--bearer' && value) {
			headers.push({ name: 'authorization', reference: value.value, part: value });
			i++;
		} else if (arg.value === '--header' && value) {
			const equals = value.value.indexOf('=');
			if (equals > 0)
				headers.push({ name: value.value.slice(0, equals), reference: value.value.slice(equals + 1), part: value });
			i++;
		} else url ??= arg;
	}
	return { mode: 'connect', ...(url ? { url } : {}), args: [], headers };
}

function optionValue(args: readonly Part[], option: string): Part | undefined {
	const at = args.findIndex((arg) => arg.value === option);
	return at < 0 ? undefined : args[at + 1];
}
