import type { FixOutcome } from './fixes.ts';

/** What a person says that a token may do. */

/** Client to server, request with a {@link DeclareSubject}: what a person can say of a token. The answer is a {@link DeclareQuestion}; nothing was kept. */
export const PREPARE_DECLARATION = 'mcpHygiene/declare/prepare';

/** Client to server, request with a {@link DeclareAnswer}: what a person said. The answer is a {@link FixOutcome}. */
export const DECLARE = 'mcpHygiene/declare';

/** The client's command of the light bulb; its argument is a {@link DeclareSubject}. */
export const DECLARE_COMMAND = 'mcpHygiene.declareGrant';

/** A secret: by its row, or by its place in a document with the session's fingerprint. */
export type DeclareSubject =
	| { readonly row: string }
	| { readonly uri: string; readonly pointer: string; readonly fingerprint: string };

export type Access = 'read' | 'write' | 'admin';

/** What a person says that a token may do. */
export interface DeclaredWords {
	readonly scopes: readonly string[];
	readonly access?: Access;
	/** Its last day, as an ISO date, or `never`. */
	readonly expires?: string;
}

export interface DeclareQuestion {
	/** Why nothing can be said, with the way out. */
	readonly blocked?: string;
	readonly label: string;
	readonly issuer: string;
	/** Scopes that are known here, with what each allows. */
	readonly scopes: readonly { readonly scope: string; readonly access?: Access }[];
	/** What was said before, and the day. */
	readonly said?: DeclaredWords & { readonly on: string };
}

export interface DeclareAnswer {
	readonly about: DeclareSubject;
	/** Absent: what was said is taken back. */
	readonly words?: DeclaredWords;
}
