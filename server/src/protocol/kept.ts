/** Secrets that are kept for one paste at VS Code's password prompt. */

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
