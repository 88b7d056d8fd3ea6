import type { CredentialRow } from './credentials.ts';
import type { FixOutcome } from './fixes.ts';

/** Asking an issuer, rotating and revoking: first a question that sends nothing, then the act. */

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
	/** Servers that run with it now, of those that the launcher started; absent where that is not known. */
	readonly running?: readonly string[];
}
