/**
 * What the client and the language server say to each other beyond LSP. Method names and plain types only: the two sides
 * use different versions of the JSON-RPC library, so no request objects are shared. No message holds a secret.
 */

/** Client to server, request: every distinct credential of the open folders and user files. */
export const LIST_CREDENTIALS = 'mcpHygiene/credentials/list';
/** Client to server, request: look at every config again, also at those outside of the folders, which nobody watches. Answered when done. */
export const LOOK_AGAIN = 'mcpHygiene/credentials/lookAgain';
/** Server to client, notification without content: ask again. */
export const CREDENTIALS_CHANGED = 'mcpHygiene/credentials/changed';
/** Client to server, notification: the person trusted the workspace. There is no way back without a restart. */
export const TRUST_GRANTED = 'mcpHygiene/trustGranted';
/** Server to client, notification: {@link ServerStatus}. */
export const STATUS = 'mcpHygiene/status';
/** Server to client, notification: {@link ShimInstalled}. Only in trusted workspaces. */
export const SHIM_INSTALLED = 'mcpHygiene/shimInstalled';
/** The section that the server asks for with `workspace/configuration`; the answer is a {@link Settings}. */
export const SETTINGS_SECTION = 'mcpHygiene';
/** A command of the server (workspace/executeCommand); its argument is a {@link FixRequest}, its result a {@link FixOutcome}. */
export const APPLY_FIX_COMMAND = 'mcpHygiene.applyFix';

/** The server's command that accepts one finding; its argument is an {@link IgnoreRequest}, its result a {@link FixOutcome}. */
export const IGNORE_COMMAND = 'mcpHygiene.ignoreFinding';

/** `initializationOptions` of the language server. Every member is optional: another editor may send none. */
export interface InitializationOptions {
	/** Workspace Trust. Absent = trusted, because an editor without the notion has decided for itself. */
	readonly trusted?: boolean;
	/** The editor's remote name (`ssh-remote`, `wsl`); user-level fixes are refused there. */
	readonly remoteName?: string;
	/** Folder of the editor's user data (`.../User`), which holds the user-level `mcp.json`. */
	readonly userDataFolder?: string;
	/** The editor, as people call it: "VS Code". */
	readonly editor?: string;
	/** The client shows each {@link FixOutcome} itself. Absent = the server says it with `window/showMessage`. */
	readonly showsOutcomes?: boolean;
}

/** What a person may set. Every member is optional: another editor may send none. */
export interface Settings {
	/** A credential of at least this age is old. Default 90. */
	readonly oldAfterDays?: number;
	/** Rule id to level. A rule that is not named keeps its own level. */
	readonly rules?: Readonly<Record<string, RuleLevel>>;
	/** Look at the person's own configs too, not only at the open folders. Default true. */
	readonly userConfigs?: boolean;
	/** Show scope and age above each server. Default true. */
	readonly codeLens?: boolean;
	/** What servers need, where the person knows better: `{ match, issuer?, scopes, access }`. */
	readonly needs?: unknown;
	/** Days before its end from which an expiry is told. */
	readonly expiresSoonDays?: number;
	/** Days of validity from which a token counts as long-lived. */
	readonly longLivedDays?: number;
	/** Globs of files that are not looked at. */
	readonly ignore?: readonly string[];
}

export type RuleLevel = 'error' | 'warning' | 'note' | 'off';

/** Where the launcher's shim is now. The client puts the folder last on its PATH, so that the bare name starts servers. */
export interface ShimInstalled {
	/** Absolute. */
	readonly binFolder: string;
}

export interface ServerStatus {
	readonly state: 'ok' | 'restricted' | 'problem';
	/** One line for people. */
	readonly message: string;
}

/** The client's command that a code lens runs: it shows the side panel. */
export const SHOW_PANEL_COMMAND = 'mcpHygiene.showPanel';
/** Client to server, request: secrets that are kept for one paste at VS Code's password prompt, as {@link KeptSecret}[]. */
export const LIST_KEPT = 'mcpHygiene/kept/list';
/** Client to server, request with an account: the prompt was answered, so the kept copy goes. */
export const FORGET_KEPT = 'mcpHygiene/kept/forget';

/** A secret in the keychain that waits to be pasted. */
export interface KeptSecret {
	/** Keychain account. */
	readonly account: string;
	readonly inputId: string;
	/** The server that asks for it; its tools in the editor show that it was answered. */
	readonly server: string;
	readonly kind: string;
}

/** Client to server, request: starts that the launcher refused, newest first, as {@link RefusedStart}[]. */
export const LIST_REFUSALS = 'mcpHygiene/refusals/list';
/** Client to server, request with an id, after a person confirmed in a modal: allow it. The answer is a {@link FixOutcome}. */
export const APPROVE_REFUSAL = 'mcpHygiene/refusals/approve';
/** Server to client, notification with a number: so many refused starts wait for a look. */
export const REFUSALS_CHANGED = 'mcpHygiene/refusals/changed';

/** A start that the launcher refused because something is not as approved. */
export interface RefusedStart {
	readonly id: string;
	readonly reference: string;
	readonly server: string;
	/** Path of the config, or the folder of the start if no config was found. */
	readonly config: string;
	/** What is not as approved, one line each. */
	readonly differences: readonly string[];
	/** What would receive the secret if it is allowed. */
	readonly receiver?: string;
	/** Why it cannot be allowed, with the way out. */
	readonly blocked?: string;
}

/** Client to server, request with a broker's id: what it holds, by name, as {@link BrokerItems}. Asked when a person chose the broker. */
export const LIST_BROKER_ITEMS = 'mcpHygiene/broker/items';

export interface BrokerItems {
	readonly items: readonly { readonly reference: string; readonly title: string }[];
	/** Why the broker cannot be asked now, with the way out. */
	readonly problem?: string;
}

/** Client to server, request with an {@link ActWish}: what a person would be asked. The answer is an {@link ActQuestion}; nothing was sent anywhere. */
export const PREPARE_ACT = 'mcpHygiene/act/prepare';
/** Client to server, request with the id of an {@link ActQuestion}, after a person said yes to it in a modal. The answer is a {@link FixOutcome}. */
export const DO_ACT = 'mcpHygiene/act/do';

export type ActId = 'probe' | 'revoke' | 'rotate';

export interface ActWish {
	readonly act: ActId;
	/** Id of a {@link CredentialRow}. */
	readonly row: string;
	/** The use whose entry says where to ask. Absent: the first that names an address. */
	readonly place?: { readonly uri: string; readonly pointer: string };
}

/** Everything that the modal has to name. */
export interface ActQuestion {
	/** For {@link DO_ACT}, once. Absent when it is blocked. */
	readonly id?: string;
	/** Why it cannot be done, with the way out. */
	readonly blocked?: string;
	/** "GitHub personal access token (classic) #a1b2c3" */
	readonly label: string;
	/** As people say it: "GitHub". */
	readonly issuer: string;
	/** Whose it is, where the issuer told. */
	readonly owner?: string;
	/** Where the secret would be sent: "api.github.com", and who names that address. */
	readonly hosts: readonly { readonly host: string; readonly from: string }[];
	/** What a person should know before saying yes, one line each. */
	readonly warnings: readonly string[];
	/** Every use of the secret that is known. */
	readonly usedBy: readonly string[];
}

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

/** The argument of {@link APPLY_FIX_COMMAND}: enough to find the place again, and to notice that it changed. */
export interface FixRequest {
	readonly fix: FixId;
	readonly uri: string;
	/** Version of the document when the fix was offered; null for a file that no editor holds open. */
	readonly version: number | null;
	readonly pointer: string;
	readonly ruleId: string;
	/** Session fingerprint of the credential when the fix was offered. */
	readonly fingerprint: string;
	/** `swap-for-broker`: which broker, and an existing item or (absent) a new one. */
	readonly broker?: string;
	readonly item?: string;
	/** `way-to-less`: which one. */
	readonly way?: string;
}

export type FixId =
	| 'move-to-keychain'
	| 'use-stored-reference'
	| 'prompt-for-password'
	| 'swap-for-broker'
	| 'way-to-less';

/** The argument of {@link IGNORE_COMMAND}. */
export interface IgnoreRequest {
	readonly uri: string;
	/** Version of the document when it was offered; null for a file that no editor holds open. */
	readonly version: number | null;
	readonly ruleId: string;
	readonly pointer: string;
	/** Session fingerprint of the credential; empty for a finding about none. */
	readonly fingerprint: string;
	/** Why it is fine, as a person wrote it. Absent: a place for it is left. */
	readonly reason?: string;
}

export interface FixOutcome {
	/** `unknown`: an issuer did not say whether it did what was asked. */
	readonly status: 'done' | 'refused' | 'failed' | 'unknown';
	/** One or two sentences: what happened, or why not and the way out. */
	readonly message: string;
	/** A page to open in the browser, and a text for the clipboard: what is left to the person to do. */
	readonly open?: string;
	readonly copy?: string;
}

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
