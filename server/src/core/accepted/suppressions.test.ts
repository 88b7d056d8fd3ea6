import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expand } from '../../../../test/support/tokens.ts';
import { analyze } from '../analyze.ts';
import { dialectFor } from '../dialects/index.ts';
import { readDocument } from '../read.ts';
import { NO_KNOWLEDGE } from '../rules/rule.ts';
import { Fingerprinter } from '../secret-value.ts';
import { baselineKey, parseBaseline, printBaseline } from './baseline.ts';
import { ignoreComments, REASON_TO_WRITE } from './suppressions.ts';

const fingerprinter = new Fingerprinter(new Uint8Array(32).fill(5));

function look(path: string, text: string, accepted: ReadonlyMap<string, string> = new Map()) {
	const { dialect, scope } = dialectFor(path)!;
	const document = readDocument(`file://${path}`, expand(text), dialect, scope);
	return analyze(document, { fingerprinter, knowledge: NO_KNOWLEDGE, levels: new Map(), accepted });
}

const rulesOf = (findings: readonly { readonly ruleId: string }[]) => findings.map(({ ruleId }) => ruleId);
const entry = (env: string) => `{ "servers": { "gh": { "command": "gh-mcp", "env": {\n${env}\n} } } }`;

test('a comment above the line accepts the rules that it names, for its reason', () => {
	const { findings, suppressed, credentials } = look(
		'/w/.vscode/mcp.json',
		entry('// mcp-hygiene-ignore inlined-credential -- throw-away account\n"GITHUB_TOKEN": "{{github-pat}}"'),
	);
	assert.deepEqual(rulesOf(findings), ['user-wide-token']);
	assert.deepEqual(
		suppressed.map(({ finding, by, reason }) => [finding.ruleId, by, reason]),
		[['inlined-credential', 'comment', 'throw-away account']],
	);
	assert.equal(credentials.length, 1, 'the secret is counted all the same');
});

test('a comment behind the value is about its own line only', () => {
	const { findings } = look(
		'/w/.vscode/mcp.json',
		entry(
			'"A_TOKEN": "{{gitlab-pat}}", // mcp-hygiene-ignore inlined-credential, user-wide-token -- a test\n"B_TOKEN": "{{gitlab-pat:2}}"',
		),
	);
	assert.ok(findings.every(({ pointer }) => pointer.endsWith('/B_TOKEN')));
	assert.ok(findings.length > 0);
});

test('several comments stand above one line', () => {
	const { findings } = look(
		'/w/.vscode/mcp.json',
		entry(
			'// mcp-hygiene-ignore inlined-credential -- a test\n/* mcp-hygiene-ignore user-wide-token -- a test */\n"A_TOKEN": "{{github-pat}}"',
		),
	);
	assert.deepEqual(rulesOf(findings), ['inlined-credential'], 'a block comment is no line to pass over');
	const lines = look(
		'/w/.vscode/mcp.json',
		entry(
			'// mcp-hygiene-ignore inlined-credential -- a test\n// mcp-hygiene-ignore user-wide-token -- a test\n"A_TOKEN": "{{github-pat}}"',
		),
	);
	assert.deepEqual(lines.findings, []);
});

test('without a reason, or with one that is still to be written, nothing is accepted', () => {
	for (const comment of ['', ' --', ' -- ...', ` -- ${REASON_TO_WRITE}`]) {
		const { findings } = look(
			'/w/.vscode/mcp.json',
			entry(`// mcp-hygiene-ignore inlined-credential${comment}\n"GITHUB_TOKEN": "{{github-pat}}"`),
		);
		assert.deepEqual(rulesOf(findings), ['unexplained-suppression', 'inlined-credential', 'user-wide-token'], comment);
	}
});

test('where a host reads no comments, a comment accepts nothing', () => {
	const { findings } = look(
		'/home/me/.config/Claude/claude_desktop_config.json',
		'{ "mcpServers": { "gh": { "command": "gh-mcp", "env": {\n// mcp-hygiene-ignore inlined-credential -- a test\n"GITHUB_TOKEN": "{{github-pat}}" } } } }',
	);
	assert.deepEqual(rulesOf(findings), ['unexplained-suppression', 'inlined-credential', 'user-wide-token']);
});

test('YAML, TOML and .env files comment with #', () => {
	const toml = look(
		'/home/me/.codex/config.toml',
		'[mcp_servers.gl]\ncommand = "x"\n# mcp-hygiene-ignore inlined-credential, user-wide-token -- a test\nenv = { GITLAB_TOKEN = "{{gitlab-pat}}" }\n',
	);
	assert.deepEqual(toml.findings, []);
	const dotenv = look(
		'/w/.gemini/.env',
		'# mcp-hygiene-ignore credential-in-env-file, user-wide-token -- a test\nGITHUB_TOKEN={{github-pat}}\n',
	);
	assert.deepEqual(dotenv.findings, []);
});

test('what a comment is about is found without reading the text twice', () => {
	const text = '{\n\t// mcp-hygiene-ignore a-b -- one reason\n\t"servers": {}\n}';
	const [comment] = ignoreComments(
		readDocument('file:///w/mcp.json', text, dialectFor('/w/mcp.json')!.dialect, 'workspace'),
	);
	assert.deepEqual(comment?.rules, ['a-b']);
	assert.equal(text.slice(comment!.line.start, comment!.line.end), '\t"servers": {}');
});

const PLAIN = entry('"GITHUB_TOKEN": "{{github-pat}}"');

test('a baseline accepts a value at a place, not another value there', () => {
	const [finding] = look('/w/.vscode/mcp.json', PLAIN).findings;
	const accepted = new Map([[baselineKey(finding!), 'old account']]);
	const again = look('/w/.vscode/mcp.json', PLAIN, accepted);
	assert.deepEqual(
		again.suppressed.map(({ finding: { ruleId }, by, reason }) => [ruleId, by, reason]),
		[['inlined-credential', 'baseline', 'old account']],
	);
	assert.deepEqual(look('/w/.vscode/mcp.json', PLAIN.replace('}}"', ':2}}"'), accepted).suppressed, []);
});

test('what could be guessed from a hash is accepted by its place, and a real token there is not', () => {
	const guessable = entry('"DB_PASSWORD": "summer2024"');
	const [finding] = look('/w/.vscode/mcp.json', guessable).findings;
	assert.ok(finding);
	const key = baselineKey(finding);
	assert.ok(key.endsWith('\n'), 'no fingerprint');
	const accepted = new Map([[key, 'local database']]);
	assert.equal(look('/w/.vscode/mcp.json', guessable, accepted).findings.length, 0);
	assert.ok(
		rulesOf(look('/w/.vscode/mcp.json', entry('"DB_PASSWORD": "{{github-pat}}"'), accepted).findings).includes(
			'inlined-credential',
		),
	);
});

test('a baseline file is read back as it was written, sorted, without repetition', () => {
	const one = { rule: 'a', path: 'b.json', pointer: '/x', reason: 'a test' };
	const two = { ...one, path: 'a.json', secret: 'ab' };
	const text = printBaseline({ version: 1, salt: '00'.repeat(16), findings: [one, two, one] });
	assert.deepEqual(parseBaseline(text), { version: 1, salt: '00'.repeat(16), findings: [two, one] });
});

test('a baseline that is none is told, and what is no entry does not count', () => {
	assert.equal(parseBaseline('{'), 'it is no JSON');
	assert.equal(typeof parseBaseline('[]'), 'string');
	assert.equal(typeof parseBaseline('{"version":1,"salt":"x","findings":[]}'), 'string');
	const read = parseBaseline(
		JSON.stringify({
			version: 1,
			salt: '00'.repeat(16),
			findings: [null, 1, { rule: 'a', path: 'b', pointer: '/' }, { rule: 'a' }],
		}),
	);
	assert.deepEqual(read, { version: 1, salt: '00'.repeat(16), findings: [] });
});

test('copies of one secret link each other', () => {
	const { findings } = look(
		'/w/.vscode/mcp.json',
		entry('"GITHUB_TOKEN": "{{github-pat}}",\n"GH_TOKEN": "{{github-pat}}"'),
	);
	const inlined = findings.filter(({ ruleId }) => ruleId === 'inlined-credential');
	assert.equal(inlined.length, 2);
	assert.deepEqual(
		inlined.map(({ related }) => related?.map(({ span }) => span.start)),
		[[inlined[1]!.span.start], [inlined[0]!.span.start]],
	);
	assert.equal(new Set(inlined.map(({ credential }) => credential!.fingerprint)).size, 1);
});
