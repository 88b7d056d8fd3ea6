import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { SecretValue } from '../../core/secret-value.ts';

export interface Signing {
	readonly keyId: string;
	readonly secret: SecretValue;
	readonly service: string;
	readonly region: string;
	/** Epoch milliseconds. */
	readonly at: number;
}

/**
 * The `authorization` header of a GET without a body, AWS signature version 4 (docs.aws.amazon.com, create a signed AWS API
 * request; read 2026-11). `headers` are all that is sent and signed, lower case, with `host` and `x-amz-date`.
 */
export function signature(
	url: URL,
	headers: Readonly<Record<string, string>>,
	{ keyId, secret, service, region, at }: Signing,
): string {
	const stamp = amzDate(at);
	const scope = `${stamp.slice(0, 8)}/${region}/${service}/aws4_request`;
	const names = Object.keys(headers).toSorted();
	const query = [...url.searchParams]
		.map(([name, value]) => `${encode(name)}=${encode(value)}`)
		.toSorted()
		.join('&');
	const lines = names.map((name) => `${name}:${headers[name]?.trim()}\n`).join('');
	const request = ['GET', url.pathname, query, lines, names.join(';'), hash('')].join('\n');
	const toSign = ['AWS4-HMAC-SHA256', stamp, scope, hash(request)].join('\n');
	const key = scope
		.split('/')
		.reduce((previous, part) => hmac(sha256, previous, utf8ToBytes(part)), utf8ToBytes(`AWS4${secret.reveal()}`));
	const signed = bytesToHex(hmac(sha256, key, utf8ToBytes(toSign)));
	return `AWS4-HMAC-SHA256 Credential=${keyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signed}`;
}

/** `20261123T101500Z` */
export function amzDate(at: number): string {
	return new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function hash(text: string): string {
	return bytesToHex(sha256(utf8ToBytes(text)));
}

function encode(text: string): string {
	return encodeURIComponent(text).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}
