import type { Position } from '../servers.ts';

/**
 * One MCP host's config format: all there is to know about it lives in its one file.
 *
 * A *file* may be read by several hosts (`.mcp.json`); then the dialect describes the file, `readers` names the hosts,
 * and a reference counts as resolvable only where every reader resolves it.
 */
export interface Dialect {
	readonly id: DialectId;
	/** As people say it: "VS Code". */
	readonly name: string;
	/** Every host that reads such a file. */
	readonly readers: readonly string[];
	readonly files: readonly FilePlace[];
	readonly syntax: {
		readonly comments: boolean;
		readonly trailingCommas: boolean;
	};
	/** Member paths to the map of servers, best first; a file may use several. */
	readonly serverRoots: readonly (readonly string[])[];
	/** Member path to the `inputs` list, where the host has one. */
	readonly inputs?: readonly string[];
	readonly references: readonly ReferenceForm[];
	/** What an unset `${env:X}` or `${X}` becomes, told in messages. */
	readonly unset: string;
	/** Seconds that the host waits between closing stdin, SIGTERM and SIGKILL. */
	readonly stopSeconds: number;
	/** What the host hands to a stdio server: its whole environment or a short safe list. */
	readonly environment: 'full' | 'safe-list' | 'unknown';
	/** `type` values as this host spells them; entries without `type` follow `command`/`url`. */
	readonly types: { readonly stdio: string | undefined; readonly http: string | undefined };
	/** Documentation pages and repository paths the facts come from, with the date they were read. */
	readonly sources: readonly string[];
}

export type DialectId = 'vscode' | 'vscode-settings' | 'code-workspace' | 'portable' | 'cursor' | 'claude-desktop';

export interface FilePlace {
	/** `workspace`: relative to a folder. `user`: relative to `base`. */
	readonly scope: 'workspace' | 'user';
	/** Path with `/`; `*` stands for one path segment or a part of one. */
	readonly path: string;
	/** Base of a user path: the home folder, or the platform's folder for application settings. */
	readonly base?: 'home' | 'config';
	readonly os?: 'linux' | 'macos' | 'windows';
}

/** A reference syntax that the host itself resolves, and where. */
export interface ReferenceForm {
	readonly kind: 'env' | 'input' | 'command' | 'config' | 'variable';
	/** Shown in messages: `${env:NAME}`. */
	readonly example: string;
	/** Anchored at both ends; group 1 is the name, group 2 a default where the form has one. Bounded. */
	readonly pattern: RegExp;
	readonly positions: readonly Position[];
}
