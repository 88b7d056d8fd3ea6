/** A fix is asked for by its place; the document is read again before anything is done. */

/** A command of the server (workspace/executeCommand); its argument is a {@link FixRequest}, its result a {@link FixOutcome}. */
export const APPLY_FIX_COMMAND = 'mcpHygiene.applyFix';

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

export interface FixOutcome {
	/** `unknown`: an issuer did not say whether it did what was asked. */
	readonly status: 'done' | 'refused' | 'failed' | 'unknown';
	/** One or two sentences: what happened, or why not and the way out. */
	readonly message: string;
	/** A page to open in the browser, and a text for the clipboard: what is left to the person to do. */
	readonly open?: string;
	readonly copy?: string;
}
