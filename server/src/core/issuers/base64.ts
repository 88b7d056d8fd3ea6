const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUE_OF = new Map([...ALPHABET].map((character, value) => [character, value]));
VALUE_OF.set('-', 62).set('_', 63);

/** The bytes behind standard or URL-safe base64, padded or not; undefined if it is neither. */
function decodeBase64(text: string): Uint8Array | undefined {
	const body = text.replace(/={1,2}$/, '');
	if (body.length % 4 === 1) return undefined;
	const bytes = new Uint8Array(Math.floor((body.length * 3) / 4));
	let bits = 0;
	let held = 0;
	let at = 0;
	for (const character of body) {
		const value = VALUE_OF.get(character);
		if (value === undefined) return undefined;
		bits = ((bits << 6) | value) & 0xffffff;
		held += 6;
		if (held < 8) continue;
		held -= 8;
		bytes[at++] = (bits >> held) & 0xff;
	}
	return bytes;
}

/** The text behind base64; undefined if it is not base64 of UTF-8. */
export function decodeBase64Text(text: string): string | undefined {
	const bytes = decodeBase64(text);
	if (!bytes) return undefined;
	const escaped = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
	try {
		return decodeURIComponent(escaped);
	} catch {
		return undefined;
	}
}

/** The JSON object behind base64; undefined if there is none. */
export function decodeBase64Json(text: string): Readonly<Record<string, unknown>> | undefined {
	const decoded = decodeBase64Text(text);
	if (!decoded?.trimStart().startsWith('{')) return undefined;
	try {
		return JSON.parse(decoded);
	} catch {
		return undefined;
	}
}
