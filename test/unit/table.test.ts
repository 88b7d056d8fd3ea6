import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exported } from '../../client/src/table/export.ts';
import { chipsOf } from '../../client/table/chips.ts';
import { groupsOf, START, type TableQuery } from '../../client/table/rows.ts';
import type { CredentialRow } from '../../server/src/protocol/index.ts';
import { answerWords, reachAndReason } from '../../server/src/protocol/words.ts';
import { place, row } from '../support/rows.ts';

const shown = (rows: readonly CredentialRow[], query: Partial<TableQuery>) =>
	groupsOf(rows, { ...START, ...query }).map(
		({ name, rows: inGroup }) => `${name}: ${inGroup.map((r) => r.id).join(' ')}`,
	);

describe('the table', () => {
	it('comes in the order of risk, as the server sends it, or the other way round', () => {
		const rows = [row('worst'), row('b', { level: 'note' }), row('a', { level: 'note' })];
		assert.deepEqual(shown(rows, {}), [': worst b a']);
		assert.deepEqual(shown(rows, { descending: true }), [': a b worst']);
		assert.deepEqual(shown(rows, { sort: 'scope' }), [': worst b a'], 'between equals');
	});

	it('sorts by any column; what is unknown comes last', () => {
		const at = (id: string, since?: string) =>
			row(id, { age: { text: '', old: false, evidence: [], ...(since ? { since } : {}) } });
		assert.deepEqual(shown([at('unknown'), at('b', '2026-01-01'), at('a', '2025-01-01')], { sort: 'age' }), [
			': a b unknown',
		]);
		assert.deepEqual(
			shown([at('unknown'), at('b', '2026-01-01'), at('a', '2025-01-01')], { sort: 'age', descending: true }),
			[': b a unknown'],
		);
		const ends = (id: string, expires?: string) => row(id, expires ? { expires } : {});
		assert.deepEqual(
			shown([ends('unknown'), ends('never', 'never'), ends('soon', '2026-12-01')], { sort: 'expires' }),
			[': soon never unknown'],
		);
		assert.deepEqual(shown([row('1'), row('2', { places: [place(), place()] })], { sort: 'used' }), [': 2 1']);
	});

	it('groups by issuer, host and server; a shared secret is in each of its groups', () => {
		const rows = [
			row('1', { places: [place({ host: 'VS Code, Cursor' }), place({ server: 'jira' })] }),
			row('2', { issuer: 'Slack' }),
		];
		assert.deepEqual(shown(rows, { group: 'issuer' }), ['GitHub: 1', 'Slack: 2']);
		assert.deepEqual(shown(rows, { group: 'host' }), ['VS Code: 1 2', 'Cursor: 1']);
		assert.deepEqual(shown(rows, { group: 'server' }), ['gh: 1 2', 'jira: 1']);
	});

	it('is searched by every word, in names, places, rules and scope', () => {
		const rows = [
			row('1'),
			row('2', { issuer: 'Slack', label: 'Slack bot token', places: [place({ server: 'chat' })] }),
		];
		assert.deepEqual(shown(rows, { search: 'slack CHAT' }), [': 2']);
		assert.deepEqual(shown(rows, { search: 'slack gh' }), [': ']);
		assert.deepEqual(shown(rows, { search: ' .vscode/mcp.json ' }), [': 1 2']);
	});

	it('is filtered to what has to be done, and to what stands in plain text', () => {
		const rows = [row('1'), row('2', { level: 'none', storage: { where: 'keychain', text: '' } })];
		assert.deepEqual(shown(rows, { filter: 'open' }), [': 1']);
		assert.deepEqual(shown(rows, { filter: 'config' }), [': 1']);
		const chips = [{ text: 'admin:org', kind: 'excess' }] as const;
		const more = [
			row('old', { age: { text: '', old: true, evidence: [] } }),
			row('wide', { scope: { text: '', breadth: 'user', evidence: '', chips } }),
		];
		assert.deepEqual(shown(more, { filter: 'old' }), [': old']);
		assert.deepEqual(shown(more, { filter: 'excess' }), [': wide']);
		assert.deepEqual(shown(more, { search: 'admin:org' }), [': wide']);
	});
});

describe('the scope of a row', () => {
	const words = (answer: CredentialRow['answer'] & string, breadth: CredentialRow['scope']['breadth'] = 'unknown') =>
		answerWords(row('1', { answer, scope: { text: '', breadth, evidence: '' } }));

	it('says why it is not known', () => {
		assert.deepEqual(
			(['silent', 'no-question', 'unasked', 'failed', 'dead'] as const).map((answer) => words(answer)),
			[
				'GitHub does not tell',
				'no safe way to ask GitHub',
				'GitHub not asked yet',
				'no answer from GitHub',
				'rejected by GitHub',
			],
		);
		assert.equal(answerWords(row('1')), undefined);
	});

	it('says what the form tells, where it does', () => {
		assert.equal(words('unasked', 'scoped'), 'GitHub not asked yet');
		assert.deepEqual([words('unasked', 'user'), words('silent', 'admin')], [undefined, undefined]);
		assert.deepEqual(
			[words('failed', 'user'), words('dead', 'admin')],
			['no answer from GitHub', 'rejected by GitHub'],
		);
	});
});

describe('the scope in a line', () => {
	const line = (changes: Partial<CredentialRow>) => reachAndReason(row('1', changes));
	const scope = (breadth: CredentialRow['scope']['breadth']) => ({ scope: { text: '', breadth, evidence: '' } });

	it('says what it may do, or that nobody knows and why', () => {
		assert.equal(line(scope('admin')), 'admin rights');
		assert.equal(line({ ...scope('scoped'), answer: 'unasked' }), 'scope unknown (GitHub not asked yet)');
		assert.equal(line({ ...scope('scoped'), answer: 'silent' }), 'scope unknown (GitHub does not tell)');
		assert.equal(line({ ...scope('user'), answer: 'unasked' }), 'acts as you');
		assert.equal(line({ ...scope('user'), answer: 'failed' }), 'acts as you (no answer from GitHub)');
		assert.equal(line({ ...scope('admin'), answer: 'dead' }), 'rejected by GitHub');
	});
});

describe('the scope column', () => {
	const scope = (breadth: CredentialRow['scope']['breadth'], chips: CredentialRow['scope']['chips'] = []) =>
		chipsOf(row('1', { scope: { text: 'text', breadth, evidence: 'evidence', chips } })).map(({ text }) => text);
	const granted = (...names: readonly string[]) => names.map((text) => ({ text, kind: 'granted' }) as const);

	it('shows the reach, and the scopes that were told', () => {
		assert.deepEqual(scope('user', granted('repo')), ['acts as you', 'repo']);
		assert.deepEqual(scope('admin'), ['admin rights']);
		assert.deepEqual(scope('unknown'), ['scope unknown']);
	});

	it('does not call hidden what was told', () => {
		assert.deepEqual(scope('scoped'), ['scope unknown']);
		assert.deepEqual(scope('scoped', granted('org:read')), ['org:read']);
		assert.deepEqual(scope('unknown', granted('org:read')), ['org:read']);
		assert.deepEqual(scope('scoped', [{ text: 'org:read', kind: 'unknown' }]), ['scope unknown', 'org:read']);
	});

	it('tells how many there is no room for', () =>
		assert.deepEqual(scope('scoped', granted('a', 'b', 'c', 'd', 'e', 'f')), ['a', 'b', 'c', 'd', '+2']));

	it('says that a token is dead, or that nothing was told', () => {
		const texts = (answer: CredentialRow['answer'] & string, breadth: CredentialRow['scope']['breadth']) =>
			chipsOf(row('1', { answer, scope: { text: '', breadth, evidence: '' } })).map(({ text }) => text);
		assert.deepEqual(texts('dead', 'admin'), ['rejected by GitHub']);
		assert.deepEqual(texts('silent', 'unknown'), ['GitHub does not tell']);
		assert.deepEqual(texts('failed', 'user'), ['no answer from GitHub', 'acts as you']);
		assert.deepEqual(texts('unasked', 'user'), ['acts as you']);
	});

	it('tells kinds apart without colour', () => {
		const kinds = (['excess', 'needed', 'granted', 'unknown'] as const).map((kind) => ({ text: 'x', kind }));
		const icons = chipsOf(row('1', { scope: { text: '', breadth: 'scoped', evidence: '', chips: kinds } }));
		assert.equal(new Set(icons.map(({ icon }) => icon)).size, 4);
	});
});

describe('an export', () => {
	it('has a line for each secret and says unknown', () => {
		const csv = exported([row('1')], 'csv').split('\r\n');
		assert.equal(csv[0], 'issuer,kind,label,level,scope,needed,excess,age,expires,lastUsed,stored,used');
		assert.match(csv[1]!, /^GitHub,token,GitHub token #1,error,unknown,unknown,unknown,unknown,unknown,unknown,/);
		const excess = (...kinds: ('needed' | 'excess' | 'granted')[]) => {
			const chips = kinds.map((kind) => ({ text: kind, kind }));
			return JSON.parse(exported([row('1', { scope: { text: '', breadth: 'user', evidence: '', chips } })], 'json'))[0]
				.excess;
		};
		assert.deepEqual([excess('needed', 'excess'), excess('needed'), excess('granted')], ['excess', 'none', 'unknown']);
		assert.equal(JSON.parse(exported([row('1')], 'json'))[0].used, '.vscode/mcp.json:7 server gh env TOKEN');
	});

	it('is text for spreadsheets and for Markdown, whatever a config calls its servers', () => {
		const evil = row('1', { issuer: '=HYPERLINK("x")', places: [place({ server: 'a|b`c' })] });
		assert.match(exported([evil], 'csv'), /"'=HYPERLINK\(""x""\)"/);
		assert.match(exported([evil], 'markdown'), /server a\\\|b\\`c/);
	});
});
