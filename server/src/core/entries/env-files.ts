import type { ConfigDocument } from '../document.ts';
import type { McpServer, Part } from '../servers.ts';

/** A `.env` file that a server is started with. */
export interface EnvFileUse {
	readonly server: McpServer;
	/** Where the config names it. */
	readonly part: Part;
	/** As written, without the option before it: may be relative, and may hold `~` and `${workspaceFolder}`. */
	readonly path: string;
}

/** The same, seen from the file. */
export interface EnvFileUser extends Pick<EnvFileUse, 'server' | 'part'> {
	readonly document: ConfigDocument;
	/** Of the config, as people see it. */
	readonly displayPath: string;
	/** Real path of the config, which bindings name; absent = the path of its URI. */
	readonly realPath?: string;
}

/** Does the entry get this variable from its `.env` file? One that sets it itself, and one that is no program, takes nothing from there. */
export function takesFromFile({ transport, launcher, env }: McpServer, name: string | undefined): boolean {
	return transport !== 'http' && launcher?.mode !== 'connect' && !env.some((own) => own.name === name);
}

/** Every `.env` file that this config names: in `envFile`, and as `--env-file` of a container or of Node. */
export function envFilesOf(document: ConfigDocument): EnvFileUse[] {
	return document.servers.flatMap((server) => {
		const args = server.args.flatMap((part, i): EnvFileUse[] => {
			const path =
				/^--env-file(?:-if-exists)?=(.{1,4096})$/s.exec(part.value)?.[1] ?? optionValue(server.args[i - 1], part);
			return path === undefined ? [] : [{ server, part, path }];
		});
		const own = server.envFile ? [{ server, part: server.envFile, path: server.envFile.value }] : [];
		return [...own, ...args];
	});
}

function optionValue(before: Part | undefined, part: Part): string | undefined {
	return before?.value === '--env-file' ? part.value : undefined;
}
