import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { analyze } from '../../server/src/core/analyze.ts';
import type { Dialect } from '../../server/src/core/dialects/dialect.ts';
import { DIALECTS, dialectById } from '../../server/src/core/dialects/index.ts';
import type { ConfigDocument } from '../../server/src/core/document.ts';
import type { Credential } from '../../server/src/core/finding.ts';
import { planMove } from '../../server/src/core/fixes/move.ts';
import type { MovePlan } from '../../server/src/core/fixes/planned.ts';
import { type PromptPlan, planPrompt } from '../../server/src/core/fixes/prompt.ts';
import { isRefusal } from '../../server/src/core/fixes/target.ts';
import { readDocument } from '../../server/src/core/read.ts';
import { NO_KNOWLEDGE } from '../../server/src/core/rules/rule.ts';
import { Fingerprinter } from '../../server/src/core/secret-value.ts';
import type { McpServer } from '../../server/src/core/servers.ts';
import { type ConfigNode, pointer } from '../../server/src/core/syntax/tree.ts';
import { applyChanges, type Span } from '../../server/src/core/text.ts';
import { generatedConfig } from '../support/generated-config.ts';
import { generatedToml, generatedYaml } from '../support/generated-formats.ts';
import { TOKEN_NAMES, token } from '../support/tokens.ts';

const RUNS = 300;
const fingerprinter = new Fingerprinter(new Uint8Array(32).fill(3));
const SETTINGS = { fingerprinter, knowledge: { ...NO_KNOWLEDGE, environment: new Set<string>() }, levels: new Map() };
const REFERENCE = 'cred://keychain/fuzz/moved';
const LAUNCHER = 'mcp-hygiene';

const read = (text: string, dialect: Dialect): ConfigDocument =>
	readDocument('file:///w/x.json', text, dialect, 'workspace');
const credentialsOf = (document: ConfigDocument): readonly Credential[] => analyze(document, SETTINGS).credentials;

/** The text of every value that is no object or list, by JSON pointer, as it is written. */
function leaves(document: ConfigDocument): Map<string, string> {
	const found = new Map<string, string>();
	const visit = (node: ConfigNode | undefined, path: readonly (string | number)[]): void => {
		if (node?.kind === 'object') for (const m of node.members) visit(m.value, [...path, m.key]);
		else if (node?.kind === 'array') node.items.forEach((item, i) => void visit(item, [...path, i]));
		else if (node) found.set(pointer(...path), document.text.slice(node.span.start, node.span.end));
	};
	visit(document.tree.root, []);
	return found;
}

/** Every text that a reader of the file gets: keys and decoded values. */
function strings(document: ConfigDocument): string[] {
	const found: string[] = [];
	const visit = (node: ConfigNode | undefined): void => {
		if (node?.kind === 'string') found.push(node.value);
		else if (node?.kind === 'array') node.items.forEach(visit);
		else if (node?.kind === 'object')
			for (const m of node.members) {
				found.push(m.key);
				visit(m.value);
			}
	};
	visit(document.tree.root);
	return found;
}

const commentsOf = (document: ConfigDocument): string[] =>
	document.tree.comments.map(({ start, end }) => document.text.slice(start, end).trimEnd());

/** What every edit keeps: the file parses as before, comments stand in their order, and the secret is gone. */
function assertWhole(before: ConfigDocument, after: ConfigDocument, credential: Credential): void {
	assert.deepEqual(after.tree.problems, [], after.text);
	if (!before.dialect.syntax.comments) JSON.parse(after.text);
	const kept = commentsOf(after);
	for (const comment of commentsOf(before)) assert.ok(kept.includes(comment), `lost ${comment}\n${after.text}`);
	// A weak guess ("it's" under PASSWORD) may stand elsewhere as an ordinary word.
	const holders = (document: ConfigDocument) =>
		strings(document).filter((text) => text.includes(credential.secret.reveal())).length;
	assert.ok(holders(after) < holders(before), `still holds the secret\n${after.text}`);
}

/** Every leaf outside of `touched` is written as it was. */
function assertUntouched(
	before: ConfigDocument,
	after: ConfigDocument,
	touched: (at: string) => boolean,
	where: (at: string) => string = (at) => at,
): void {
	const now = leaves(after);
	for (const [at, text] of leaves(before)) {
		if (!touched(at)) assert.equal(now.get(where(at)), text, `${at}\n${after.text}`);
	}
}

function serverAt(document: ConfigDocument, at: string): McpServer {
	const found = document.servers.find((server) => server.pointer === at);
	assert.ok(found, document.text);
	return found;
}

function moved(document: ConfigDocument, credential: Credential, plan: MovePlan): ConfigDocument {
	const after = read(applyChanges(document.text, plan.changes(REFERENCE, LAUNCHER)), document.dialect);
	assertWhole(document, after, credential);
	assert.equal(plan.tried(), undefined, document.text);
	const server = credential.server!;
	if (['header', 'url', 'connect-header'].includes(plan.target.kind)) assertConnects(document, after, server, plan);
	else assertRuns(document, after, server, plan);
	return after;
}

function assertRuns(before: ConfigDocument, after: ConfigDocument, server: McpServer, { target }: MovePlan): void {
	const now = serverAt(after, server.pointer);
	const use = now.launcher;
	assert.ok(use?.mode === 'run', after.text);
	if (!server.launcher) assert.equal(use.server, server.name);
	const was = server.launcher ?? { command: server.command, args: server.args };
	assert.equal(use.command?.value, was.command?.value);
	const expected = was.args.map((arg) =>
		arg.pointer !== target.part.pointer ? arg.value : target.kind === 'arg-to-env' ? target.newArg : REFERENCE,
	);
	assert.deepEqual(
		use.args.map((arg) => arg.value),
		target.kind === 'env' ? was.args.map((arg) => arg.value) : expected,
	);
	const added = 'name' in target ? [[target.name, REFERENCE]] : [];
	const env = Object.fromEntries([...server.env.map(({ name, value }) => [name, value]), ...added]);
	assert.deepEqual(Object.fromEntries(now.env.map(({ name, value }) => [name, value])), env);
	const shift = server.launcher ? 0 : 5;
	const own = [
		`${server.pointer}/command`,
		target.part.pointer,
		...(target.kind === 'arg-to-env' ? [`${server.pointer}${pointer('env', target.name)}`] : []),
	];
	assertUntouched(
		before,
		after,
		(at) => own.includes(at) && !(server.launcher && at.endsWith('/command')),
		(at) => shifted(at, server.pointer, shift),
	);
}

/** The old command line stands behind `run --server NAME -- COMMAND`. */
function shifted(at: string, server: string, by: number): string {
	const args = `${server}/args/`;
	if (!at.startsWith(args)) return at;
	const [index, ...rest] = at.slice(args.length).split('/');
	return [`${args}${Number(index) + by}`, ...rest].join('/');
}

function assertConnects(before: ConfigDocument, after: ConfigDocument, server: McpServer, { target }: MovePlan): void {
	const now = serverAt(after, server.pointer);
	const use = now.launcher;
	assert.ok(use?.mode === 'connect', after.text);
	assert.equal(use.url?.value, target.kind === 'url' ? target.url : (server.launcher?.url ?? server.url)?.value);
	const was = server.launcher
		? server.launcher.headers.map(({ part, name, reference }) => ({ pointer: part.pointer, name, value: reference }))
		: server.headers;
	const headers = was.map((h) => [h.name.toLowerCase(), h.pointer === target.part.pointer ? REFERENCE : h.value]);
	if (target.kind === 'url' && target.option === '--basic') headers.push(['authorization', REFERENCE]);
	const places = use.inUrl
		.filter(({ reference }) => reference === REFERENCE)
		.map(({ place }) => Object.values(place)[0]);
	if (target.kind === 'url' && target.name !== undefined) assert.ok(places.includes(target.name), after.text);
	const written = use.headers.map((h) => [h.name.toLowerCase(), h.reference]);
	assert.deepEqual(Object.fromEntries(written), Object.fromEntries(headers));
	assert.equal(now.transport, 'stdio');
	assertUntouched(
		before,
		after,
		(at) =>
			['/url', '/serverUrl', '/type', '/command'].some((key) => at === server.pointer + key) ||
			at.startsWith(`${server.pointer}/headers/`) ||
			at.startsWith(`${server.pointer}/args`),
	);
}

function prompted(document: ConfigDocument, credential: Credential, plan: PromptPlan): ConfigDocument {
	const after = read(applyChanges(document.text, plan.changes), document.dialect);
	assertWhole(document, after, credential);
	const asked = after.inputs.filter(
		(input) => input.id === plan.inputId && input.type === 'promptString' && input.password,
	);
	assert.ok(asked.length > 0, after.text);
	const { part } = credential;
	if (credential.server) {
		const { from, to } = credential.classification;
		const value = `${part.value.slice(0, from)}\${input:${plan.inputId}}${part.value.slice(to)}`;
		const now = serverAt(after, credential.server.pointer);
		assert.equal([...now.env, ...now.headers].find((other) => other.pointer === part.pointer)?.value, value);
	}
	assertUntouched(before(document), after, (at) => at === part.pointer || at.endsWith('/password'));
	return after;
}

const before = (document: ConfigDocument): ConfigDocument => document;

describe('every fix of every config', () => {
	it('moves one secret after the other, and loses nothing', () => {
		let fixed = 0;
		fc.assert(
			fc.property(generatedConfig, ({ text, dialect }) => {
				let document = read(text, dialectById(dialect));
				assert.deepEqual(document.tree.problems, [], text);
				for (let round = 0; round < 12; round++) {
					const next = credentialsOf(document)
						.map((credential) => ({ credential, plan: planMove(document, credential) }))
						.find(({ plan }) => !isRefusal(plan));
					if (!next) break;
					document = moved(document, next.credential, next.plan as MovePlan);
					fixed++;
				}
			}),
			{ numRuns: RUNS },
		);
		assert.ok(fixed > RUNS / 2, `only ${fixed} fixes were tried`);
	});

	it('asks for each in a password input, and loses nothing', () => {
		let fixed = 0;
		fc.assert(
			fc.property(generatedConfig, ({ text, dialect }) => {
				let document = read(text, dialectById(dialect));
				for (let round = 0; round < 12; round++) {
					const next = credentialsOf(document)
						.map((credential) => ({ credential, plan: planPrompt(document, credential) }))
						.find(({ plan }) => !isRefusal(plan));
					if (!next) break;
					document = prompted(document, next.credential, next.plan as PromptPlan);
					fixed++;
				}
			}),
			{ numRuns: RUNS },
		);
		assert.ok(fixed > RUNS / 4, `only ${fixed} fixes were tried`);
	});
});

/** Pieces that texts are damaged with: what starts, ends or joins something, and characters that few expect. */
const PIECES = [
	'{',
	'}',
	'[',
	']',
	',',
	':',
	'"',
	'\\',
	'/*',
	'*/',
	'//',
	'\n',
	'\r',
	'\0',
	'\ufeff',
	'\ud800',
	'\u2028',
	'null',
	'1e999',
	'"env":{',
	'"args":[',
	'"command":',
	'"servers":{',
	'{"servers":{"s":{"command":"x","env":{"TOKEN":',
	'"inputs":',
	'"inputs":3,',
];
const piece = fc.constantFrom(...PIECES, ...TOKEN_NAMES.map((name) => `"${token(name)}"`));
const damage = fc.array(fc.record({ at: fc.nat(5000), length: fc.constantFrom(0, 0, 1, 3, 40), piece }), {
	minLength: 1,
	maxLength: 4,
});

function damaged(
	text: string,
	list: readonly { readonly at: number; readonly length: number; readonly piece: string }[],
): string {
	return list.reduce((now, { at, length, piece: added }) => {
		const start = now.length === 0 ? 0 : at % now.length;
		return now.slice(0, start) + added + now.slice(start + length);
	}, text);
}

function assertInside({ start, end }: Span, text: string): void {
	assert.ok(0 <= start && start <= end && end <= text.length, `${start}-${end} of ${text.length}`);
}

/** Nothing throws, everything that is pointed at lies in the text, and a fix that is offered makes nothing worse. */
function assertBearable(text: string, dialect: Dialect): void {
	const document = read(text, dialect);
	for (const { span } of document.tree.problems) assertInside(span, text);
	for (const comment of document.tree.comments) assertInside(comment, text);
	for (const { span, nameSpan } of document.servers) [span, nameSpan].forEach((at) => void assertInside(at, text));
	const { findings, credentials } = analyze(document, SETTINGS);
	for (const { span, related } of findings)
		[span, ...(related ?? []).map((place) => place.span)].forEach((at) => void assertInside(at, text));
	for (const credential of credentials) {
		assertInside(credential.span, text);
		const move = planMove(document, credential);
		if (!isRefusal(move) && !move.tried())
			assertNoWorse(document, applyChanges(text, move.changes(REFERENCE, LAUNCHER)));
		const prompt = planPrompt(document, credential);
		if (!isRefusal(prompt)) assertNoWorse(document, applyChanges(text, prompt.changes));
	}
}

function assertNoWorse(before: ConfigDocument, text: string): void {
	const after = read(text, before.dialect);
	const problems = (document: ConfigDocument) => document.tree.problems.map(({ message }) => message);
	assert.ok(after.tree.problems.length <= before.tree.problems.length, `${before.text}\n${text}\n${problems(after)}`);
	const kept = commentsOf(after);
	for (const comment of commentsOf(before))
		assert.ok(kept.includes(comment), `lost ${comment}\n${before.text}\n${text}`);
}

describe('any text', () => {
	it('a damaged config never throws, and a fix makes nothing worse', () => {
		fc.assert(
			fc.property(fc.oneof(generatedConfig, generatedToml, generatedYaml), damage, ({ text, dialect }, list) =>
				assertBearable(damaged(text, list), dialectById(dialect)),
			),
			{ numRuns: RUNS },
		);
	});

	it('pieces in any order', () => {
		const anything = fc.oneof(piece, piece, fc.string({ unit: 'binary', maxLength: 8 }), fc.string({ maxLength: 8 }));
		fc.assert(
			fc.property(
				fc.array(anything, { maxLength: 60 }),
				fc.constantFrom(...DIALECTS.map(({ id }) => id)),
				(pieces, dialect) => assertBearable(pieces.join(''), dialectById(dialect)),
			),
			{ numRuns: RUNS },
		);
	});
});
