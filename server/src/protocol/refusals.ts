import type { FixOutcome } from './fixes.ts';

/** Starts that the launcher refused. */

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
