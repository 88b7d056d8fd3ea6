import type { McpServer, Part } from './servers.ts';

/** The command line as it runs: behind our launcher, if there is one. */
export function commandLine(server: McpServer): { readonly command: Part | undefined; readonly args: readonly Part[] } {
	if (server.launcher?.mode === 'run') return { command: server.launcher.command, args: server.launcher.args };
	return { command: server.command, args: server.args };
}

/** `/usr/bin/docker` and `C:\...\docker.exe` are `docker`. */
export function programName(command: string): string {
	const name = command.slice(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1);
	return name.replace(/\.(?:exe|cmd|bat)$/i, '').toLowerCase();
}

/** How the text of a command reads a variable. */
export type Shell = 'posix' | 'cmd' | 'powershell';

const SHELLS: ReadonlyMap<string, Shell> = new Map<string, Shell>([
	...['sh', 'bash', 'zsh', 'dash', 'ksh', 'fish', 'ash', 'busybox'].map((name) => [name, 'posix'] as const),
	['cmd', 'cmd'],
	['powershell', 'powershell'],
	['pwsh', 'powershell'],
]);

/** @param command as written, with or without its folder */
export function shellOf(command: string): Shell | undefined {
	return SHELLS.get(programName(command));
}

const CONTAINER_TOOLS: ReadonlySet<string> = new Set(['docker', 'podman', 'nerdctl']);

/** It starts a server inside of a container, which sees only the variables that `-e` names. */
export function isContainerTool(command: string): boolean {
	return CONTAINER_TOOLS.has(programName(command));
}
