import { decodeBase64Text } from './base64.ts';
import type { TokenFacts } from './issuer.ts';

/** Readers of times that stand inside tokens in other ways than as JSON. Nothing of the secret part enters a note. */

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The first ten characters of a ULID (github.com/ulid/spec; read 2026-11) are its time of creation in milliseconds. */
function ulidTime(text: string): number | undefined {
	let time = 0;
	for (const character of text.slice(0, 10).toUpperCase()) {
		const value = CROCKFORD.indexOf(character);
		if (value < 0) return undefined;
		time = time * 32 + value;
	}
	return isPlausible(time) ? time : undefined;
}

/** 2015 to 2100: anything else is chance. */
function isPlausible(time: number): boolean {
	return time > 1_420_070_400_000 && time < 4_102_444_800_000;
}

/** Keys of WorkOS and Highnote are base64 of `key_<ULID>,...`; those of Paddle hold the ULID as it is. Seen in samples, 2026-11. */
export function ulidFacts(token: string): TokenFacts | undefined {
	const plain = /_apikey_([0-9a-z]{26})_/.exec(token)?.[1];
	const encoded = /(?:^|_)(a2V5X[A-Za-z0-9+/]{20,120})/.exec(token)?.[1];
	const inside = encoded && /^key_([0-9A-Z]{26})/.exec(decodeBase64Text(encoded.slice(0, 40)) ?? '')?.[1];
	const created = ulidTime(plain ?? inside ?? '');
	return created === undefined ? undefined : { issuedAt: created, notes: ['the id inside holds its time of creation'] };
}

const DISCORD_EPOCH = 1_420_070_400_000;

/** Ids of Discord hold their time of creation (discord.com, API reference, snowflakes; read 2026-11). */
export function snowflakeTime(id: string): number {
	return Number(BigInt(id) >> 22n) + DISCORD_EPOCH;
}

/** A webhook and its token are made together. */
export function discordWebhook(token: string): TokenFacts | undefined {
	const id = /\/webhooks\/([0-9]{17,20})\//.exec(token)?.[1];
	const created = id === undefined ? Number.NaN : snowflakeTime(id);
	return isPlausible(created)
		? { issuedAt: created, notes: ['the id in the URL holds its time of creation'] }
		: undefined;
}

/** A short-term Bedrock key is base64 of a presigned URL, which says when it was signed and for how many seconds (AWS, Signature Version 4; read 2026-11). */
export function presignedBedrock(token: string): TokenFacts | undefined {
	const url = decodeBase64Text(token.slice('bedrock-api-key-'.length)) ?? '';
	const signed = /X-Amz-Date=([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z/.exec(url);
	if (!signed) return undefined;
	const [year, month, ...rest] = signed.slice(1).map(Number) as [number, number, number, number, number, number];
	const issuedAt = Date.UTC(year, month - 1, ...rest);
	const seconds = Number(/X-Amz-Expires=([0-9]{1,6})/.exec(url)?.[1] ?? Number.NaN);
	return { issuedAt, ...(seconds > 0 ? { expiresAt: issuedAt + seconds * 1000 } : {}), notes: ['a signed request'] };
}

/** A shared access signature says what it allows, from when, and until when (learn.microsoft.com, service SAS; read 2026-11). */
export function azureSas(query: string): TokenFacts {
	const parameters = new Map(
		Array.from(query.matchAll(/[?&]([a-z]{2,8})=([^&#\s]{1,100})/g), ([, name, value]) => [name, value] as const),
	);
	const time = (name: string) => Date.parse((parameters.get(name) ?? '').replaceAll(/%3A/gi, ':'));
	const [from, until, permissions] = [time('st'), time('se'), parameters.get('sp')];
	return {
		...(Number.isNaN(from) ? {} : { issuedAt: from }),
		...(Number.isNaN(until) ? {} : { expiresAt: until }),
		notes: permissions && /^[a-z]{1,16}$/i.test(permissions) ? [`permissions ${permissions}`] : [],
	};
}
