import type { UrlPlace } from './bindings/connect-url.ts';
import type { ConfigNode, Member, ObjectNode, StringNode } from './syntax/tree.ts';
import type { Span } from './text.ts';

/** Where in a server entry a string stands. Structure decides first: rules ask for the position before the format. */
export type Position =
	| 'command'
	| 'arg'
	| 'env'
	| 'header'
	| 'url'
	| 'envFile'
	| 'cwd'
	| 'input-default'
	| 'input-option'
	| 'other';

/** One string of a server entry, with everything a rule or a fix needs to point at it. */
export interface Part {
	readonly position: Position;
	/** The name that stands with it: env variable, header, flag before a value. */
	readonly name?: string | undefined;
	readonly value: string;
	readonly node: StringNode;
	/** JSON pointer from the document's root. */
	readonly pointer: string;
	/** For args: the index in `args`. */
	readonly index?: number | undefined;
	/** A header that the host makes of a field with a name of its own, such as Codex's `bearer_token`. */
	readonly isField?: boolean;
}

/** A text that the host runs or applies itself. No launcher stands between, so it says what to do about a secret in it. */
export interface OwnText extends Part {
	readonly instead: string;
}

export interface NamedPart extends Part {
	readonly name: string;
	readonly member: Member;
}

export type Transport = 'stdio' | 'http' | 'unknown';

/** What tells an entry from the others of its file. */
export interface EntryName {
	readonly name: string;
	/** The folder that the host keeps it for, as the file writes it; absent = it counts wherever the file does. */
	readonly folder?: string;
}

export function isSameEntry(a: EntryName, b: EntryName): boolean {
	return a.name === b.name && a.folder === b.folder;
}

/** One MCP server entry: what every rule reads and every fix rewrites. */
export interface McpServer extends EntryName {
	readonly nameSpan: Span;
	/** The whole member: key and object. */
	readonly span: Span;
	readonly pointer: string;
	readonly node: ObjectNode;
	readonly transport: Transport;
	readonly type?: StringNode;
	readonly command?: Part;
	readonly args: readonly Part[];
	readonly env: readonly NamedPart[];
	/** What holds `env`, under whatever name this host gives it. */
	readonly envNode?: ConfigNode;
	/** Variables that the host takes from elsewhere and hands over, by name (`env_vars`, `env_keys`). */
	readonly passed: readonly string[];
	readonly headers: readonly NamedPart[];
	readonly url?: Part;
	readonly envFile?: Part;
	readonly cwd?: Part;
	/** Every other string of the entry (a provider's own fields, `oauth`, misplaced keys). */
	readonly others: readonly Part[];
	/** Set when `command` is our launcher. */
	readonly launcher?: LauncherUse;
}

/** An entry that starts through the launcher, seen through: rules judge the wrapped server, fixes extend the wrap. */
export interface LauncherUse {
	readonly mode: 'run' | 'connect';
	/** `run`: the name after `--server`. */
	readonly server?: string;
	/** `run`: the wrapped command line, as parts of `args`. */
	readonly command?: Part;
	readonly args: readonly Part[];
	/** `connect`: the URL argument. */
	readonly url?: Part;
	/** `connect`: header name to the argument that holds its reference; for `NAME=REF` the part is the whole argument. */
	readonly headers: readonly { readonly name: string; readonly reference: string; readonly part: Part }[];
	/** `connect`: the places of the URL that are filled in, with the argument that holds the reference as `NAME=REF`. */
	readonly inUrl: readonly { readonly place: UrlPlace; readonly reference: string; readonly part: Part }[];
}

/** An entry of VS Code's `inputs`. */
export interface InputDefinition {
	readonly id: string;
	readonly node: ObjectNode;
	readonly span: Span;
	readonly pointer: string;
	readonly type: 'promptString' | 'pickString' | 'command' | 'unknown';
	readonly password: boolean;
	/** `default`, and the options of a `pickString`. */
	readonly values: readonly Part[];
}

export type { ConfigNode, ObjectNode, StringNode };
