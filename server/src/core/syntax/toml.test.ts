import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { assertInside, plain, strings } from '../../../../test/support/config-tree.ts';
import { parseToml } from './toml.ts';

const lines = (...list: readonly string[]) => `${list.join('\n')}\n`;

/** Reads as `toml-eslint-parser` reads it, without a problem. */
function same(text: string): void {
	const tree = parseToml(text);
	assert.deepEqual(tree.problems, [], text);
	const want: unknown = getStaticTOMLValue(parseTOML(text, { tomlVersion: '1.1' }));
	assert.deepEqual(plain(tree.root), JSON.parse(JSON.stringify(want)), text);
}

describe('TOML as hosts read it', () => {
	it('keys, tables and lists of tables in every spelling', () => {
		same(
			lines('a = 1', 'b.c = "x"', '"d e".\'f\' = true', '[t]', 'x = 1', '[ t . u ] # c', 'y = 2', '[t."v w"]', 'z = 3'),
		);
		same(lines('[[l]]', 'n = "a"', '[l.env]', 'K = "v"', '[[l]]', 'n = "b"', '[[l.m]]', 'q = 1', '[[l.m]]', 'q = 2'));
		same(lines('[a.b.c]', 'x = 1', '[a]', 'y = 2', 'b.d = 3'));
		same(lines('a = { b = 1, c.d = "x", "e" = [ { f = 2 } ] }', 'g = { # c', '  h = 1, # d', '  i = 2,', '}'));
	});

	it('values', () => {
		same(
			lines(
				'a = [1, "two", [3,], [',
				'  "x", # c',
				'  "y"',
				']]',
				'b = []',
				'c = 0x1F',
				'd = 1_000.5e3',
				'e = -7',
				'f = false',
			),
		);
		same(
			lines('a = "b\\t\\u0041\\U0001F600\\"\\\\"', "b = 'c:\\d'", 'c = """', 'one', '  two"""', "d = '''", "it's'''"),
		);
		same(lines('a = """\\', '   foo \\', '', '  bar"""', 'b = """a""b"""""', "c = ''''x'''''", 'd = """"""', 'e = ""'));
		same('a = 1\r\n[t]\r\nb = """\r\nx\r\ny"""\r\n');
	});

	it('anything that can be written', () => {
		const key = fc.oneof(
			fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/),
			fc.string({ maxLength: 6 }).map((text) => JSON.stringify(text).replaceAll('\u007F', '\\u007F')),
		);
		const basic = fc.string({ maxLength: 20 }).map((text) => JSON.stringify(text).replaceAll('\u007F', '\\u007F'));
		const literal = fc.stringMatching(/^[ -&(-~]{0,20}$/).map((text) => `'${text}'`);
		const several = fc.stringMatching(/^[ -!#-[\]-~\n]{0,30}$/).map((text) => `"""${text}"""`);
		const scalar = fc.oneof(basic, literal, several, fc.integer().map(String), fc.boolean().map(String));
		const space = fc.constantFrom('', ' ', '\t');
		const { value } = fc.letrec<{ value: string }>((tie) => ({
			value: fc.oneof(
				{ maxDepth: 3 },
				scalar,
				fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',\n # c\n ')}]`),
				fc
					.uniqueArray(fc.tuple(key, tie('value')), { maxLength: 3, selector: ([name]) => name.replaceAll('"', '') })
					.map((pairs) => `{ ${pairs.map(([name, one]) => `${name} = ${one}`).join(', ')} }`),
			),
		}));
		const line = fc
			.tuple(key, space, value, space)
			.map(([name, before, one, after]) => `${name}${before}=${after}${one}`);
		const table = fc.tuple(
			fc.array(key, { minLength: 1, maxLength: 3 }),
			fc.array(line, { maxLength: 3 }),
			fc.boolean(),
		);
		fc.assert(
			fc.property(fc.array(line, { maxLength: 3 }), fc.array(table, { maxLength: 3 }), (top, tables) => {
				const text = lines(
					...top,
					...tables.flatMap(([path, body, isList]) => [
						isList ? `[[${path.join('.')}]]` : `[${path.join(' . ')}]`,
						...body,
					]),
				);
				const want = strictValue(text);
				fc.pre(want !== undefined);
				const tree = parseToml(text);
				assert.deepEqual(plain(tree.root), want, text);
				assert.deepEqual(tree.problems, [], text);
			}),
			{ numRuns: 500 },
		);
	});
});

/** What a strict parser reads; undefined for what it refuses, such as a key that is defined twice. */
function strictValue(text: string): unknown {
	try {
		return JSON.parse(JSON.stringify(getStaticTOMLValue(parseTOML(text, { tomlVersion: '1.1' }))));
	} catch {
		return undefined;
	}
}

describe('TOML spans', () => {
	it('point at the text as written', () => {
		const text = lines('a = "x\\u0041y"', 'b = """', 'one \\', '  two"""', '[t]', "c.d = 'z'");
		assert.deepEqual(strings(parseToml(text).root, text), [
			['xAy', 'x\\u0041y'],
			['one two', 'one \\\n  two'],
			['z', 'z'],
		]);
	});

	it('a table spans from its header to its last line', () => {
		const text = lines('[s.a]', 'x = 1', '[s.a.env]', 'K = "v"', '[s.b]', 'y = 2');
		const { root } = parseToml(text);
		const servers = root?.kind === 'object' ? root.members[0]!.value : undefined;
		assert.ok(servers?.kind === 'object');
		assert.deepEqual(
			servers.members.map(({ value }) => text.slice(value!.span.start, value!.span.end)),
			['[s.a]\nx = 1\n[s.a.env]\nK = "v"', '[s.b]\ny = 2'],
		);
	});

	it('comments are kept in order', () => {
		const text = lines('# a', 'x = 1 # b', 'y = [ # c', '  2, # d', ']', 'z = "#no"');
		assert.deepEqual(
			parseToml(text).comments.map(({ start, end }) => text.slice(start, end)),
			['# a', '# b', '# c', '# d'],
		);
	});
});

describe('TOML that is half typed', () => {
	const reads = (text: string, value: unknown) => {
		const tree = parseToml(text);
		assert.deepEqual(plain(tree.root), value);
		assert.ok(tree.problems.length > 0);
	};

	it('costs its own line', () => {
		reads(lines('[a]', 'x = "abc', 'y = "d"'), { a: { x: 'abc', y: 'd' } });
		reads(lines('args = ["a", ', '[b]', 'c = 1'), { args: ['a'], b: { c: 1 } });
		reads(lines('args = ["a", ', 'c = 1'), { args: ['a'], c: 1 });
		reads(lines('env = { A = "x"', '[q]', 'r = "s"'), { env: { A: 'x' }, q: { r: 's' } });
		reads(lines('t = """', 'abc', '[b]', 'c = "d"'), { t: '', abc: null, b: { c: 'd' } });
		reads(lines('half', 'z = 1'), { half: null, z: 1 });
		reads(lines('a =', '[b', 'c = 1'), { a: null, b: { c: 1 } });
		reads(lines('a = 1', 'a = 2', 'b = 3 4', 'c = 5'), { a: 2, b: '3 4', c: 5 });
	});

	it('text without quotes is read as text', () => {
		const text = 'token = abc_def # c\n';
		const tree = parseToml(text);
		assert.deepEqual(strings(tree.root, text), [['abc_def', 'abc_def']]);
		assert.match(tree.problems[0]!.message, /quotes/);
	});

	it('deep nesting is a problem, not a crash', () => {
		for (const text of [`x = ${'['.repeat(50_000)}`, `x = ${'{a='.repeat(50_000)}`, `${'a.'.repeat(50_000)}b = 1`])
			assert.ok(parseToml(text).problems.length > 0);
	});

	it('any text: never throws, spans stay inside', () => {
		const piece = fc.oneof(
			fc.constantFrom(
				...'a b = [ ] [[ ]] { } , . " \' """ \'\'\' # \\ \\u0041 1 true -'.split(' '),
				'\n',
				' ',
				'\r\n',
				'a = ',
			),
			fc.string({ maxLength: 5 }),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 60 }), (pieces) =>
				assertInside(pieces.join(''), parseToml(pieces.join(''))),
			),
			{ numRuns: 2_000 },
		);
	});
});
