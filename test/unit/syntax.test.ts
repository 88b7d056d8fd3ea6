import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { before, describe, test } from 'node:test';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar, type IRawGrammar } from 'vscode-textmate';

const INJECTION = 'mcp-hygiene.reference.injection';

/** The string rules of an editor's JSON grammar, no more: keys and values have different scopes, escapes are theirs. */
function jsonGrammar(scopeName: string): IRawGrammar {
	const suffix = scopeName.replace('source.', '');
	const string = {
		begin: '"',
		end: '"',
		patterns: [{ match: '\\\\.', name: `constant.character.escape.${suffix}` }],
	};
	return textmate.parseRawGrammar(
		JSON.stringify({
			scopeName,
			patterns: [
				{
					...string,
					begin: '(")(?=(?:[^"\\\\]|\\\\.)*"\\s*:)',
					name: `string.${suffix} support.type.property-name.${suffix}`,
				},
				{ ...string, name: `string.quoted.double.${suffix}` },
				{ match: '//.*$', name: `comment.line.double-slash.${suffix}` },
			],
		}),
		'host.json',
	);
}

async function loadGrammar(scopeName: string): Promise<IGrammar> {
	const injection = await readFile(
		new URL('../../syntaxes/reference-injection.tmLanguage.json', import.meta.url),
		'utf8',
	);
	const registry = new textmate.Registry({
		onigLib: Promise.resolve({
			createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
			createOnigString: (text) => new oniguruma.OnigString(text),
		}),
		loadGrammar: async (name) =>
			name === INJECTION ? textmate.parseRawGrammar(injection, 'injection.json') : jsonGrammar(name),
		getInjections: (name) => (name.startsWith('source.json') ? [INJECTION] : []),
	});
	const grammar = await registry.loadGrammar(scopeName);
	assert.ok(grammar);
	return grammar;
}

/** Each piece of the line that the injection coloured, with the last scope it got there. */
function coloured(grammar: IGrammar, line: string): [text: string, scope: string][] {
	return grammar
		.tokenizeLine(line, null)
		.tokens.filter((token) => token.scopes.some((scope) => scope.endsWith('.mcp-hygiene')))
		.map((token) => [line.slice(token.startIndex, token.endIndex), token.scopes.at(-1)!.replace('.mcp-hygiene', '')]);
}

describe('references in config strings', () => {
	let json: IGrammar;
	let jsonc: IGrammar;

	before(async () => {
		const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
		await oniguruma.loadWASM(await readFile(wasm));
		json = await loadGrammar('source.json');
		jsonc = await loadGrammar('source.json.comments');
	});

	test('a keychain reference: scheme, store, path', () => {
		assert.deepEqual(coloured(jsonc, '"GITHUB_TOKEN": "cred://keychain/github/issues",'), [
			['cred', 'keyword.other.scheme'],
			['://', 'punctuation.separator.scheme'],
			['keychain', 'entity.name.type.store'],
			['/', 'punctuation.separator.path'],
			['github/issues', 'variable.other.path'],
		]);
	});

	test('a field at the end', () => {
		assert.deepEqual(coloured(json, '"T": "cred://vault/kv/data/mcp/@token"').slice(4), [
			['kv/data/mcp', 'variable.other.path'],
			['/@', 'punctuation.separator.field'],
			['token', 'variable.parameter.field'],
		]);
	});

	test('a reference behind a header name, as connect takes it', () => {
		assert.deepEqual(
			coloured(json, '"args": ["connect", "https://example.com/mcp", "--header", "X-Api-Key=cred://keychain/a/b"]').map(
				([text]) => text,
			),
			['cred', '://', 'keychain', '/', 'a/b'],
		);
	});

	test('what 1Password writes', () => {
		assert.deepEqual(coloured(json, '"T": "op://dev/github/section/token"'), [
			['op', 'keyword.other.scheme'],
			['://', 'punctuation.separator.scheme'],
			['dev', 'entity.name.type.store'],
			['/', 'punctuation.separator.path'],
			['github/section/token', 'variable.other.path'],
		]);
	});

	test('what editors resolve', () => {
		assert.deepEqual(coloured(jsonc, '"Authorization": "Bearer ${input:github-token}"'), [
			['${', 'punctuation.definition.template-expression.begin'],
			['input', 'keyword.other.kind'],
			[':', 'punctuation.separator.kind'],
			['github-token', 'variable.other.name'],
			['}', 'punctuation.definition.template-expression.end'],
		]);
		assert.deepEqual(
			coloured(jsonc, '"A": "${env:TOKEN}"').map(([text]) => text),
			['${', 'env', ':', 'TOKEN', '}'],
		);
	});

	test('what Claude Code and others resolve, with and without a default', () => {
		assert.deepEqual(
			coloured(json, '"A": "${TOKEN}"').map(([text]) => text),
			['${', 'TOKEN', '}'],
		);
		assert.deepEqual(coloured(json, '"A": "${BASE_URL:-https://example.com}/x"').slice(1, 4), [
			['BASE_URL', 'variable.other.name'],
			[':-', 'keyword.operator.default'],
			['https://example.com', 'string.unquoted.default'],
		]);
	});

	test('two references in one string', () => {
		assert.deepEqual(
			coloured(json, '"A": "${HOST}:${env:PORT}"').map(([text]) => text),
			['${', 'HOST', '}', '${', 'env', ':', 'PORT', '}'],
		);
	});

	for (const [why, line] of [
		['plain text', '"A": "a plain value"'],
		['a URL', '"url": "https://example.com/mcp"'],
		['another scheme that ends alike', '"A": "mycred://keychain/a/b"'],
		['a reference without a path', '"A": "cred://keychain"'],
		['a character that no reference has', '"A": "cred://keychain/a?b"'],
		['an incomplete form', '"A": "${input:}"'],
		['a shell expansion', '"A": "${TOKEN%%x}"'],
		['a key', '"${env:X}": "a"'],
		['a comment', '// cred://keychain/a/b'],
	] as const) {
		test(`stays silent: ${why}`, () => assert.deepEqual(coloured(jsonc, line), []));
	}

	test('the string ends where it ended', () => {
		const line = '"A": "${env:X}", "B": "b"';
		const last = jsonc.tokenizeLine(line, null).tokens.at(-1)!;
		assert.ok(last.scopes.includes('string.quoted.double.json.comments'));
		assert.equal(jsonc.tokenizeLine(line, null).ruleStack.depth, 1);
	});
});
