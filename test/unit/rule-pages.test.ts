import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { generate, withRuleSettings, withRulesTable } from '../../scripts/generate.ts';
import { findCredentials } from '../../server/src/core/credentials/find.ts';
import { DIALECTS } from '../../server/src/core/dialects/index.ts';
import type { ConfigDocument } from '../../server/src/core/document.ts';
import { readDocument } from '../../server/src/core/read.ts';
import { RULES, ruleById } from '../../server/src/core/rules/index.ts';
import { secretsByServer } from '../../server/src/core/rules/position.ts';
import { referencesIn } from '../../server/src/core/rules/references-in.ts';
import {
	type Knowledge,
	NO_KNOWLEDGE,
	type RawFinding,
	type Rule,
	type RuleContext,
} from '../../server/src/core/rules/rule.ts';
import { contains, LineIndex, type Span } from '../../server/src/core/text.ts';
import { fingerprinter, type PageBlock, type RulePage, readRulePage } from '../support/rule-page.ts';
import { TOKEN_NAMES, token } from '../support/tokens.ts';

const folder = new URL('../../docs/rules/', import.meta.url);
const HEADINGS = ['What it does', 'Why it matters', 'Example', 'Use instead', 'Not reported', 'References'];

const pages: readonly RulePage[] = readdirSync(folder)
	.filter((name) => name.endsWith('.md') && name !== 'README.md')
	.map((name) => readRulePage(name.slice(0, -'.md'.length), readFileSync(new URL(name, folder), 'utf8')));

type Seen = Pick<RuleContext, 'credentials' | 'held' | 'references'>;
const seen = new WeakMap<ConfigDocument, Seen>();

/** What all rules are told of a document. Made once for all of them, as in the product: it takes longer than the rules do. */
function seenIn(document: ConfigDocument): Seen {
	const before = seen.get(document);
	if (before) return before;
	const credentials = findCredentials(document, fingerprinter);
	const now = { credentials, held: secretsByServer(credentials), references: referencesIn(document) };
	seen.set(document, now);
	return now;
}

function check(rule: Rule, document: ConfigDocument, knowledge: Knowledge): RawFinding[] {
	return [...rule.check({ document, knowledge, ...seenIn(document) })];
}

function checkBlock(rule: Rule, block: PageBlock): RawFinding[] {
	return check(rule, block.document, block.knowledge);
}

test('each rule has a page, and each page a rule', () => {
	assert.deepEqual(pages.map((page) => page.id).toSorted(), RULES.map((rule) => rule.id).toSorted());
});

test('an id names the bad pattern, never the cure', () => {
	for (const { id } of RULES) {
		assert.match(id, /^[a-z]+(?:-[a-z]+){1,4}$/, id);
		// What a token lacks can be what is wrong with it.
		assert.doesNotMatch(id, /^(?:no-(?!expiry$)|(?:use|prefer|require|disallow|avoid|move|add)-)/, id);
		assert.equal(ruleById(id)?.id, id);
	}
	assert.equal(new Set(RULES.map((rule) => rule.id)).size, RULES.length);
	assert.equal(ruleById('no-such-rule'), undefined);
});

for (const page of pages) {
	describe(page.id, () => {
		const rule = ruleById(page.id);
		if (!rule) return;

		test('the page says what the code says', () => {
			assert.equal(page.title, rule.title);
			assert.equal(page.level, rule.defaultLevel);
			assert.deepEqual(page.cwe, rule.cwe);
			assert.deepEqual(page.headings, HEADINGS);
		});

		test('the page shows enough', () => {
			const bad = page.blocks.filter((block) => block.marks.length > 0);
			assert.ok(bad.length >= 2, 'two examples that are reported');
			assert.ok(new Set(bad.map((block) => block.document.dialect.id)).size >= 2, 'in two formats');
			assert.ok(page.blocks.filter((block) => block.heading === 'Not reported').length >= 2, 'two that are not');
			for (const block of page.blocks)
				assert.equal(block.marks.length > 0, block.heading === 'Example', `line ${block.line}`);
		});

		for (const block of page.blocks) {
			test(`${block.heading}, line ${block.line}`, () => {
				const found = checkBlock(rule, block);
				assert.deepEqual(
					found.map((finding) => shown(block.document, finding.span, finding.level ?? rule.defaultLevel)).toSorted(),
					block.marks.map((mark) => shown(block.document, mark.span, mark.level)).toSorted(),
					found.map((finding) => finding.message).join('\n'),
				);
				for (const mark of block.marks) {
					const finding = found.find(({ span }) => span.start === mark.span.start && span.end === mark.span.end);
					assert.ok(
						finding?.message.includes(mark.fragment),
						`line ${block.line}: "${mark.fragment}" is not in "${finding?.message}"`,
					);
				}
				for (const finding of found) assertWellFormed(finding, block.document);
			});
		}

		test('what the page recommends is clean for every rule', () => {
			for (const block of page.blocks.filter(({ heading }) => heading === 'Use instead')) {
				for (const other of RULES) assert.deepEqual(checkBlock(other, block), [], `line ${block.line}: ${other.id}`);
			}
		});
	});
}

/** `3:14-54 error`, one-based, so that a failure can be found on the page. */
function shown(document: ConfigDocument, span: Span, level: string): string {
	const index = new LineIndex(document.text);
	const [start, end] = [index.position(span.start), index.position(span.end)];
	return `${start.line + 1}:${start.character}-${end.line === start.line ? '' : `${end.line + 1}:`}${end.character} ${level}`;
}

/** One paragraph for people, which names the server where there is one. */
function assertWellFormed(finding: RawFinding, document: ConfigDocument): void {
	assert.ok(finding.message.length < 420, finding.message);
	assert.match(finding.message, /^[A-Z`].*[.]$/, finding.message);
	const isComment = document.tree.comments.some((comment) => contains(comment, finding.span));
	// Comments are no part of the tree, so nothing points at them.
	assert.match(finding.pointer, isComment ? /^$/ : /^\//);
	if (finding.server !== undefined) assert.ok(document.servers.some((server) => server.name === finding.server));
}

test('no message holds a token, whole or in part', () => {
	for (const page of pages) {
		for (const block of page.blocks) {
			const secrets = seenIn(block.document).credentials.map((credential) => credential.secret.reveal());
			for (const rule of RULES) {
				for (const finding of checkBlock(rule, block)) {
					const text = [finding.message, ...(finding.related ?? []).map((place) => place.message)].join('\n');
					for (const secret of secrets) {
						assert.ok(!text.includes(secret), `${page.id}, line ${block.line}: ${rule.id}`);
						for (let i = 0; i + 12 <= secret.length; i += 4)
							assert.ok(!text.includes(secret.slice(i, i + 12)), `${page.id}, line ${block.line}: ${rule.id}`);
					}
				}
			}
		}
	}
});

test('a token in a place for names is not repeated', () => {
	for (const name of TOKEN_NAMES.filter((kind) => !/^(?:dsn|url-token|password|slack-webhook)/.test(kind))) {
		const text = token(name);
		const misplaced = readDocument(
			'file:///w/.vscode/mcp.json',
			JSON.stringify({
				inputs: [
					{ id: text, type: 'promptString', description: 'token' },
					{ id: `${text}-token`, type: 'command' },
				],
				servers: {
					[text]: {
						command: 'x',
						args: [`--${text}`, text],
						env: {
							[text]: text,
							TOKEN: `\${${text}}`,
							PAT: `\${input:${text}x}`,
							KEY: `\${env:${text}}`,
							API_KEY: `$${text}`,
							SECRET: `op://${text}`,
							AUTH: `cred://${text}`,
						},
						headers: { [text]: text },
					},
				},
			}),
			DIALECTS[0]!,
			'workspace',
		);
		const knowledge = { ...NO_KNOWLEDGE, environment: new Set<string>() };
		for (const rule of RULES) {
			for (const finding of check(rule, misplaced, knowledge))
				assert.ok(!finding.message.includes(text), `${name}: ${rule.id}`);
		}
	}
});

test('one place gets one finding that says "move it"', () => {
	const movers = [
		'inlined-credential',
		'reinlined-credential',
		'credential-in-args',
		'credential-in-shell-string',
		'credential-in-url',
		'credential-in-input-default',
		'credential-in-env-file',
		'default-credential',
		'commented-out-credential',
	];
	for (const page of pages) {
		for (const block of page.blocks) {
			const { credentials } = seenIn(block.document);
			const found = movers.flatMap((id) => checkBlock(ruleById(id)!, block)).filter((finding) => finding.credential);
			assert.equal(
				new Set(found.map((finding) => finding.span.start)).size,
				found.length,
				`${page.id}, line ${block.line}`,
			);
			assert.equal(
				found.length,
				credentials.filter((credential) => !credential.classification.kind.public).length,
				`${page.id}, line ${block.line}`,
			);
		}
	}
});

function assertHarmless(text: string, uri: string): void {
	for (const dialect of DIALECTS) {
		const document = readDocument(uri, text, dialect, 'workspace');
		for (const rule of RULES) {
			for (const { span, related } of check(rule, document, {
				...NO_KNOWLEDGE,
				now: 2e12,
				environment: new Set(['PATH']),
			})) {
				for (const at of [span, ...(related ?? []).map((place) => place.span)]) {
					assert.ok(
						0 <= at.start && at.start <= at.end && at.end <= text.length,
						`${rule.id}: ${at.start}-${at.end} of ${text.length}`,
					);
				}
			}
		}
	}
}

const WORDS = [
	'"servers"',
	'"mcpServers"',
	'"inputs"',
	'"env"',
	'"headers"',
	'"args"',
	'"command"',
	'"url"',
	'"id"',
	'"type"',
	'"promptString"',
	'"default"',
	'"TOKEN"',
	'"mcp-hygiene"',
	'"run"',
	'"--"',
	'"${input:x}"',
	'"$(x)"',
	'"cred://a"',
	'"op://a/b/c"',
	'"\\u0024{env:X}"',
	'{',
	'}',
	'[',
	']',
	':',
	',',
	' ',
	'\n',
	'1',
	'null',
	'//x\n',
	'\\',
	'"',
	'\0',
];

test('random text never throws, and findings stay inside it', () => {
	const piece = fc.oneof(
		fc.constantFrom(...WORDS),
		fc.constantFrom(...WORDS, `"${token('github-pat')}"`, `"${token('jwt')}"`),
		fc.string({ maxLength: 6 }),
	);
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => assertHarmless(pieces.join(''), 'file:///w/x.json')),
		{ numRuns: 300 },
	);
});

test('a damaged example never throws, and findings stay inside it', () => {
	const texts = pages.flatMap((page) => page.blocks.map((block) => block.document.text));
	const damage = fc.record({
		text: fc.constantFrom(...texts),
		at: fc.nat(2_000),
		length: fc.nat(30),
		insert: fc.constantFrom('', ...WORDS),
	});
	fc.assert(
		fc.property(damage, ({ text, at, length, insert }) => {
			const start = at % text.length;
			assertHarmless(text.slice(0, start) + insert + text.slice(start + length), 'file:///w/x.json');
		}),
		{ numRuns: 300 },
	);
});

test('the table of rules and the settings are up to date', () => {
	assert.deepEqual(generate(false), [], 'run: npm run generate');
});

test('the manifest gets one level setting for each rule, wherever its configuration stands', () => {
	const configuration = { title: 'x', properties: { 'mcpHygiene.rules': { type: 'object' } } };
	for (const contributes of [
		{ configuration },
		{ configuration: [{ title: 'other', properties: {} }, configuration] },
	]) {
		const text = withRuleSettings(JSON.stringify({ contributes }, undefined, 2));
		for (const { id } of RULES) assert.ok(text.includes(`"${id}": {`), id);
		assert.equal(withRuleSettings(text), text, 'a second run changes nothing');
	}
	assert.equal(withRuleSettings('{ "contributes": {} }'), '{ "contributes": {} }');
	assert.throws(() => withRulesTable('# Rules\n'), /has lost the lines/);
});
