/**
 * What a token may do, who says so, and what its server needs. Nothing here is a guess: what nobody told is `unknown`.
 * Times are epoch milliseconds.
 */

/** One statement about a token's reach. */
export interface Grant {
	/** `format`: its kind says it. `token`: its own bytes. `issuer`: asked just now or from the cache. `declared`: the person. */
	readonly source: 'format' | 'token' | 'issuer' | 'declared';
	/** When it was said; for `format` and `token` the time of the analysis. */
	readonly asOf: number;
	/** `known`: this is all of it. `at-least`: it may do more. `unknown`: nobody tells. */
	readonly precision: 'known' | 'at-least' | 'unknown';
	/** In the issuer's own words: `repo`, `read:jira-work`, `chat:write`. */
	readonly scopes: readonly string[];
	readonly access?: 'read' | 'write' | 'admin';
	/** What it reaches: `organisation acme`, `repository acme/shop`; absent = not told. */
	readonly resources?: readonly string[];
	/** Whose it is: a login or a bot's name. */
	readonly account?: string;
	readonly createdAt?: number;
	readonly expiresAt?: number;
	/** The issuer says that it never expires. */
	readonly neverExpires?: boolean;
	/** Who says when it ends, where that is another than `source`. */
	readonly endFrom?: Pick<Grant, 'source' | 'asOf'>;
	readonly lastUsedAt?: number;
	/** For people, one line each. */
	readonly notes?: readonly string[];
}

/** What came of asking an issuer. A refusal is a state of its own, never an empty grant. */
export type ProbeOutcome =
	| { readonly state: 'told'; readonly grant: Grant }
	/** The issuer says that this token is not valid (any more). */
	| { readonly state: 'invalid'; readonly at: number; readonly message: string }
	| {
			readonly state: 'refused' | 'rate-limited' | 'unavailable' | 'redirected' | 'malformed' | 'not-told';
			readonly at: number;
			/** One line for people with the way out; holds no secret and no text of the response. */
			readonly message: string;
	  };

/** An issuer that cannot be asked about a token. */
export interface Silence {
	/** One line for people, with its full stop. */
	readonly why: string;
	/** Where its documentation says so, with the date; absent = that nobody found a question, which proves less. */
	readonly source?: string;
}

/** What a server's enabled tools require, from versioned data or the person's override. */
export interface Need {
	readonly server: string;
	/** In the issuer's own words, as in {@link Grant.scopes}. */
	readonly scopes: readonly string[];
	readonly access: 'read' | 'write' | 'admin';
	/** Which tools were counted: "all 42 tools", "3 of 42 tools: read-only toolset issues". */
	readonly basis: string;
	readonly source: string;
	/** ISO date of the data. */
	readonly date: string;
}

/** Grant minus need. */
export interface Excess {
	/** Granted and needed by no enabled tool. */
	readonly scopes: readonly string[];
	/** Write or admin access that no enabled tool needs. */
	readonly access?: 'write' | 'admin';
	/** What follows where the grant is not known: "cannot be limited to a repository". */
	readonly byForm?: string;
}
