import type { Need } from '../grants/grant.ts';

/**
 * What a known server's enabled tools need, with what a fix and a message want to know besides. It is an upper bound:
 * where the config leaves open which tools are on, all that could be on are counted.
 */
export interface ServerNeed extends Need {
	/** Issuer whose token is meant. */
	readonly issuer: string;
	/** Id of the entry in `data/`. */
	readonly known: string;
	/** The same need as fine-grained permissions (`issues:write`), where the issuer has such. */
	readonly permissions: readonly string[];
	/** Scopes and permissions that some use of an enabled tool asks for: no part of the smallest token, and no excess. */
	readonly tolerated: readonly string[];
	/** Some enabled tool works with no fine-grained token. */
	readonly classicOnly: boolean;
	/** The setting by which the config keeps the server to reading: `GITHUB_READ_ONLY`. */
	readonly readOnlyBy?: string;
	/** `false`: the data does not list every tool or permission, so that nothing granted can be called excess. */
	readonly complete: boolean;
	/** The token has no scopes to choose. */
	readonly scopeless: boolean;
	/** `source`: read in the server's code. `docs`: its documents say so. `inferred`: derived from the calls that it makes. `declared`: the person. */
	readonly confidence: 'source' | 'docs' | 'inferred' | 'declared';
	/** How to get a small token for this server, one sentence or two. */
	readonly advice?: string;
}

/** What a person says a server needs, in place of the data. A setting of application scope. */
export interface NeedOverride {
	/** A package, an image, a command, a URL, or `server:NAME` for an entry's name. */
	readonly match: string;
	/** Whose scopes these are; needed where the server is not known. */
	readonly issuer?: string;
	readonly scopes: readonly string[];
	readonly access: 'read' | 'write' | 'admin';
}

/** One entry of a data file. */
export interface KnownServer {
	readonly id: string;
	readonly issuer: string;
	/** Packages, images and commands; URLs with their scheme, `*` for a piece of the host. */
	readonly match: readonly string[];
	readonly filters?: Filters;
	readonly groups: readonly Group[];
	/** Old names of tools to new ones. */
	readonly renamed?: Readonly<Record<string, string>>;
	readonly partial?: boolean;
	readonly scopeless?: boolean;
	readonly scopePrefix?: string;
	/** Scopes that do not get the prefix. */
	readonly unprefixed?: readonly string[];
	/** Flags that narrow the server in a way that is not modelled here. */
	readonly unfiltered?: readonly string[];
	readonly advice?: string;
	readonly readOnlyByDesign?: boolean;
	readonly confidence: 'source' | 'docs' | 'inferred';
	readonly source: string;
	readonly date: string;
}

/** Tools that are switched together. */
export interface Group {
	readonly id: string;
	/** Off unless the config names it. */
	readonly off?: boolean;
	/** On whatever the config names. */
	readonly always?: boolean;
	/** Off unless this switch has a value. */
	readonly enabledBy?: Switch;
	readonly rows: readonly Row[];
}

/** Tools with one need. Names are parted by blanks; `*` stands for tools that are not listed. */
export interface Row {
	/** Scopes, parted by a comma; `a|b`: one of them is enough. Empty: none. */
	readonly needs: string;
	/** Fine-grained permissions, parted by a comma; `-`: no fine-grained token can do it. */
	readonly permissions?: string;
	/** Scopes and permissions that only some uses of the tools need, parted by a comma. */
	readonly may?: string;
	/** The tools exist only where this feature is on. */
	readonly feature?: string;
	readonly read?: string;
	readonly write?: string;
}

/** Where in an entry a setting of the server may stand. */
export interface Switch {
	readonly flags?: readonly string[];
	readonly env?: readonly string[];
	readonly headers?: readonly string[];
	readonly query?: readonly string[];
}

export interface Filters {
	readonly groups?: Switch & {
		/** In the URL's path, before the name of a group. */
		readonly path?: string;
		/** Words that stand for all groups, and for those that are on by default. */
		readonly all?: string;
		readonly default?: string;
		/** The names follow the flag as arguments of their own. */
		readonly spaced?: boolean;
		/** A group that is not in the data is one without a need of its own. */
		readonly unknown?: boolean;
	};
	readonly excludeGroups?: Switch;
	/** Names that are taken without a group. */
	readonly ignoredGroups?: readonly string[];
	/** `--disable-` before the name of a group. */
	readonly disablePrefix?: string;
	/** `add`: on top of the groups, alone only these. `both`: a tool must pass this and the groups. `only`: nothing else. */
	readonly tools?: Switch & { readonly mode: 'add' | 'both' | 'only' };
	readonly exclude?: Switch;
	readonly readOnly?: Switch & {
		/** In the URL's path. */
		readonly path?: string;
		/** Flag or variable to the value that means reading only. */
		readonly equals?: Readonly<Record<string, string>>;
	};
	/** Tools that write are off unless this is on. */
	readonly writes?: Switch;
	readonly features?: Switch;
	/** Keeps the server to one project, without narrowing the token. */
	readonly bound?: Switch;
}
