import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parse, stringify, type ToStringOptions } from 'yaml';
import { assertInside, plain, strings } from '../../../../test/support/config-tree.ts';
import { parseYaml } from './yaml.ts';

const lines = (...list: readonly string[]) => `${list.join('\n')}\n`;

/** Reads as the `yaml` package reads it, without a problem. */
function same(text: string): void {
	const tree = parseYaml(text);
	assert.deepEqual(plain(tree.root), parse(text, { merge: true, uniqueKeys: false }), text);
	assert.deepEqual(tree.problems, [], text);
}

describe('YAML as hosts read it', () => {
	it('maps, lists and flow', () => {
		same(
			lines('a: 1', 'b:', '  c: x', '  d: [1, "two", {e: f, g}]', 'l:', '- x', '- - y', '  - z', '- k: v', '  n: ~'),
		);
		same(lines('a: {"b":1, c: [ ], d: {},', '  e: f g', '    h, }', 'l: [a: b, c]'));
		same(lines('---', '# c', '"q k": v', "'it''s': w", '? long', '  key', ': x', '? k2', 'z: true'));
		same('{"mcpServers": {"a": {"command": "npx", "args": ["-y", "x"], "env": {"T": "v"}}}}');
		same(lines('a:', '', '  # c', '  b: 1 # d', 'c:', '# e', '', 'd: x#y'));
	});

	it('scalars of every style', () => {
		same(
			lines(
				'a: "b\\n \\u0041\\x42\\U0001F600"',
				'b: "x',
				'  y\\',
				'   z',
				'',
				'  w"',
				"c: 'p",
				"  q''r'",
				'd: two',
				'  lines',
				'',
				'  more',
			),
		);
		same(
			lines(
				'a: |',
				'  one',
				'   two',
				'',
				'  three',
				'b: >',
				'  one',
				'  two',
				'',
				'  three',
				'    more',
				'  back',
				'',
			),
		);
		same(
			lines(
				'a: |-',
				'  x',
				'',
				'b: |+',
				'  k',
				'',
				'c: >-',
				'',
				'  y',
				'  z',
				'd: |2',
				'    ind',
				'  z',
				'e: |',
				'',
				'f: 1',
			),
		);
		same('a:\r\n  b: c\r\n  d: |\r\n    x\r\n    y\r\n  e: "f\r\n    g"\r\n');
		same(lines('a: -1', 'b: 1.5e3', 'c: 0x1F', 'd: 0o17', 'e: 1_000', 'f: 2024-01-01', 'g: Yes', 'h: null', 'i: .5'));
	});

	it('anchors, aliases and merged maps', () => {
		same(
			lines(
				'base: &b',
				'  X: 1',
				'  Y: two',
				's:',
				'  <<: *b',
				'  Y: three',
				'l: [*b, &c z, *c]',
				't: !!map {a: !!str x}',
			),
		);
	});

	it('anything that the package writes, in any style', () => {
		const key = fc.oneof(
			fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,12}$/),
			fc.string({ minLength: 1, maxLength: 6 }),
		);
		const text = fc.oneof(fc.string({ maxLength: 40 }), fc.stringMatching(/^[a-z \n:#'"-]{0,30}$/));
		const { value } = fc.letrec<{ value: unknown }>((tie) => ({
			value: fc.oneof(
				{ maxDepth: 4 },
				text,
				fc.integer(),
				fc.boolean(),
				fc.constant(null),
				fc.array(tie('value'), { maxLength: 4 }),
				fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
			),
		}));
		const options = fc.record({
			indent: fc.integer({ min: 1, max: 4 }),
			indentSeq: fc.boolean(),
			lineWidth: fc.constantFrom(0, 20, 40),
			defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
			collectionStyle: fc.constantFrom('any', 'block', 'flow'),
		});
		fc.assert(
			fc.property(value, options, (data, style) => {
				const written = stringify(data, style as ToStringOptions);
				fc.pre(isDeepStrictEqual(parseOrUndefined(written), data));
				assert.deepEqual(plain(parseYaml(written).root), data, written);
			}),
			{ numRuns: 500 },
		);
	});
});

/** The package writes a few texts that it reads in another way, or not at all. */
function parseOrUndefined(text: string): unknown {
	try {
		return parse(text, { uniqueKeys: false });
	} catch {
		return undefined;
	}
}

describe('YAML spans', () => {
	it('point at the text as written', () => {
		const text = lines('a: "x\\u0041y"', 'b: |', '  one', '  two', 'c: pl', '  ain', "d: 'it''s'");
		const { root } = parseYaml(text);
		assert.deepEqual(strings(root, text), [
			['xAy', 'x\\u0041y'],
			['one\ntwo\n', 'one\n  two\n'],
			['pl ain', 'pl\n  ain'],
			["it's", "it''s"],
		]);
	});

	it('a piece ends where its last character ends, whatever is folded away behind it', () => {
		const text = lines('a: >-', '  one', '  two');
		const { root } = parseYaml(text);
		const node = root?.kind === 'object' && root.members[0]!.value;
		assert.ok(node && node.kind === 'string');
		const piece = (from: number, to: number) => text.slice(node.spanOf(from, to).start, node.spanOf(from, to).end);
		assert.equal(piece(0, 3), 'one');
		assert.equal(piece(4, 7), 'two');
		assert.equal(text.slice(node.span.start, node.span.end), '>-\n  one\n  two');
	});

	it('comments are kept in order', () => {
		const text = lines('# a', 'x: 1 # b', 'y: [1, # c', '  2]', 'z: "#no" # d', 'p: q#r');
		assert.deepEqual(
			parseYaml(text).comments.map(({ start, end }) => text.slice(start, end)),
			['# a', '# b', '# c', '# d'],
		);
	});
});

describe('YAML that is half typed', () => {
	const reads = (text: string, value: unknown) => {
		const tree = parseYaml(text);
		assert.deepEqual(plain(tree.root), value);
		assert.ok(tree.problems.length > 0);
	};

	it('costs its own line', () => {
		reads(lines('env:', '  A: "abc', '  B: "def"'), { env: { A: 'abc', B: 'def' } });
		reads(lines('a: [1, 2', 'b: 3'), { a: [1, 2], b: 3 });
		reads(lines('a:', '  b: {c: d', '  e: f'), { a: { b: { c: 'd' }, e: 'f' } });
		reads(lines('a: 1', 'half', 'b: 2'), { a: 1, b: 2 });
		reads(lines('a: 1', '    b: 2', 'c: 3'), { a: 1, b: 2, c: 3 });
		reads(lines('    a: 1', '  b: 2', 'c: 3'), { a: 1, b: 2, c: 3 });
		reads(lines('- a', 'b: c'), { b: 'c' });
		reads(lines('a: *nowhere', 'b: 1'), { a: null, b: 1 });
	});

	it('deep nesting, repeated aliases and endless text are problems, not crashes', () => {
		for (const text of ['- '.repeat(50_000), '['.repeat(50_000), '{a: '.repeat(50_000), '? '.repeat(50_000)])
			assert.match(
				parseYaml(text)
					.problems.map(({ message }) => message)
					.join(),
				/Nested deeper/,
			);
		const bomb = ['a0: &a0 [x, y]'];
		for (let i = 1; i < 30; i++)
			bomb.push(
				`a${i}: &a${i} [${Array(9)
					.fill(`*a${i - 1}`)
					.join(', ')}]`,
			);
		assert.match(parseYaml(lines(...bomb)).problems[0]!.message, /Aliases repeat too much/);
		assert.match(parseYaml('x'.repeat(2_000_001)).problems[0]!.message, /longer than/);
	});

	it('any text: never throws, spans stay inside', () => {
		const piece = fc.oneof(
			fc.constantFrom(
				...'a b: - [ ] { } , " \' | > & * ! # ? % @ \\ ~ --- ... <<: *x &x |- >+2'.split(' '),
				': ',
				'\n',
				'\n  ',
				'\n    ',
				'\t',
				'\r\n',
				'- ',
			),
			fc.string({ maxLength: 5 }),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 60 }), (pieces) =>
				assertInside(pieces.join(''), parseYaml(pieces.join(''))),
			),
			{ numRuns: 2_000 },
		);
	});
});
