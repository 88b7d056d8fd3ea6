import type { ProbeOutcome } from '../grants/grant.ts';
import type { SecretValue } from '../secret-value.ts';
import type { Base } from './bases.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * How one issuer is asked what a token may do, in plain data: what to send, and what an answer says. Nothing here sends,
 * and nothing here holds a secret: the transport adds it where {@link Auth} says.
 */
export interface IssuerProbe {
	/** Id of the issuer in `core/issuers`. */
	readonly issuer: string;
	/** As people say it: "GitHub". */
	readonly name: string;
	/** Token kinds that can be asked about. */
	readonly kinds: readonly string[];
	/** What one safe request tells, for the table in docs/issuers.md: "scopes, expiry". */
	readonly tells: string;
	/** What it does not tell, or does besides. */
	readonly limits?: string;
	/** Vendor page or source file, and the date it was read. */
	readonly source: string;
	/** Names of variables beside the token whose values the request may need: the caller hands them over as secrets. */
	readonly companions?: readonly string[];
	/** Where to ask, best first; shown to the person before the first request. Empty = {@link noBase} says what is missing. */
	bases(kind: string, around: Surroundings): readonly Base[];
	/** Further fixed origins that {@link next} may ask; shown together with the base. */
	readonly alsoAsks?: readonly string[];
	/** The address stands in the text that the token is a part of, so that of a stored one it is known only once that was read. */
	readonly isInside?: boolean;
	/** What is missing where {@link bases} finds none, with the way out. */
	readonly noBase?: string;
	request(context: ProbeContext): ProbeRequest | DatabaseQuestion | Missing;
	/** A further request where the first answer alone tells too little; at most {@link MOST_REQUESTS} in all. */
	next?(answers: readonly ProbeResponse[], context: ProbeContext): ProbeRequest | undefined;
	/** `earlier`: the answers before this one, where {@link next} asked on. Never throws, whatever the answer is. */
	read(response: ProbeResponse, context: ProbeContext, earlier: readonly ProbeResponse[]): ProbeOutcome;
	readonly rotate?: RotateAct;
	readonly revoke?: RevokeAct;
}

export const MOST_REQUESTS = 3;

export interface ProbeContext {
	readonly kind: string;
	/** One of {@link IssuerProbe.bases}. */
	readonly base: string;
	readonly around: Surroundings;
	/** Those of {@link IssuerProbe.companions} that the caller has a value for. */
	readonly companions: ReadonlySet<string>;
	/** Is this text the token in hand, or the named companion? For answers that list several. */
	isToken(text: string, companion?: string): boolean;
	/** Epoch milliseconds. */
	readonly now: number;
}

/** The request cannot be made: one line for people, with the way out. */
export interface Missing {
	readonly missing: string;
}

export type ProbeRequest = Sent & (SafeMethod | DocumentedRead);

interface SafeMethod {
	readonly method: 'GET' | 'HEAD';
}

/** A POST that the issuer documents as changing nothing. */
interface DocumentedRead {
	readonly method: 'POST';
	/** Where it is documented as a read. */
	readonly pureRead: string;
}

/**
 * One statement after a login, for an issuer that is a database. Its rows come back as a JSON list of objects, each value a text as
 * the database writes it; a database's error comes back as the status that HTTP has for it.
 */
export interface DatabaseQuestion {
	/** Reads, and changes nothing. */
	readonly statement: string;
	/** `postgres://host:port` */
	readonly base: string;
	readonly user: string;
	readonly database: string;
	/** `unchecked`: encrypted, for whoever answers. `authority`: for whom an authority vouches. `full`: and whose name it is. */
	readonly encryption: 'none' | 'unchecked' | 'authority' | 'full';
}

export type ActRequest = Sent & { readonly method: 'POST' | 'PUT' | 'DELETE' };

interface Sent {
	readonly base: string;
	/** Starts with a slash; holds no secret. */
	readonly path: string;
	/** Without the secret. */
	readonly headers?: Readonly<Record<string, string>>;
	readonly auth: Auth;
	/** Without the secret; never beside an {@link Auth} that fills the body. */
	readonly body?: Body;
	/** What a good answer's body is: another type is not read. `nothing`: only status and headers of a success count. */
	readonly expects: 'json' | 'xml' | 'nothing';
}

export type Body =
	| { readonly type: 'json'; readonly value: unknown }
	| { readonly type: 'form'; readonly fields: Readonly<Record<string, string>> };

/** Where the secret goes. Never into the URL: URLs are logged. */
export type Auth =
	| { readonly how: 'none' }
	| { readonly how: 'bearer' }
	/** `also`: header name to the companion it carries. */
	| {
			readonly how: 'header';
			readonly name: string;
			readonly scheme?: string;
			readonly also?: Readonly<Record<string, string>>;
	  }
	| { readonly how: 'basic'; readonly user: string }
	/** `client`: names of the companions that hold client id and client secret, sent as basic authorization. */
	| {
			readonly how: 'form';
			readonly name: string;
			readonly fields?: Readonly<Record<string, string>>;
			readonly client?: { readonly id: string; readonly secret: string };
	  }
	/** A JSON body with one member; `list`: the token is the only element of an array. */
	| { readonly how: 'json'; readonly name: string; readonly list?: boolean }
	/** AWS signature version 4; the token in hand is the secret access key, the others are companions. */
	| {
			readonly how: 'sigv4';
			readonly keyId: string;
			readonly sessionToken?: string;
			readonly service: string;
			readonly region: string;
	  };

export interface ProbeResponse {
	readonly status: number;
	/** Lower-case names. */
	readonly headers: Readonly<Record<string, string>>;
	/** Empty for HEAD and where the request expects nothing. */
	readonly text: string;
}

/** Ends the token, and only this one, with nothing but the literal. */
export interface RevokeAct {
	readonly kinds: readonly string[];
	/** What ends with it besides, for the question to the person. */
	readonly alsoEnds?: string;
	readonly source: string;
	/** A safe question first, where the request depends on its answer (an id that provably belongs to this token, an endpoint). */
	before?(context: ProbeContext): ProbeRequest | Missing;
	/** `before`: the answer to {@link before}. */
	request(context: ProbeContext, before?: ProbeResponse): ActRequest | Missing;
	read(response: ProbeResponse, context: ProbeContext): ActOutcome;
}

/** Replaces the token by a new value that the issuer makes. */
export interface RotateAct {
	readonly kinds: readonly string[];
	/** What becomes of the old value, for the question to the person. */
	readonly aboutOld: string;
	/** Where its documentation says that the new value may do what the old one could; absent = nobody knows. */
	readonly keepsRights?: string;
	readonly source: string;
	/** `expiresOn`: ISO date wished for the new value; absent = the issuer's default. */
	request(context: ProbeContext, expiresOn?: string): ActRequest | Missing;
	read(response: ProbeResponse, context: ProbeContext): RotateOutcome;
}

/** What came of revoking: never more than the answer said. */
export interface ActOutcome {
	/** `unknown`: it may or may not have happened; the message says how to find out. */
	readonly state: 'confirmed' | 'refused' | 'unknown';
	readonly at: number;
	/** One line for people; holds no secret and no text of the answer. */
	readonly message: string;
}

export type RotateOutcome =
	| (ActOutcome & { readonly state: 'refused' | 'unknown' })
	| (ActOutcome & { readonly state: 'confirmed'; readonly secret: SecretValue; readonly expiresAt?: number });
