/**
 * A text that a pattern matches, made at run time: examples of every token kind without a token-shaped literal in any file.
 */
import { createHash } from 'node:crypto';
import { type Node, parseRegex } from './regex-steps.ts';

const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
/** Of an open number of repetitions so many at most beyond the least. */
const EXTRA = 12;

type Random = (below: number) => number;

/** The same pattern and seed give the same text in every run. */
export function matching(pattern: string, seed: string): string {
	return text(parseRegex(pattern, ''), numbers(seed));
}

function text(node: Node, random: Random): string {
	switch (node.kind) {
		case 'char':
			return oneOf(
				PRINTABLE.filter((character) => node.matches(character)),
				random,
			);
		case 'seq':
			return node.items.map((item) => text(item, random)).join('');
		case 'alt':
			return text(oneOf(node.options, random), random);
		case 'group':
			return text(node.item, random);
		case 'repeat': {
			const times = node.min + random(Math.min(node.max - node.min, EXTRA) + 1);
			return Array.from({ length: times }, () => text(node.item, random)).join('');
		}
		default:
			return '';
	}
}

function oneOf<T>(items: readonly T[], random: Random): T {
	const item = items[random(items.length)];
	if (item === undefined) throw new Error('nothing printable matches');
	return item;
}

function numbers(seed: string): Random {
	let block = Buffer.alloc(0);
	let count = 0;
	return (below) => {
		if (block.length < 4) block = createHash('sha256').update(`${seed}:${count++}`).digest();
		const value = block.readUInt32BE(0);
		block = block.subarray(4);
		return value % below;
	};
}
