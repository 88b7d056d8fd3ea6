import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { decodeBase64Json } from './base64.ts';
import type { ChecksumGrade, ChecksumId } from './issuer.ts';

/**
 * Grades a token that already has the shape of its kind. Published samples are often altered by hand, so a wrong
 * checksum lowers the grade and never hides a token.
 *
 * @param prefix the kind's prefix, which some checksums leave out
 */
export function gradeChecksum(id: ChecksumId, token: string, prefix: string): ChecksumGrade {
	return CHECKS[id](token, prefix) ? 'valid' : 'invalid';
}

const CHECKS: Record<ChecksumId, (token: string, prefix: string) => boolean> = {
	/** GitHub (github.blog 2021), npm, Vercel: CRC-32 of the part between prefix and last six, in base 62. */
	'crc32-base62-6': (token, prefix) =>
		toBase62(crc32(token.slice(prefix.length, -6))).padStart(6, '0') === token.slice(-6),
	/** GitHub fine-grained: SHA-256 over everything before, in base 32, stands before the last eight. Seen in samples, 2026-11. */
	'github-fine-grained': (token) => {
		const covered = token.length - 16;
		return base32(sha256(utf8ToBytes(token.slice(0, covered)))).slice(0, 8) === token.slice(covered, covered + 8);
	},
	/** GitLab routable tokens: CRC-32 of all before the last seven, in base 36. Seen in a sample, 2026-11. */
	'gitlab-routable': (token) => crc32(token.slice(0, -7)).toString(36).padStart(7, '0') === token.slice(-7),
	/** Atlassian: CRC-32 up to and with the `=` before the last eight, upper hex. Seen in samples, 2026-11. */
	'atlassian-crc32-hex': (token) => hex(crc32(token.slice(0, -8))).toUpperCase() === token.slice(-8),
	/** Cloudflare (developers.cloudflare.com names "40 characters + checksum"), Zuplo: CRC-32 without the prefix, hex. */
	'crc32-hex-8': (token, prefix) => hex(crc32(token.slice(prefix.length, -8))) === token.slice(-8),
	/** Grafana (pkg/components/satokengen): CRC-32 before the last `_`, its bytes in little-endian order, hex. */
	'grafana-crc32': (token) => {
		const bytes = hex(crc32(token.slice(0, -9))).match(/../g) ?? [];
		return bytes.reverse().join('') === token.slice(-8);
	},
	/** BIP-173, for keys of age: the last six characters. */
	bech32: (token) => bech32(token.toLowerCase()),
	/** Not a checksum but as telling: the base64 part is a JSON object. */
	'base64-json': (token) => decodeBase64Json(token.slice(token.indexOf('eyJ'))) !== undefined,
};

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
	return value;
});

/** CRC-32 (IEEE, as in zlib) of UTF-8 text, unsigned. */
export function crc32(text: string): number {
	let crc = 0xffffffff;
	for (const byte of utf8ToBytes(text)) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ byte) & 0xff]!;
	return ~crc >>> 0;
}

function hex(value: number): string {
	return value.toString(16).padStart(8, '0');
}

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const BECH32_STEPS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** The name before the last `1`, then the data with its checksum (BIP-173; read 2026-11). */
function bech32(text: string): boolean {
	const end = text.lastIndexOf('1');
	const name = Array.from(text.slice(0, end), (character) => character.charCodeAt(0));
	const data = Array.from(text.slice(end + 1), (character) => BECH32.indexOf(character));
	if (end < 1 || data.includes(-1)) return false;
	let sum = 1;
	for (const value of [...name.map((code) => code >> 5), 0, ...name.map((code) => code & 31), ...data]) {
		const top = sum >>> 25;
		sum = ((sum & 0x1ffffff) << 5) ^ value;
		for (const [bit, step] of BECH32_STEPS.entries()) if ((top >> bit) & 1) sum ^= step;
	}
	return sum === 1;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function toBase62(value: number): string {
	let rest = value;
	let text = '';
	do {
		text = BASE62[rest % 62] + text;
		rest = Math.floor(rest / 62);
	} while (rest > 0);
	return text;
}

export const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(bytes: Uint8Array): string {
	let text = '';
	let bits = 0;
	let held = 0;
	for (const byte of bytes) {
		bits = ((bits << 8) | byte) & 0xfff;
		held += 8;
		while (held >= 5) {
			held -= 5;
			text += BASE32[(bits >> held) & 31];
		}
	}
	return text;
}
