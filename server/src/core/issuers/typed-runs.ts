// How much of a text somebody typed along an alphabet, a count or the rows of a keyboard.
import { lazy } from '../lazy.ts';

const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
/** How a pair of neighbours in an alphabet, a count or a keyboard row goes; a doubled character goes on in any direction. */
const [NO_STEP, FORTH, BACK, DOUBLED] = [0, 1, 2, 3];
const neighbours = lazy(() => {
	const pairs = new Uint8Array(128 * 128);
	for (const row of ROWS) {
		for (let i = 0; i + 1 < row.length; i++) {
			pairs[pairIndex(row, i, i + 1)] = FORTH;
			pairs[pairIndex(row, i + 1, i)] = BACK;
		}
	}
	const all = 'abcdefghijklmnopqrstuvwxyz0123456789';
	for (let i = 0; i < all.length; i++) pairs[pairIndex(all, i, i)] = DOUBLED;
	return pairs;
});

/** @param text of small letters and digits only */
function pairIndex(text: string, first: number, second: number): number {
	return (text.charCodeAt(first) << 7) | text.charCodeAt(second);
}

/** What counts of a text: all the functions here but {@link typedShare} want it so. */
export function lettersAndDigits(text: string): string {
	return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** How much of the letters and digits lies in counting, keyboard, repeated or interleaved (`a1b2c3`) runs, or in a repeated block: 0 to 1. */
export function typedShare(text: string): number {
	const body = lettersAndDigits(text);
	if (body.length < 4) return 0;
	if (repeatsABlock(body)) return 1;
	const covered = new Uint8Array(body.length);
	coverRuns(body, 1, 3, covered);
	coverRuns(body, 2, 6, covered);
	let sum = 0;
	for (const one of covered) sum += one;
	return sum / body.length;
}

/** Marks runs of at least `least` characters. */
function coverRuns(body: string, stride: 1 | 2, least: number, covered: Uint8Array): void {
	eachRun(body, stride, (from, to) => {
		if (to - from >= least) covered.fill(1, from, to);
	});
}

/**
 * Each run in which every character is a neighbour of the one `stride` before it, always in the same direction: `ere` is none. Of two
 * woven counts each has its own direction.
 */
function eachRun(body: string, stride: 1 | 2, found: (from: number, to: number) => void): void {
	const pairs = neighbours();
	const ways = [DOUBLED, DOUBLED];
	let start = 0;
	for (let i = stride; i <= body.length; i++) {
		const step = i < body.length ? pairs[pairIndex(body, i - stride, i)]! : NO_STEP;
		const lane = i % stride;
		if (step !== NO_STEP && (step === DOUBLED || ways[lane] === DOUBLED || ways[lane] === step)) {
			if (step !== DOUBLED) ways[lane] = step;
			continue;
		}
		found(start, i);
		// What turned round begins a run in the other direction.
		start = i - stride + (step === NO_STEP ? 1 : 0);
		ways.fill(DOUBLED);
		if (step !== NO_STEP) ways[lane] = step;
	}
}

/** `abcd1234abcd1234`: a block of 2 to 12 characters, written at least three times, or twice where it is long. */
export function repeatsABlock(body: string): boolean {
	for (let size = 2; size <= 12 && size * 2 <= body.length; size++) {
		if (body.length < size * 3 && size < 8) continue;
		if (body.slice(size) === body.slice(0, body.length - size)) return true;
	}
	return false;
}

/** The longest run of characters, each a neighbour of the one `stride` before it. */
export function longestRun(body: string, stride: 1 | 2): number {
	let longest = 0;
	eachRun(body, stride, (from, to) => {
		longest = Math.max(longest, to - from);
	});
	return longest;
}
