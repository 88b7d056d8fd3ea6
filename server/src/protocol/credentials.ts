import type { FixRequest } from './fixes.ts';
import type { IGNORE_COMMAND, IgnoreRequest } from './ignore.ts';

/** What is known of each secret: the rows of the side panel and of the table. */

/** Client to server, request: every distinct credential of the open folders and user files. */
export const LIST_CREDENTIALS = 'mcpHygiene/credentials/list';

/** Client to server, request: look at every config again, also at those outside of the folders, which nobody watches. Answered when done. */
export const LOOK_AGAIN = 'mcpHygiene/credentials/lookAgain';

/** Server to client, notification without content: ask again. */
export const CREDENTIALS_CHANGED = 'mcpHygiene/credentials/changed';

export interface CredentialList {
	/** `restricted`: the workspace is not trusted, so only formats are looked at. */
	readonly state: 'ok' | 'restricted';
	readonly rows: readonly CredentialRow[];
	/** What could not be read, one line each. */
	readonly problems: readonly string[];
}

/** One distinct secret. */
export interface CredentialRow {
	/** Stable within a session. */
	readonly id: string;
	readonly issuer: string;
	readonly kind: string;
	/** "GitHub personal access token (classic) #a1b2c3" */
	readonly label: string;
	readonly level: 'error' | 'warning' | 'note' | 'none';
	readonly scope: {
		/** "acts as you: every repository you can reach", or "unknown". */
		readonly text: string;
		readonly breadth: 'admin' | 'user' | 'project' | 'scoped' | 'session' | 'unknown';
		/** Who says so. */
		readonly evidence: string;
		/** Single scopes, where they are known. */
		readonly chips?: readonly ScopeChip[];
		/** What its one server needs, and who says so; absent = not known. */
		readonly need?: string;
	};
	/**
	 * Where its issuer told no scope: it does not accept the token; its documentation or its answer says that it does not tell;
	 * nobody knows a safe question; it was not asked; it was asked in vain. The evidence of `scope` says more.
	 */
	readonly answer?: 'dead' | 'silent' | 'no-question' | 'unasked' | 'failed';
	readonly age: {
		/** "at least 30 days", "unknown". */
		readonly text: string;
		readonly old: boolean;
		/** ISO date of the evidence behind `text`, for sorting; absent = unknown. */
		readonly since?: string;
		/** Each piece of evidence with its date, best first. */
		readonly evidence: readonly string[];
		/** Whole days, and the age from which it counts as old; absent = unknown. */
		readonly days?: number;
		readonly oldAfterDays?: number;
	};
	/** ISO date, or `never`; absent = not known. */
	readonly expires?: string;
	/** ISO date, where the issuer told. */
	readonly lastUsed?: string;
	/** What can be done besides the fixes of its places. */
	readonly actions?: readonly CredentialAction[];
	readonly storage: {
		readonly where: 'config' | 'keychain' | 'broker';
		/** "in plain text in the config", "OS keychain, cred://keychain/github/gh" */
		readonly text: string;
	};
	readonly places: readonly CredentialPlace[];
}

export interface ScopeChip {
	readonly text: string;
	/**
	 * `needed` and `excess`: granted, and needed by the server's tools or not. `granted`: need not known. `unknown`: needed, and
	 * nobody tells whether it is granted.
	 */
	readonly kind: 'needed' | 'excess' | 'granted' | 'unknown';
}

export interface CredentialAction {
	readonly id: 'open-page' | 'probe' | 'declare' | 'rotate' | 'revoke';
	readonly title: string;
	/** Where `open-page` leads. */
	readonly url?: string;
	/** Cannot be undone: asked in a modal. */
	readonly destructive?: boolean;
}

export interface CredentialPlace {
	readonly uri: string;
	readonly range: WireRange;
	/** Name of the server entry, if it stands in one. */
	readonly server?: string;
	/** "VS Code", "Claude Code, Copilot CLI, VS Code"; empty = no host is known to read the file. */
	readonly host: string;
	/** "env GITHUB_TOKEN" */
	readonly position: string;
	readonly pointer: string;
	readonly findings: readonly {
		readonly ruleId: string;
		readonly level: 'error' | 'warning' | 'note';
		readonly message: string;
		/** Accepts it, where that is possible: the argument of {@link IGNORE_COMMAND}, still without a reason. */
		readonly ignore?: IgnoreRequest;
	}[];
	/** The fix that the panel offers here, if any, with the title that the light bulb has for it. */
	readonly fix?: { readonly title: string; readonly request: FixRequest };
}

export interface WireRange {
	readonly start: { readonly line: number; readonly character: number };
	readonly end: { readonly line: number; readonly character: number };
}
