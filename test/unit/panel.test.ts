import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PanelModel, type PanelState } from '../../client/src/panel/model.ts';
import { countOpen, presentRows } from '../../client/src/panel/present.ts';
import { viewStateOf } from '../../client/src/panel/view-state.ts';
import { oneLine, ruleWords, sentence, shortPath } from '../../client/src/panel/words.ts';
import { firstAndMore } from '../../client/table/names.ts';
import type { CredentialList, CredentialPlace, CredentialRow } from '../../server/src/protocol/index.ts';

const PLACE: CredentialPlace = {
	uri: 'file:///home/me/shop/.vscode/mcp.json',
	range: { start: { line: 6, character: 20 }, end: { line: 6, character: 60 } },
	server: 'gh',
	host: 'VS Code, Visual Studio',
	position: 'env GITHUB_TOKEN',
	pointer: '/servers/gh/env/GITHUB_TOKEN',
	findings: [{ ruleId: 'inlined-credential', level: 'error', message: 'It is written into the config.' }],
	fix: {
		title: 'Move this token to the OS keychain',
		request: {
			fix: 'move-to-keychain',
			uri: 'file:///home/me/shop/.vscode/mcp.json',
			version: 1,
			pointer: '/servers/gh/env/GITHUB_TOKEN',
			ruleId: 'inlined-credential',
			fingerprint: 'f',
		},
	},
};

function row(changes: Partial<CredentialRow> = {}): CredentialRow {
	return {
		id: 'one',
		issuer: 'GitHub',
		kind: 'personal access token (classic)',
		label: 'GitHub personal access token (classic) #a1b2c3',
		level: 'error',
		scope: { text: 'Acts as you.', breadth: 'user', evidence: 'from its format' },
		age: {
			text: 'at least 412 days',
			old: true,
			since: '2025-10-08T00:00:00.000Z',
			evidence: ['git: first seen 2025-10-08'],
		},
		storage: { where: 'config', text: 'in plain text in the config' },
		places: [PLACE],
		...changes,
	};
}

describe('a row of the panel', () => {
	it('shows first what a person decides by', () => {
		const [node] = presentRows([row()]);
		assert.equal(node?.label, 'GitHub');
		assert.equal(
			node?.description,
			'acts as you · at least 412 days old · gh · personal access token (classic) · VS Code and 1 more',
		);
	});

	it('says unknown where nobody knows', () => {
		const unknown = row({
			scope: { text: 'unknown', breadth: 'unknown', evidence: '' },
			age: { text: 'unknown', old: false, evidence: [] },
		});
		assert.match(presentRows([unknown])[0]!.description, /^scope unknown · age unknown/);
	});

	it('says why the scope is not known', () => {
		const silent = row({
			answer: 'silent',
			scope: {
				text: 'Whatever it was made for.',
				breadth: 'scoped',
				evidence: 'Stripe does not tell (docs.stripe.com)',
			},
		});
		const [node] = presentRows([silent]);
		assert.match(node!.description, /^scope unknown · /);
		assert.match(node!.spoken, /GitHub does not tell\./);
		assert.deepEqual(node!.children[0]!.tooltip[0]!.texts.at(-1), 'Stripe does not tell (docs.stripe.com)');
	});

	it('says what the issuer told instead of what the format hides', () => {
		const chips = [
			{ text: 'org:admin', kind: 'excess' },
			{ text: 'org:read', kind: 'needed' },
		] as const;
		const first = (changes: Partial<CredentialRow>) => presentRows([row(changes)])[0]!.description.split(' · ')[0];
		const scope = { text: 'org:admin, org:read', breadth: 'scoped', evidence: 'told by Sentry', chips } as const;
		assert.equal(first({ scope }), '2 scopes, 1 scope not needed');
		assert.equal(first({ scope: { ...scope, breadth: 'user' } }), 'acts as you, 1 scope not needed');
		assert.equal(first({ answer: 'dead' }), 'rejected by GitHub');
	});

	it('opens to scope, age with its evidence, storage, expiry and every place with its findings', () => {
		const { children } = presentRows([row()])[0]!;
		assert.deepEqual(
			children.map((child) => `${child.label}: ${child.description}`),
			[
				'Scope: Acts as you.',
				'Age: at least 412 days',
				'Stored: in plain text in the config',
				'Expires: unknown',
				'.vscode/mcp.json:7: gh · env GITHUB_TOKEN · VS Code, Visual Studio',
			],
		);
		assert.deepEqual(
			children[1]!.children.map((evidence) => evidence.label),
			['git: first seen 2025-10-08'],
		);
		assert.equal(children[4]!.children[0]!.label, 'Inlined credential');
	});

	it('reads as sentences to a screen reader', () => {
		assert.equal(
			presentRows([row()])[0]!.spoken,
			'Error. GitHub personal access token (classic). Server gh. Read by VS Code and 1 more. Scope: Acts as you. Age: at least 412 days. Stored in plain text in the config. In 1 place. 1 fix offered.',
		);
	});

	it('is fixable only where a fix is offered', () => {
		const { fix: _, ...without } = PLACE;
		const [node] = presentRows([row()]);
		assert.deepEqual(
			[node!.context, node!.fixes[0]!.title],
			['credential.fixable', 'Move this token to the OS keychain'],
		);
		assert.equal(presentRows([row({ places: [without] })])[0]!.context, 'credential');
		const actions = [{ id: 'probe', title: 'Ask GitHub about this token…' }] as const;
		assert.equal(presentRows([row({ actions })])[0]!.context, 'credential.acts.fixable');
	});

	it('offers to ignore a finding where the server can', () => {
		const ignore = { uri: PLACE.uri, version: 1, ruleId: 'inlined-credential', pointer: '/x', fingerprint: 'f' };
		const findingOf = (one: Partial<CredentialPlace['findings'][number]>) => {
			const findings = [{ ...PLACE.findings[0]!, ...one }];
			return presentRows([row({ places: [{ ...PLACE, findings }] })])[0]!.children.at(-1)!.children[0]!;
		};
		assert.deepEqual([findingOf({}).context, findingOf({}).ignore], ['finding', undefined]);
		assert.deepEqual([findingOf({ ignore }).context, findingOf({ ignore }).ignore], ['finding.ignorable', ignore]);
	});

	it('comes in the order of the table: the one in which the server sends it', () => {
		const rows = [row({ id: 'worst' }), row({ id: 'b', level: 'note' }), row({ id: 'a', level: 'note' })];
		assert.deepEqual(
			presentRows(rows).map((node) => node.id),
			['worst', 'b', 'a'],
		);
	});

	it('names no host where none is known to read the file', () => {
		const [node] = presentRows([
			row({
				places: [
					{ ...PLACE, host: '' },
					{ ...PLACE, host: 'Cursor' },
				],
			}),
		]);
		const place = node!.children.find(({ context }) => context.startsWith('place'))!;
		assert.doesNotMatch(`${place.spoken} ${place.tooltip.map(({ title }) => title)}`, /Read by/);
		assert.match(node!.spoken, /Read by Cursor\./);
	});

	it('cannot be broken by a name from a config', () => {
		const evil = row({ places: [{ ...PLACE, server: 'a\nb\u202Ec' }] });
		assert.doesNotMatch(presentRows([evil])[0]!.description, /[\n\u202E]/);
	});
});

describe('the view', () => {
	const listed = (list: Partial<CredentialList>): PanelState => ({
		kind: 'listed',
		list: { state: 'ok', rows: [], problems: [], ...list },
	});

	it('counts secrets in its badge, not copies and not notes', () => {
		const rows = [row({ places: [PLACE, PLACE] }), row({ id: 'two', level: 'note' })];
		assert.equal(countOpen(rows), 1);
		assert.deepEqual(viewStateOf(listed({ rows })).badge, {
			value: 1,
			worst: 'error',
			tooltip:
				'1 credential with an error or a warning. Worst: GitHub personal access token (classic) #a1b2c3, error, inlined credential.',
		});
		assert.equal(viewStateOf(listed({})).badge, undefined);
	});

	it('has a text for each empty state', () => {
		assert.equal(viewStateOf({ kind: 'loading' }).panel, 'loading');
		assert.equal(viewStateOf(listed({})).panel, 'empty');
		assert.equal(viewStateOf(listed({ rows: [row()] })).panel, 'listed');
		assert.equal(viewStateOf(listed({ state: 'restricted' })).panel, 'restricted');
		assert.deepEqual(viewStateOf({ kind: 'failed' }).nodes, [], 'an old list could be untrue');
	});

	it('says what could not be read, and that nothing is done in Restricted Mode', () => {
		assert.match(viewStateOf(listed({ rows: [row()], state: 'restricted' })).message ?? '', /Restricted Mode/);
		assert.match(
			viewStateOf(listed({ problems: ['x cannot be read.'] })).message ?? '',
			/1 problem: x cannot be read\./,
		);
	});
});

describe('the model', () => {
	const list: CredentialList = { state: 'ok', rows: [], problems: [] };

	it('asks once for a burst of changes, and once more for a change while asking', async () => {
		let asked = 0;
		let answer: (() => void) | undefined;
		const shown: string[] = [];
		const model = new PanelModel({
			list: () => {
				asked++;
				return new Promise((resolve) => {
					answer = () => resolve(list);
				});
			},
			show: (state) => shown.push(state.kind),
			failed: () => assert.fail(),
			debounceMs: 1,
		});
		const first = model.refresh();
		void model.refresh();
		void model.refresh();
		answer!();
		await new Promise((resolve) => setTimeout(resolve, 0));
		answer!();
		await first;
		assert.equal(asked, 2);
		assert.deepEqual(shown, ['listed', 'listed']);
		model.dispose();
	});

	it('shows a failure and tells the log why', async () => {
		const shown: string[] = [];
		const failures: unknown[] = [];
		const model = new PanelModel({
			list: async () => {
				throw new Error('gone');
			},
			show: (state) => shown.push(state.kind),
			failed: (error) => failures.push(error),
			debounceMs: 1,
		});
		await model.refresh();
		assert.deepEqual(shown, ['failed']);
		assert.equal(failures.length, 1);
	});
});

describe('words', () => {
	it('are short, plain and complete', () => {
		assert.equal(firstAndMore(['a', 'a']), 'a');
		assert.equal(firstAndMore(['a', 'b', 'c']), 'a and 2 more');
		assert.equal(shortPath('file:///home/me/My%20Shop/.vscode/mcp.json'), '.vscode/mcp.json');
		assert.equal(shortPath('file:///a%ZZ/b'), 'a%ZZ/b');
		assert.equal(ruleWords('credential-in-args'), 'Credential in args');
		assert.equal(sentence('Why?'), 'Why?');
		assert.equal(sentence('So it is'), 'So it is.');
		assert.ok(oneLine('x'.repeat(1000)).length <= 301);
	});
});
