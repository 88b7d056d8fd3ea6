import type { Position } from '../servers.ts';
import type { Format } from '../syntax/parse.ts';
import type { ServerFields } from './fields.ts';

/**
 * One MCP host's config format: all there is to know about it lives in its one file, whose comment names the documents and
 * repository paths that the facts come from, with the date they were read.
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
	/** Absent = JSON. */
	readonly format?: Format;
	readonly syntax: {
		readonly comments: boolean;
		readonly trailingCommas: boolean;
	};
	/**
	 * Member paths to the servers, best first; a file may use several. `*` stands for every key. What is there is a map by
	 * name, or a list whose items hold their name.
	 */
	readonly serverRoots: readonly (readonly string[])[];
	/** The member of the root whose keys are folders: an entry below one is started there and nowhere else. */
	readonly byFolder?: string;
	/** Read where no root above holds a server: the whole file as a map of servers, as one server, or either; absent = as a map of what is surely a server. */
	readonly bareRoot?: 'map' | 'server' | 'either';
	/** What this host's entries call the parts of a server, where that differs from `command`, `args`, `env` ... */
	readonly fields?: Partial<ServerFields>;
	/** Member paths to maps of environment variables that the host sets for all that it starts; `[]` is the whole file. */
	readonly variables?: readonly (readonly string[])[];
	/** Member paths to maps of fields that the host uses itself, its model providers' keys among them. */
	readonly ownFields?: readonly (readonly string[])[];
	/** Member paths to texts that the host itself runs or applies, whose names say nothing, and what to do about a secret in one. */
	readonly ownTexts?: readonly { readonly path: readonly string[]; readonly instead: string }[];
	/** Member path to the `inputs` list, where the host has one. */
	readonly inputs?: readonly string[];
	readonly references: readonly ReferenceForm[];
	/** What an unset `${env:X}` or `${X}` becomes, told in messages. */
	readonly unset: string;
	/** Seconds that the host waits between closing stdin, SIGTERM and SIGKILL. */
	readonly stopSeconds: number;
	/** What the host hands to a stdio server: its whole environment, all but what looks like a secret, or a short safe list. */
	readonly environment: 'full' | 'without-secrets' | 'safe-list' | 'unknown';
	/** It reads the file that `envFile` of a stdio server names, and hands its variables to the server. */
	readonly readsEnvFile?: true;
	/** Fields that this host takes beside a URL only: it refuses an entry that has a command as well, or drops what they say. */
	readonly urlOnly?: readonly string[];
	/** `type` values as this host spells them; entries without `type` follow `command`/`url`. */
	readonly types: { readonly stdio: string | undefined; readonly http: string | undefined };
}

export type DialectId = (typeof DIALECT_IDS)[number];

const DIALECT_IDS = [
	'vscode',
	'vscode-settings',
	'code-workspace',
	'portable',
	'cursor',
	'claude-desktop',
	'5ire',
	'amazon-q',
	'amp',
	'antigravity',
	'augment',
	'boltai',
	'claude-code',
	'claude-extension-settings',
	'claude-settings',
	'cline',
	'codex',
	'continue',
	'continue-json',
	'copilot-jetbrains',
	'crush',
	'devcontainer',
	'docker-mcp',
	'dotenv',
	'factory-droid',
	'fast-agent',
	'gemini',
	'gemini-extension',
	'generic',
	'generic-toml',
	'generic-yaml',
	'goose',
	'goose-secrets',
	'hermes',
	'junie',
	'kilo',
	'kimi',
	'kiro',
	'librechat',
	'lm-studio',
	'mcp-agent',
	'mcpb',
	'mcporter',
	'mistral-vibe',
	'openclaw',
	'opencode',
	'plugin',
	'qoder',
	'qwen',
	'roo',
	'rovo-dev',
	'tabnine',
	'trae',
	'windsurf',
	'zed',
] as const;

export interface FilePlace {
	/** `workspace`: relative to a folder. `user`: relative to `base`. */
	readonly scope: 'workspace' | 'user';
	/** Path with `/`; `*` stands for one path segment or a part of one. */
	readonly path: string;
	/**
	 * Base of a user path: the home folder, the platform's folder for application settings, or the root of the file system
	 * (of the system drive on Windows) for files of the machine's administrator.
	 */
	readonly base?: 'home' | 'config' | 'root';
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
