// The layers of ARCHITECTURE.md, read from the import statements themselves: they hold without the linter and without the
// compiler's project references.
import assert from 'node:assert/strict';
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import { PROGRAMS } from '../../scripts/programs.ts';
import { type ImportOf, importsOf, type SourceFile, scanSource, sourceFiles } from '../support/source-text.ts';

type Layer = 'core' | 'adapters' | 'protocol' | 'lsp' | 'cli' | 'launcher' | 'client' | 'table';

interface Allowed {
	readonly layers: readonly Layer[];
	/** Node's own modules. */
	readonly node: boolean;
	readonly packages: readonly string[];
}

const RULES: Readonly<Record<Layer, Allowed>> = {
	core: { layers: ['core'], node: false, packages: ['jsonc-parser', '@noble/hashes'] },
	adapters: {
		layers: ['core', 'adapters'],
		node: true,
		packages: ['@noble/hashes', '@napi-rs/keyring', 'cross-spawn', 'pg', 'write-file-atomic'],
	},
	protocol: { layers: ['protocol'], node: false, packages: [] },
	lsp: {
		layers: ['core', 'adapters', 'protocol', 'lsp'],
		node: true,
		packages: ['vscode-languageserver', 'vscode-languageserver-textdocument'],
	},
	cli: { layers: ['core', 'adapters', 'launcher', 'cli'], node: true, packages: ['cross-spawn'] },
	launcher: {
		layers: ['core', 'adapters', 'launcher'],
		node: true,
		packages: ['@modelcontextprotocol/sdk', '@napi-rs/keyring', 'cross-spawn'],
	},
	// The page in the webview: no Node, no editor.
	table: { layers: ['protocol', 'table'], node: false, packages: [] },
	client: { layers: ['protocol', 'client', 'table'], node: true, packages: ['vscode', 'vscode-languageclient'] },
};

const LAYERS = Object.keys(RULES) as Layer[];

const folderOf = (layer: Layer): string =>
	layer === 'client' ? 'client/src' : layer === 'table' ? 'client/table' : `server/src/${layer}`;

function layerOf(path: string): Layer | undefined {
	return LAYERS.find((layer) => path.startsWith(`${folderOf(layer)}/`));
}

/** The path in the checkout that a relative import means. */
function targetOf(file: SourceFile, specifier: string): string {
	return posix.join(posix.dirname(file.path), specifier);
}

function packageOf(specifier: string): string {
	return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function isAllowed(layer: Layer, file: SourceFile, { specifier }: ImportOf): boolean {
	const { layers, node, packages } = RULES[layer];
	if (specifier.startsWith('.')) {
		const target = layerOf(targetOf(file, specifier));
		return target !== undefined && layers.includes(target);
	}
	return isBuiltin(specifier) ? node : packages.includes(packageOf(specifier));
}

describe('each layer imports only what it may', () => {
	for (const layer of LAYERS) {
		it(layer, () => {
			const files = sourceFiles(folderOf(layer));
			assert.ok(files.length > 0);
			const wrong = files.flatMap((file) =>
				importsOf(file)
					.filter((found) => !isAllowed(layer, file, found))
					.map(({ specifier }) => `${file.path} imports ${specifier}`),
			);
			assert.deepEqual(wrong, []);
		});
	}
});

const ENTRIES: ReadonlySet<string> = new Set(Object.values(PROGRAMS));

/** Every file that this program holds, directly or through others; types are erased, and other programs are bundles of their own. */
function loadedBy(entry: string): Set<string> {
	const all = new Map(LAYERS.flatMap((layer) => sourceFiles(folderOf(layer))).map((file) => [file.path, file]));
	const loaded = new Set<string>();
	const visit = (path: string): void => {
		const file = all.get(path);
		if (!file || loaded.has(path)) return;
		loaded.add(path);
		for (const { specifier, isType, isCall } of importsOf(file)) {
			if (!specifier.startsWith('.') || isType) continue;
			const target = targetOf(file, specifier);
			if (!isCall || !ENTRIES.has(target)) visit(target);
		}
	};
	visit(entry);
	return loaded;
}

describe('the launcher', () => {
	const loaded = new Set([PROGRAMS.launcher, PROGRAMS.launch, PROGRAMS.bound].flatMap((entry) => [...loadedBy(entry)]));

	it('loads no rule, no report, no fix, no issuer and no language server', () => {
		assert.ok(loaded.size > 10);
		assert.deepEqual(
			[...loaded].filter((path) => /core\/(?:rules|report|fixes|issuers|analyze|inventory)|\/lsp\//.test(path)),
			[],
		);
	});

	it('loads its HTTP half as a bundle of its own only', () => {
		assert.deepEqual(
			[...loaded].filter((path) => path.includes('launcher/connect/')),
			[],
		);
	});
});

describe('the editor’s processes', () => {
	it('never load the keychain library: only the keychain program does', () => {
		const users = LAYERS.flatMap((layer) => sourceFiles(folderOf(layer))).filter((file) =>
			importsOf(file).some(({ specifier, isType }) => !isType && specifier.startsWith('@napi-rs/')),
		);
		const server = loadedBy('server/src/lsp/main.ts');
		assert.ok(users.length > 0);
		assert.deepEqual(
			users.map(({ path }) => path).filter((path) => server.has(path)),
			[],
		);
	});
});

const OUTSIDE = /^(?:node:)?(?:https?|http2|tls|net|dgram)$/;

describe('one place only', () => {
	const files = LAYERS.flatMap((layer) => sourceFiles(folderOf(layer)));
	const using = (pattern: RegExp): string[] =>
		files.filter(({ text }) => pattern.test(scanSource(text).code)).map(({ path }) => path);

	it('nobody opens a shell', () => {
		assert.deepEqual(using(/(?<!readonly )\bshell\s*:\s*(?!false\b)/), []);
		assert.deepEqual(using(/\b(?:exec|execSync)\s*\(\s*[`'"]/), []);
	});

	it('nobody evaluates text', () => assert.deepEqual(using(/\beval\s*\(|\bnew Function\b/), []));

	it('connections to the outside are made in adapters/http only, and never with the built-in fetch', () => {
		const dialing = files.filter(({ path, text }) => {
			const imports = importsOf({ text }).filter(({ specifier, isType }) => !isType && OUTSIDE.test(specifier));
			return imports.length > 0 && !path.startsWith('server/src/adapters/http/');
		});
		assert.deepEqual(
			dialing.map(({ path }) => path),
			[],
		);
		assert.deepEqual(using(/\b(?:globalThis\.)fetch\b|\bnew (?:WebSocket|EventSource)\b/), []);
	});

	it('a secret is revealed only where it is stored, compared, classified or handed over', () => {
		const allowed = [
			'server/src/core/secret-value.ts',
			'server/src/adapters/',
			'server/src/launcher/',
			// `store get --reveal`, and the kind of what was typed.
			'server/src/cli/store.ts',
			'server/src/cli/identify.ts',
			// A shell string loses the secret that stands in it.
			'server/src/core/fixes/arg-target.ts',
			// No hash of what could be guessed goes into a baseline.
			'server/src/core/accepted/baseline.ts',
		];
		// A webview panel is revealed too, by an option that a secret does not have.
		const revealing = using(/\.reveal\(\)/);
		assert.ok(revealing.length > 0);
		assert.deepEqual(
			revealing.filter((path) => !allowed.some((start) => path.startsWith(start))),
			[],
		);
	});
});

describe('the means of these tests', () => {
	it('see every form of import', () => {
		const text = [
			"import a from 'a';",
			"import type { B } from 'b';",
			'import {',
			'	c,',
			"} from 'c';",
			"export * from 'd';",
			"import 'e';",
			"const f = await import('f');",
			"let g: typeof import('g');",
			"const h = require('h') as typeof import('i');",
			"// import j from 'j';",
			'/* import k from "k"; */',
			"export type { L } from 'l';",
		].join('\n');
		assert.deepEqual(
			importsOf({ text })
				.map(({ specifier }) => specifier)
				.toSorted(),
			['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'l'],
		);
	});

	it('tell regular expressions from divisions, strings, templates and comments', () => {
		const text = [
			'const a = b / c / d;',
			"const e = '/no/'; // /no/",
			'const f = `/no/ ${g.replace(/yes1/g, `/no/${h / 2}`)} /no/`;',
			'if (/yes2[/\\]]\\//u.test(x)) return /yes3/;',
			'const { i } = { i: /yes4/ }; j(a[0] / 2, /yes5/y);',
		].join('\n');
		assert.deepEqual(
			scanSource(text).regexes.map(({ source, flags, line }) => [source, flags, line]),
			[
				['yes1', 'g', 3],
				['yes2[/\\]]\\/', 'u', 4],
				['yes3', '', 4],
				['yes4', '', 5],
				['yes5', 'y', 5],
			],
		);
	});
});
