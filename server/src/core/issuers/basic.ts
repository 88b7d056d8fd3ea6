import { decodeBase64Text } from './base64.ts';

/** What `Basic <base64>` says: RFC 7617. */
export interface BasicCredentials {
	readonly user: string;
	/** Empty where a key stands in the place of the user. */
	readonly password: string;
}

const BLOB = /^[A-Za-z0-9+/_-]{4,8192}={0,2}$/;

/** Undefined if the text is not base64 of `user:password`. */
export function decodeBasic(text: string): BasicCredentials | undefined {
	if (!BLOB.test(text)) return undefined;
	const decoded = decodeBase64Text(text);
	const colon = decoded?.indexOf(':') ?? -1;
	// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 7617 forbids them, so such bytes are no credentials.
	if (decoded === undefined || colon < 0 || /[\u0000-\u001f]/.test(decoded)) return undefined;
	return { user: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}
