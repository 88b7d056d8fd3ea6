import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { plain } from '../../../../test/support/config-tree.ts';
import { parseTolerantly } from './jsonc.ts';
import type { ConfigNode } from './tree.ts';
import { type JsonOptions, readWellFormed } from './well-formed.ts';

const STRICT: JsonOptions = { comments: false, trailingCommas: false };
const LENIENT: JsonOptions = { comments: true, trailingCommas: true };

/** All that a node says, with every span. */
function told(node: ConfigNode | undefined): unknown {
	if (!node) return undefined;
	const { kind, span } = node;
	if (kind === 'array') return { kind, span, items: node.items.map(told) };
	if (kind === 'string') return { kind, span, value: node.value, ends: node.spanOf(1, node.value.length - 1) };
	if (kind !== 'object') return { kind, span, value: node.value };
	const members = node.members.map(({ key, keySpan, span, value }) => ({ key, keySpan, span, value: told(value) }));
	return { kind, span, members };
}

/** The two readers agree wherever the quick one answers. */
function assertAgrees(text: string, options: JsonOptions): boolean {
	const quick = readWellFormed(text, options);
	if (!quick) return false;
	const tolerant = parseTolerantly(text, options);
	assert.deepEqual(tolerant.problems, [], text);
	assert.deepEqual(quick.comments, tolerant.comments, text);
	assert.deepEqual(told(quick.root), told(tolerant.root), text);
	return true;
}

const PIECES = [
	...['{', '}', '[', ']', ',', ':', '"', '\\', '"a"', '"b":', '"\\u00e9\\n"', ' ', '\n', '\r', '\t', '\0', '\ufeff'],
	...['null', 'true', '0', '01', '-', '-1.5e-3', '1e999', '1.', '// x', '/* y */', '/*/', '/'],
];

describe('JSON without a mistake', () => {
	it('is read at once, with its comments and trailing commas where the reader takes them', () => {
		const text = '// a\n{ "x": [1, -0.5e2, true, null, "\\"\\u0041",], /* b */ "y": {}, }\n';
		const tree = readWellFormed(text, LENIENT);
		assert.deepEqual(plain(tree?.root), { x: [1, -50, true, null, '"A'], y: {} });
		assert.ok(assertAgrees(text, LENIENT));
		assert.equal(readWellFormed(text, STRICT), undefined);
	});

	it('is every text that JSON.stringify writes', () => {
		fc.assert(
			fc.property(fc.json(), fc.constantFrom(0, 2), (json, indent) =>
				assert.ok(assertAgrees(JSON.stringify(JSON.parse(json), undefined, indent), STRICT)),
			),
		);
	});

	it('is left to the tolerant parser otherwise', () => {
		const broken = [
			'',
			'[',
			'["a" true]',
			'[1 2]',
			'{"a"}',
			'{"a":}',
			'[01]',
			'["\\x"]',
			'["a\nb"]',
			'[1]]',
			'{"a":1,}',
		];
		for (const text of broken) assert.equal(readWellFormed(text, STRICT), undefined, text);
		assert.equal(readWellFormed('['.repeat(501), LENIENT), undefined);
	});

	it('and the tolerant parser finds the same in whatever it takes', () => {
		let taken = 0;
		const text = fc
			.tuple(fc.json(), fc.array(fc.tuple(fc.nat(), fc.constantFrom(...PIECES)), { maxLength: 3 }))
			.map(([json, inserted]) =>
				inserted.reduce((now, [at, piece]) => {
					const place = at % (now.length + 1);
					return now.slice(0, place) + piece + now.slice(place);
				}, json),
			);
		fc.assert(
			fc.property(text, fc.constantFrom(STRICT, LENIENT), (one, options) => {
				if (assertAgrees(one, options)) taken++;
			}),
			{ numRuns: 3_000 },
		);
		assert.ok(taken > 300, `only ${taken} were taken`);
	});
});
