import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expand } from '../../../../test/support/tokens.ts';
import { analyze } from '../analyze.ts';
import type { Binding, StoredSecret } from '../bindings/binding.ts';
import { dialectById, dialectFor } from '../dialects/index.ts';
import type { AgeEvidence } from '../grants/evidence.ts';
import type { Grant, ProbeOutcome } from '../grants/grant.ts';
import { knownKind } from '../issuers/index.ts';
import { readDocument } from '../read.ts';
import { NO_KNOWLEDGE } from '../rules/rule.ts';
import { Fingerprinter } from '../secret-value.ts';
import { needWords } from './grant.ts';
import { inventory } from './index.ts';
import type { InventoryDocument, InventoryInput } from './model.ts';

const NOW = Date.parse('2026-11-24T00:00:00Z');
const fingerprinter = new Fingerprinter(new Uint8Array(32));

function config(path: string, value: unknown): InventoryDocument {
	const text = expand(JSON.stringify(value));
	const dialect = dialectFor(path)?.dialect ?? dialectById('vscode');
	const document = readDocument(`file://${path}`, text, dialect, 'workspace');
	const knowledge = { ...NO_KNOWLEDGE, now: NOW };
	return { document, analysis: analyze(document, { fingerprinter, knowledge, levels: new Map() }), displayPath: path };
}

const list = (documents: readonly InventoryDocument[], more: Partial<InventoryInput> = {}) =>
	inventory({ documents, items: [], bindings: [], ages: new Map(), now: NOW, oldAfterDays: 90, ...more });

const github = (value: string) => ({
	servers: { gh: { command: 'npx', args: ['-y', 'srv@1.0.0'], env: { GITHUB_TOKEN: value } } },
});

test('a `.env` file is read by whoever starts servers with it', () => {
	const { document } = config('/w/.vscode/mcp.json', { servers: { gh: { command: 'x', envFile: '.env' } } });
	const [server] = document.servers;
	const users = [{ server: server!, part: server!.envFile!, document, displayPath: '.vscode/mcp.json' }];
	const text = expand('GITHUB_TOKEN={{github-pat}}\n');
	const file = readDocument('file:///w/.env', text, dialectById('dotenv'), 'workspace');
	const analysis = analyze(file, { fingerprinter, knowledge: { ...NO_KNOWLEDGE, now: NOW }, levels: new Map() });
	const record = (more: Partial<InventoryDocument>) =>
		list([{ document: file, analysis, displayPath: '.env', ...more }])[0]!;
	const places = (more: Partial<InventoryDocument>) =>
		record(more).places.map(({ server, displayPath, hosts }) => [server, displayPath, hosts.join(', ')]);
	assert.deepEqual(places({}), [[undefined, '.env', '']]);
	assert.deepEqual(places({ users: [...users, ...users] }), [['gh', '.env', 'VS Code, Visual Studio']]);
	const other = config('/w/.cursor/mcp.json', { mcpServers: { hub: { command: 'x', envFile: '.env' } } }).document;
	const not = config('/w/.mcp.json', {
		mcpServers: {
			own: { command: 'x', envFile: '.env', env: { GITHUB_TOKEN: 'x' } },
			web: { type: 'http', url: 'https://x.example/', envFile: '.env' },
		},
	}).document;
	const taking = [...users, ...not.servers.map((one) => ({ ...users[0]!, server: one, document: not }))];
	assert.deepEqual(places({ users: taking }), [['gh', '.env', 'VS Code, Visual Studio']], 'who sets it takes it not');
	const both = [...users, { ...users[0]!, server: other.servers[0]!, document: other }];
	assert.deepEqual(places({ users: both }), [
		['gh', '.env', 'VS Code, Visual Studio'],
		['hub', '.env', 'Cursor, Visual Studio'],
	]);
	assert.equal(record({ users: both }).storage.text, 'in plain text in .env');
});

test('what the one server needs that is started with a `.env` file is compared with the token in it', () => {
	const { document } = config('/w/.vscode/mcp.json', {
		servers: {
			gh: {
				command: 'docker',
				args: ['run', '-i', '--rm', '--env-file', '.env', 'ghcr.io/github/github-mcp-server', '--toolsets', 'issues'],
			},
		},
	});
	const [server] = document.servers;
	const users = [{ server: server!, part: server!.args[4]!, document, displayPath: '.vscode/mcp.json' }];
	const text = expand('GITHUB_PERSONAL_ACCESS_TOKEN={{github-pat}}\n');
	const file = readDocument('file:///w/.env', text, dialectById('dotenv'), 'workspace');
	const analysis = analyze(file, { fingerprinter, knowledge: { ...NO_KNOWLEDGE, now: NOW }, levels: new Map() });
	const [record] = list([{ document: file, analysis, displayPath: '.env', users }]);
	assert.match(record?.scope.need ?? '', /^repo/);
});

test('evidence that lies ahead of the clock tells no age', () => {
	const document = config('/w/.vscode/mcp.json', github('{{github-pat}}'));
	const id = document.analysis.credentials[0]!.fingerprint;
	const ahead = { since: NOW + 9 * 86_400_000, precision: 'at-least', source: 'git', detail: 'git' } as const;
	const [record] = list([document], { ages: new Map([[id, [ahead]]]) });
	assert.deepEqual([record?.age.text, record?.age.old, record?.age.evidence], ['unknown', false, []]);
});

test('one secret in two files is one record with two places', () => {
	const documents = [
		config('/w/.vscode/mcp.json', github('{{github-pat}}')),
		config('/v/.vscode/mcp.json', github('{{github-pat}}')),
	];
	const [record, ...rest] = list(documents);
	assert.equal(rest.length, 0);
	assert.equal(record?.issuer, 'github');
	assert.equal(record?.level, 'error');
	assert.equal(record?.scope.breadth, 'user');
	assert.equal(record?.scope.evidence, 'from its format');
	assert.equal(record?.storage.text, 'in plain text in the config');
	assert.equal(record?.age.text, 'unknown');
	assert.deepEqual(
		record?.places.map((p) => [p.displayPath, p.server, p.position, p.pointer, p.hosts.join(', ')]),
		['/w', '/v'].map((folder) => [
			`${folder}/.vscode/mcp.json`,
			'gh',
			'env GITHUB_TOKEN',
			'/servers/gh/env/GITHUB_TOKEN',
			'VS Code, Visual Studio',
		]),
	);
	assert.ok(record?.places.every((p) => p.findings.some((f) => f.ruleId === 'inlined-credential')));
});

test('age: every piece of evidence is kept, the best one is shown', () => {
	const document = config('/w/.vscode/mcp.json', github('{{github-pat}}'));
	const { fingerprint } = document.analysis.credentials[0]!;
	const git: AgeEvidence = {
		since: Date.parse('2026-01-01'),
		precision: 'at-least',
		source: 'git',
		detail: 'git: first seen in commit 1a2b3c4 on 2026-01-01',
	};
	const file: AgeEvidence = {
		since: Date.parse('2026-06-01'),
		precision: 'at-least',
		source: 'file',
		detail: 'the file was made',
	};
	const [record] = list([document], { ages: new Map([[fingerprint, [file, git]]]) });
	assert.equal(record?.age.text, 'at least 327 days');
	assert.equal(record?.age.old, true);
	assert.deepEqual(record?.age.evidence, [
		'git: first seen in commit 1a2b3c4 on 2026-01-01 (it may be older)',
		'2026-06-01: the file was made (it may be older)',
	]);
});

test('what the token itself tells is exact', () => {
	const [record] = list([
		config('/w/.vscode/mcp.json', {
			servers: { a: { url: 'https://x.example.com/', headers: { Authorization: 'Bearer {{jwt}}' } } },
		}),
	]);
	assert.equal(record?.age.best?.precision, 'exact');
	assert.equal(record?.age.evidence[0], 'the token says that it was issued 2026-01-01');
	assert.equal(record?.expires, '2100-01-01');
});

const ITEM: StoredSecret = {
	id: 'k1',
	path: 'github/gh',
	fingerprint: 'abcdef0123456789',
	issuer: 'github',
	kind: 'github-pat-classic',
	kindName: 'personal access token (classic)',
	storedAt: Date.parse('2026-11-01'),
	since: { at: Date.parse('2025-11-24'), detail: 'git: first seen in commit 1a2b3c4' },
};
const wrapped = {
	servers: {
		gh: {
			command: 'mcp-hygiene',
			args: ['run', '--server', 'gh', '--', 'npx', 'srv'],
			env: { GITHUB_TOKEN: 'cred://keychain/github/gh' },
		},
	},
};
const binding = (config: string): Binding => ({
	reference: 'cred://keychain/github/gh',
	workload: { config, server: 'gh', roots: [], dialect: 'vscode' },
	destination: { kind: 'connect', origin: '', url: '', header: '', headers: {} },
	itemId: 'k1',
	approvedAt: 0,
});

test('a bound reference is a record of what is stored', () => {
	const [record, ...rest] = list([config('/w/.vscode/mcp.json', wrapped)], {
		items: [ITEM],
		bindings: [binding('/w/.vscode/mcp.json')],
	});
	assert.equal(rest.length, 0);
	assert.equal(record?.storage.where, 'keychain');
	assert.equal(record?.storage.text, 'OS keychain, cred://keychain/github/gh');
	assert.equal(record?.label, 'GitHub personal access token (classic) #abcdef');
	assert.equal(record?.age.text, 'at least 365 days');
	assert.equal(record?.places[0]?.position, 'env GITHUB_TOKEN');
	assert.equal(record?.scope.breadth, 'user');
});

test('the same label in another config means nothing there', () => {
	assert.deepEqual(
		list([config('/other/.vscode/mcp.json', wrapped)], { items: [ITEM], bindings: [binding('/w/.vscode/mcp.json')] }),
		[],
	);
});

test('connect headers and broker references are seen', () => {
	const args = [
		'connect',
		'https://x.example.com/mcp',
		'--bearer',
		'cred://pass/mcp/x',
		'--header',
		'X-Key=op://vault/item/field',
		'--query',
		'api_key=cred://pass/mcp/y',
	];
	const document = config('/w/.vscode/mcp.json', { servers: { x: { command: 'mcp-hygiene', args } } });
	const records = list([document]);
	assert.deepEqual(records.map((r) => [r.storage.where, r.storage.text, r.places[0]?.position]).toSorted(), [
		['broker', '1Password, op://vault/item/field', 'header X-Key'],
		['broker', 'pass (password-store), cred://pass/mcp/x', 'header authorization'],
		['broker', 'pass (password-store), cred://pass/mcp/y', 'query parameter api_key'],
	]);
	const { span } = records.find((r) => r.storage.text.startsWith('1P'))!.places[0]!;
	assert.equal(document.document.text.slice(span.start, span.end), 'op://vault/item/field');
});

test('a secret in a URL is told with its place', () => {
	const url = 'https://x.example.com/mcp?a=1&api_key={{gitlab-pat}}';
	const [record] = list([config('/w/.vscode/mcp.json', { servers: { x: { type: 'http', url } } })]);
	assert.equal(record?.places[0]?.position, 'query parameter api_key of the URL');
});

test('a stored secret that came back into a config is one record, shown where it is worse', () => {
	const plain = config('/w/.vscode/mcp.json', github('{{github-pat}}'));
	const item = { ...ITEM, fingerprint: plain.analysis.credentials[0]!.fingerprint };
	const [record, ...rest] = list([plain, config('/v/.vscode/mcp.json', wrapped)], {
		items: [item],
		bindings: [binding('/v/.vscode/mcp.json')],
	});
	assert.equal(rest.length, 0);
	assert.equal(record?.storage.text, 'in plain text in the config, and in the OS keychain, cred://keychain/github/gh');
	assert.equal(record?.places.length, 2);
});

test('the riskiest comes first', () => {
	const env = { A: 'cred://pass/a/b', GITHUB_TOKEN: '{{github-pat}}', OPENAI_ADMIN_KEY: '{{openai-admin}}' };
	const records = list([config('/w/.vscode/mcp.json', { servers: { s: { command: 'x', env } } })]);
	assert.deepEqual(
		records.map((r) => r.issuer),
		['openai', 'github', 'unknown'],
	);
});

test('of two that may do the same, the longer known comes first, then the more often written', () => {
	const env = { A_TOKEN: '{{gitlab-pat}}', B_TOKEN: '{{gitlab-pat:2}}', C_TOKEN: '{{gitlab-pat:3}}' };
	const entry = (more: object) => ({ command: 'x', env: more });
	const document = config('/w/.vscode/mcp.json', {
		servers: { s: entry(env), t: entry({ C_TOKEN: '{{gitlab-pat:3}}', B_TOKEN: '{{gitlab-pat:2}}' }) },
	});
	const [a, b, c] = ['A', 'B', 'C'].map(
		(name) => document.analysis.credentials.find(({ part }) => part.name === `${name}_TOKEN`)!.fingerprint,
	);
	const since = (at: string): AgeEvidence => ({
		since: Date.parse(at),
		precision: 'at-least',
		source: 'git',
		detail: 'git',
	});
	const ages = new Map([[c!, [since('2026-01-01')]]]);
	assert.deepEqual(
		list([document], { ages }).map(({ id }) => id),
		[c, b, a],
	);
});

test('a field that the host makes a header of is called by its own name', () => {
	const text = expand('[mcp_servers.api]\nurl = "https://api.example.com/mcp"\nbearer_token = "{{github-pat}}"\n');
	const document = readDocument('file:///w/.codex/config.toml', text, dialectById('codex'), 'workspace');
	const analysis = analyze(document, { fingerprinter, knowledge: NO_KNOWLEDGE, levels: new Map() });
	const [record] = list([{ document, analysis, displayPath: '.codex/config.toml' }]);
	assert.equal(record?.places[0]?.position, 'field bearer_token');
	const finding = analysis.findings.find(({ ruleId }) => ruleId === 'inlined-credential');
	assert.match(finding!.message, / is written into "bearer_token" of server "api", /);
});

test('a token that claims an impossible date breaks nothing', () => {
	const claims = Buffer.from(JSON.stringify({ iat: -1e300, exp: 1e300 })).toString('base64url');
	const head = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');
	const value = `${head}.${claims}.${'k7Qz'.repeat(11)}`;
	assert.doesNotThrow(() =>
		list([config('/w/.vscode/mcp.json', { servers: { s: { command: 'x', env: { API_TOKEN: value } } } })]),
	);
});

describe('scope beside need', () => {
	const entry = (value: string) =>
		config('/w/.vscode/mcp.json', {
			servers: {
				gh: {
					command: 'github-mcp-server',
					args: ['stdio', '--toolsets=issues'],
					env: { GITHUB_PERSONAL_ACCESS_TOKEN: value },
				},
			},
		});
	const classic = () => entry('{{github-pat}}');
	const told = (scopes: readonly string[]): ProbeOutcome => ({
		state: 'told',
		grant: { source: 'issuer', asOf: NOW, precision: 'known', scopes },
	});
	const scopeOf = (document: InventoryDocument, more: (id: string) => Partial<InventoryInput> = () => ({})) => {
		const { fingerprint } = document.analysis.credentials[0]!;
		return list([document], more(fingerprint))[0]!.scope;
	};
	const needs = [{ match: 'server:gh', scopes: ['read:org'], access: 'read' as const }];

	test('what is needed, too much, or neither', () => {
		const { chips, need } = scopeOf(classic(), (id) => ({
			grants: new Map([[id, told(['repo', 'gist', 'not_a_scope'])]]),
		}));
		assert.deepEqual(chips, [
			{ text: 'gist', kind: 'excess' },
			{ text: 'repo', kind: 'needed' },
			{ text: 'not_a_scope', kind: 'granted' },
		]);
		assert.match(need ?? '', /^repo, for \d+ of \d+ tools: group issues \(\d{4}-\d\d-\d\d\)$/);
	});

	test('needed, and nobody tells whether it is granted', () => {
		assert.deepEqual(scopeOf(classic()).chips, [{ text: 'repo', kind: 'unknown' }]);
	});

	test('the person’s word on the need comes before the data', () => {
		const { chips, need } = scopeOf(classic(), (id) => ({
			needs,
			grants: new Map([[id, told(['repo', 'read:org'])]]),
		}));
		assert.deepEqual(chips, [
			{ text: 'repo', kind: 'excess' },
			{ text: 'read:org', kind: 'needed' },
		]);
		assert.equal(need, 'read:org, as your own settings say');
	});

	test('a need in the words of the other kind of token makes nothing an excess', () => {
		const fine = entry('{{github-fine-grained}}');
		const { chips } = scopeOf(fine, (id) => ({ needs, grants: new Map([[id, told(['issues:write'])]]) }));
		assert.deepEqual(chips, [{ text: 'issues:write', kind: 'granted' }]);
	});
});

test('an end is told, declared, never, or not known', () => {
	const [document] = [config('/w/.vscode/mcp.json', github('{{github-pat}}'))];
	const id = document.analysis.credentials[0]!.fingerprint;
	const end = (grant: Partial<Grant>, source: 'issuer' | 'declared' = 'issuer') => {
		const all: Grant = { source, asOf: NOW, precision: 'unknown', scopes: [], ...grant };
		const told = new Map([[id, { state: 'told' as const, grant: all }]]);
		return list([document], source === 'issuer' ? { grants: told } : { declared: new Map([[id, all]]) })[0]!.expires;
	};
	const day = Date.parse('2027-01-31');
	assert.equal(end({}), undefined);
	assert.equal(end({ expiresAt: day }), '2027-01-31');
	assert.equal(end({ neverExpires: true }), 'never');
	assert.equal(end({ neverExpires: true }, 'declared'), 'never');
	assert.equal(end({ expiresAt: day }, 'declared'), '2027-01-31');
	const endless = config('/w/.vscode/mcp.json', github('{{jwt-no-expiry}}'));
	assert.equal(list([endless])[0]!.expires, 'never');
});

test('the dates of today: unused since, and until when', () => {
	const document = config('/w/.vscode/mcp.json', github('{{github-pat}}'));
	const id = document.analysis.credentials[0]!.fingerprint;
	const evidence = (grant: Partial<Grant>) => {
		const told: Grant = { source: 'issuer', asOf: NOW, precision: 'known', scopes: [], ...grant };
		return list([document], { grants: new Map([[id, { state: 'told', grant: told }]]) })[0]!.age.evidence;
	};
	assert.deepEqual(evidence({ lastUsedAt: Date.parse('2026-01-01'), expiresAt: Date.parse('2026-11-25') }), [
		'last used on 2026-01-01, 327 days ago',
		'ends in 1 day',
	]);
	assert.deepEqual(evidence({ expiresAt: Date.parse('2026-11-01') }), ['ended 23 days ago']);
	assert.deepEqual(evidence({ lastUsedAt: Date.parse('2030-01-01') }), [], 'a use that is still to come is no use');
});

test('what a server needs is said only as far as it is known', () => {
	const need = (scopes: readonly string[], complete: boolean) => ({
		...{ issuer: 'github', known: 'github', server: 'GitHub', access: 'read' as const, confidence: 'docs' as const },
		...{ scopes, complete, permissions: [], tolerated: [], classicOnly: false, scopeless: false },
		...{ basis: 'all of its tools', source: 'its documents', date: '2026-11-01' },
	});
	const words = (scopes: readonly string[], complete: boolean) =>
		needWords(need(scopes, complete), knownKind('github-pat-classic')).need;
	assert.equal(words(['repo'], true), 'repo, for all of its tools (2026-11-01)');
	assert.equal(words(['repo'], false), 'at least repo, for all of its tools (2026-11-01)');
	assert.equal(words([], true), 'no scope at all, for all of its tools (2026-11-01)');
	assert.equal(words([], false), undefined);
});
