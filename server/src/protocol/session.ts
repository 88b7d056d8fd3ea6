import type { FixOutcome } from './fixes.ts';

/** What the two sides tell each other about the editor, its settings and their own state. */

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

/** `capabilities.experimental` of the language server. */
export interface OwnCapabilities {
	/** Where configs lie, for whatever an editor shows beside one. */
	readonly configGlobs: readonly string[];
}

/** Client to server, notification: the person trusted the workspace. There is no way back without a restart. */
export const TRUST_GRANTED = 'mcpHygiene/trustGranted';

/** Server to client, notification: {@link ServerStatus}. */
export const STATUS = 'mcpHygiene/status';

export interface ServerStatus {
	readonly state: 'ok' | 'restricted' | 'problem';
	/** One line for people. */
	readonly message: string;
}

/** Server to client, notification: {@link ShimInstalled}. Only in trusted workspaces. */
export const SHIM_INSTALLED = 'mcpHygiene/shimInstalled';

/** Where the launcher's shim is now. The client puts the folder last on its PATH, so that the bare name starts servers. */
export interface ShimInstalled {
	/** Absolute. */
	readonly binFolder: string;
}

/** The section that the server asks for with `workspace/configuration`; the answer is a {@link Settings}. */
export const SETTINGS_SECTION = 'mcpHygiene';

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

/** The client's command that a code lens runs: it shows the side panel. */
export const SHOW_PANEL_COMMAND = 'mcpHygiene.showPanel';
