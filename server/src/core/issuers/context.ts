import type { Position } from '../servers.ts';

/** Where the string stands. Everything is optional but the position: a token's own form needs no context. */
export interface ClassifyContext {
	readonly position: Position;
	/** Env variable, header, or the flag before the value. */
	readonly name?: string;
	readonly serverName?: string;
	/** The issuer that the server is known to talk to, by its package, image or URL. */
	readonly issuer?: string;
	/** What a known server says of the whole value: it is the secret, or it is an id. */
	readonly field?: 'secret' | 'id';
	/** A part of the URL's path is known to be the secret. */
	readonly secretPath?: boolean;
}
