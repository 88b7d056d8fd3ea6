import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { assertInside, plain, strings } from '../../../../test/support/config-tree.ts';
import { parseDotenv } from './dotenv.ts';
import { parseJson5 } from './json5.ts';

describe('.env files', () => {
	it('names, quotes, comments', () => {
		const text =
			'# c\nA=1\nexport B = "two # no" # yes\nC=\'three\'\nD=four#five # six\n\nE=\nF: yaml\n  G=`h`\nI="a\\nb\\"c"\n';
		const tree = parseDotenv(text);
		assert.deepEqual(plain(tree.root), {
			A: '1',
			B: 'two # no',
			C: 'three',
			D: 'four#five',
			E: '',
			F: 'yaml',
			G: 'h',
			I: 'a\nb"c',
		});
		assert.deepEqual(tree.problems, []);
		assert.deepEqual(
			tree.comments.map(({ start, end }) => text.slice(start, end)),
			['# c', '# six'],
		);
		assert.deepEqual(strings(tree.root, text).at(-1), ['a\nb"c', 'a\\nb\\"c']);
	});

	it('a value over several lines', () => {
		const text = 'KEY="-----BEGIN\nabc=\n-----END"\nNEXT=x\r\nLAST=y';
		assert.deepEqual(plain(parseDotenv(text).root), { KEY: '-----BEGIN\nabc=\n-----END', NEXT: 'x', LAST: 'y' });
	});

	it('a quote that is not closed costs its own line', () => {
		const tree = parseDotenv('A="abc\nB=def\nwhat is this\nC=ghi');
		assert.deepEqual(plain(tree.root), { A: 'abc', B: 'def', C: 'ghi' });
		assert.equal(tree.problems.length, 2);
	});
});

describe('JSON5', () => {
	it('everything that JSON has no room for', () => {
		const text =
			"// c\n{ a: 'x\\u0041\\\n y', \"b\": +.5, $c: [1, 0x1F, -Infinity,], /* d */ e: {f: null, 'g h': true,}, }";
		const tree = parseJson5(text);
		assert.deepEqual(plain(tree.root), {
			a: 'xA y',
			b: 0.5,
			$c: [1, 31, Number.NEGATIVE_INFINITY],
			e: { f: null, 'g h': true },
		});
		assert.deepEqual(tree.problems, []);
		assert.deepEqual(strings(tree.root, text), [['xA y', 'x\\u0041\\\n y']]);
	});

	it('reads all that JSON writes', () => {
		fc.assert(
			fc.property(fc.json(), fc.constantFrom(0, 2), (json, indent) => {
				const text = JSON.stringify(JSON.parse(json), undefined, indent);
				const tree = parseJson5(text);
				assert.deepEqual(JSON.stringify(plain(tree.root)), JSON.stringify(JSON.parse(text)));
				assert.deepEqual(tree.problems, []);
			}),
		);
	});

	it('half typed', () => {
		assert.deepEqual(plain(parseJson5("{ a: { b: 'x\n c: 'y', d }, e: f").root), {
			a: { b: 'x', c: 'y', d: null },
			e: 'f',
		});
		assert.match(parseJson5('['.repeat(100_000)).problems[0]!.message, /Nested deeper/);
	});
});

describe('any text', () => {
	it('never throws, spans stay inside', () => {
		const piece = fc.oneof(
			fc.constantFrom(...'A = " \' ` # \\ \\n { } [ ] : , // /* */ export 1 null'.split(' '), '\n', ' ', '\r\n'),
			fc.string({ maxLength: 5 }),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
				const text = pieces.join('');
				assertInside(text, parseDotenv(text));
				assertInside(text, parseJson5(text));
			}),
			{ numRuns: 2_000 },
		);
	});
});
