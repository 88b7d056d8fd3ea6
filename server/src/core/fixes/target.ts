import type { SecretValue } from '../secret-value.ts';
import type { Part } from '../servers.ts';

/**
 * Where a moved secret will be handed to the server, and which text has to be stored for that. A reference is a whole
 * value, so a secret inside a larger string is stored as that whole string, unless a part of it can move to the
 * environment.
 */
export type Target =
	/** The env entry becomes the reference; `stored` is its whole value. */
	| { readonly kind: 'env'; readonly name: string; readonly part: Part; readonly stored: SecretValue }
	/** The argument becomes the reference: it stays visible in the process list. */
	| { readonly kind: 'arg'; readonly part: Part; readonly stored: SecretValue }
	/** The argument loses the secret (`newArg`) and the environment gets it: `docker -e NAME`, `"$NAME"` in a shell string. */
	| {
			readonly kind: 'arg-to-env';
			readonly name: string;
			readonly part: Part;
			readonly newArg: string;
			readonly stored: SecretValue;
	  }
	/** The http entry becomes a `connect` entry; `bearer` when the header was `Authorization: Bearer ...`. */
	| {
			readonly kind: 'header';
			readonly name: string;
			readonly bearer: boolean;
			readonly part: Part;
			readonly stored: SecretValue;
	  }
	/** The URL loses the secret, and `connect` puts it back; `part` may be the URL of a `connect` entry already. */
	| {
			readonly kind: 'url';
			readonly option: '--query' | '--path' | '--basic';
			/** Of the parameter or the segment. */
			readonly name?: string;
			/** What stays of the URL. */
			readonly url: string;
			readonly part: Part;
			readonly stored: SecretValue;
	  }
	/** A literal header of a `connect` entry becomes the reference; `before` stays in front of it. */
	| { readonly kind: 'connect-header'; readonly before: string; readonly part: Part; readonly stored: SecretValue };

/** Why a fix is not offered, in words for people. */
export interface Refusal {
	readonly refused: string;
}

export function isRefusal<T extends object>(value: T | Refusal): value is Refusal {
	return 'refused' in value;
}

/** A `${...}` that the host fills in: it would be stored as text and never filled again. */
export const HOST_REFERENCE = /\$\{[^{}]{1,256}\}/;
