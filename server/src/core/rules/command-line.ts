import type { McpServer, Part } from '../servers.ts';

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
