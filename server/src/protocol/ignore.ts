import type { FixOutcome } from './fixes.ts';

/** A finding that a person accepts. */

/** The server's command that accepts one finding; its argument is an {@link IgnoreRequest}, its result a {@link FixOutcome}. */
export const IGNORE_COMMAND = 'mcpHygiene.ignoreFinding';

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
