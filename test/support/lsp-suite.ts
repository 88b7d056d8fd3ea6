import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import type { FixRequest, InitializationOptions } from '../../server/src/protocol/index.ts';
import { LspClient, type LspOptions, type Mode } from './lsp.ts';
import { expand, token } from './tokens.ts';

const GITHUB = `{
	// the team's servers
	"servers": {
		"gh": {
			"command": "node",
			"args": ["server.js"],
			"env": { "GITHUB_TOKEN": "{{github-pat}}" }
		}
	}
}
`;

interface Opened {
	readonly client: LspClient;
	readonly uri: string;
	readonly folder: string;
}

/** The language server as an editor meets it. The same tests run in process and against the built bundle. */
export function lspSuite(mode: Mode): void {
	async function withConfig(
		text: string,
		body: (opened: Opened) => Promise<void>,
		options: Partial<LspOptions> = {},
		file = '.vscode/mcp.json',
	): Promise<void> {
		const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-lsp-')));
		const path = join(folder, file);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, expand(text));
		const client = await LspClient.start({ mode, folder, ...options });
		try {
			const uri = pathToFileURL(path).href;
			client.open(uri, expand(text));
			await body({ client, uri, folder });
		} finally {
			await client.stop();
			rmSync(folder, { recursive: true, force: true });
		}
	}

	const find = (diagnostics: readonly Diagnostic[], code: string): Diagnostic => {
		const found = diagnostics.find((d) => d.code === code);
		assert.ok(found, `no ${code} among: ${diagnostics.map((d) => d.code).join(', ')}`);
		return found;
	};

	async function actionsFor({ client, uri }: Opened, code = 'inlined-credential'): Promise<CodeAction[]> {
		return client.actions(uri, find(await client.diagnostics(uri), code));
	}

	const requestOf = (actions: readonly CodeAction[], title: RegExp): FixRequest => {
		const action = actions.find((a) => title.test(a.title));
		assert.ok(action, `no ${title} among: ${actions.map((a) => a.title).join(' | ')}`);
		return action.command!.arguments![0] as FixRequest;
	};

	const untrusted: Partial<LspOptions> = { initialization: { trusted: false } satisfies InitializationOptions };

	describe(`language server, ${mode}`, () => {
		it('marks the token itself and names kind, server and way out', () =>
			withConfig(GITHUB, async ({ client, uri }) => {
				const diagnostic = find(await client.diagnostics(uri), 'inlined-credential');
				assert.equal(diagnostic.severity, 1);
				assert.equal(diagnostic.source, 'mcp-hygiene');
				assert.deepEqual(diagnostic.range.start, { line: 6, character: 29 });
				assert.equal(diagnostic.range.end.character - diagnostic.range.start.character, token('github-pat').length);
				assert.match(String(diagnostic.message), /GitHub/);
				assert.match(String(diagnostic.message), /gh/);
			}));

		it('pushes diagnostics to an editor that cannot pull', () =>
			withConfig(
				GITHUB,
				async ({ client, uri }) => {
					while (!client.pushed.get(uri)?.length) await new Promise((resolve) => setTimeout(resolve, 10));
					find(client.pushed.get(uri)!, 'inlined-credential');
				},
				{ pull: false },
			));

		it('says nothing about a file that is no MCP config', () =>
			withConfig(
				'{ "token": "{{github-pat}}" }',
				async ({ client, uri }) => assert.deepEqual(await client.diagnostics(uri), []),
				{},
				'package.json',
			));

		it('survives what people type', () =>
			withConfig('{', async ({ client, uri }) => {
				for (const text of [
					'',
					'{"servers": {"a": {"env": {"T": "',
					'['.repeat(100_000),
					'\0\0',
					'{"servers":{"a":{"env":{"T":"x","T":1}}}}',
					'{"servers":3}',
				]) {
					client.change(uri, text);
					assert.ok(Array.isArray(await client.diagnostics(uri)));
				}
				client.change(uri, expand(GITHUB));
				find(await client.diagnostics(uri), 'inlined-credential');
			}));

		it('hover tells kind, scope and age with the evidence', () =>
			withConfig(GITHUB, async ({ client, uri }) => {
				const text = await client.hover(uri, token('github-pat'));
				assert.match(text, /GitHub/);
				assert.match(text, /\*\*Scope:\*\*/);
				assert.match(text, /\*\*Age:\*\* unknown/);
				assert.match(text, /plain text/);
			}));

		it('git tells since when the token has been there', () =>
			withConfig(GITHUB, async ({ uri, folder }) => {
				const git = (...args: string[]) =>
					execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.invalid', ...args], {
						env: {
							...process.env,
							GIT_AUTHOR_DATE: '2024-01-02T03:04:05Z',
							GIT_COMMITTER_DATE: '2024-01-02T03:04:05Z',
						},
					});
				git('init', '-q');
				git('add', '.');
				git('commit', '-qm', 'config');
				const restarted = await LspClient.start({ mode, folder });
				try {
					restarted.open(uri, expand(GITHUB));
					const { rows } = await restarted.list();
					assert.match(rows[0]!.age.text, /at least \d+ days/);
					assert.match(rows[0]!.age.evidence[0]!, /first seen in commit .* on 2024-01-02/);
					find(await restarted.diagnostics(uri), 'old-token');
				} finally {
					await restarted.stop();
				}
			}));

		it('offers fixes by title, without a secret and without an edit', () =>
			withConfig(GITHUB, async (opened) => {
				const actions = await actionsFor(opened);
				assert.ok(actions.some((a) => /OS keychain/.test(a.title) && a.isPreferred));
				assert.ok(actions.some((a) => /password input/.test(a.title)));
				assert.ok(actions.every((a) => a.edit === undefined));
				assert.ok(!JSON.stringify(actions).includes(token('github-pat')));
			}));

		it('moves the token: stored, read back, wrapped; comments stay; undo is noticed', () =>
			withConfig(GITHUB, async (opened) => {
				const { client, uri } = opened;
				const outcome = await client.fix(requestOf(await actionsFor(opened), /OS keychain/));
				assert.equal(outcome.status, 'done', outcome.message);
				assert.equal(
					client.text(uri),
					GITHUB.replace('"command": "node"', '"command": "mcp-hygiene"')
						.replace('["server.js"]', '["run", "--server", "gh", "--", "node", "server.js"]')
						.replace('{{github-pat}}', 'cred://keychain/github/gh'),
				);
				const after = await client.diagnostics(uri);
				assert.deepEqual(
					after.filter((d) => d.severity === 1),
					[],
				);

				client.change(uri, expand(GITHUB));
				await client.looked();
				const actions = await actionsFor(opened, 'reinlined-credential');
				const again = await client.fix(requestOf(actions, /Use the stored reference cred:\/\/keychain\/github\/gh/));
				assert.equal(again.status, 'done', again.message);
				assert.match(client.text(uri), /cred:\/\/keychain\/github\/gh/);
			}));

		it('lists one row for a secret that stands in two servers', () =>
			withConfig(
				'{"servers":{"a":{"command":"x","env":{"T":"{{github-pat}}"}},"b":{"command":"x","env":{"U":"{{github-pat}}"}}}}',
				async ({ client }) => {
					const { rows, state } = await client.list();
					assert.equal(state, 'ok');
					assert.equal(rows.length, 1);
					assert.deepEqual(
						rows[0]!.places.map((p) => `${p.server} ${p.position}`),
						['a env T', 'b env U'],
					);
					assert.ok(rows[0]!.places.every((p) => p.fix));
				},
			));

		it('refuses a fix for a document that changed meanwhile', () =>
			withConfig(GITHUB, async (opened) => {
				const request = requestOf(await actionsFor(opened), /OS keychain/);
				opened.client.change(opened.uri, expand(GITHUB.replace('{{github-pat}}', '{{github-pat:2}}')));
				const outcome = await opened.client.fix(request);
				assert.equal(outcome.status, 'refused');
				assert.match(outcome.message, /changed since/);
				assert.ok(opened.client.text(opened.uri).includes(token('github-pat', 2)));
			}));

		it('puts everything back when the editor does not make the edit', () =>
			withConfig(GITHUB, async (opened) => {
				opened.client.acceptEdits = false;
				const outcome = await opened.client.fix(requestOf(await actionsFor(opened), /OS keychain/));
				assert.equal(outcome.status, 'refused');
				assert.match(outcome.message, /put back/);
				assert.equal(opened.client.text(opened.uri), expand(GITHUB));
				const { rows } = await opened.client.list();
				assert.deepEqual(
					rows.map((r) => r.storage.where),
					['config'],
				);
			}));

		it('in an untrusted workspace only diagnoses, and says so', () =>
			withConfig(
				GITHUB,
				async (opened) => {
					const actions = await actionsFor(opened);
					assert.ok(actions.length > 0);
					assert.ok(actions.every((a) => a.disabled && /not trusted/.test(a.disabled.reason) && !a.command));
					const { state } = await opened.client.list();
					assert.equal(state, 'restricted');
					const forced: FixRequest = {
						fix: 'move-to-keychain',
						uri: opened.uri,
						version: 1,
						pointer: '/servers/gh/env/GITHUB_TOKEN',
						ruleId: 'inlined-credential',
						fingerprint: '',
					};
					assert.match((await opened.client.fix(forced)).message, /not trusted/);
				},
				untrusted,
			));

		it('levels are settings, per resource', () =>
			withConfig(
				GITHUB,
				async ({ client, uri }) => {
					const codes = (await client.diagnostics(uri)).map((d) => [d.code, d.severity]);
					assert.ok(codes.some(([code, severity]) => code === 'inlined-credential' && severity === 3));
					assert.ok(!codes.some(([code]) => code === 'user-wide-token'));
				},
				{
					settings: {
						rules: { 'inlined-credential': 'note', 'user-wide-token': 'off' },
						oldAfterDays: 'nonsense',
						needs: 'nonsense',
						ignore: 3,
						expiresSoonDays: -1,
					},
				},
			));

		it('canary: the token crosses the wire in document synchronisation only', () =>
			withConfig(GITHUB.replace('{{github-pat}}', '{{github-pat:77}}'), async (opened) => {
				const { client, uri } = opened;
				const canary = token('github-pat', 77);
				await client.hover(uri, canary);
				const actions = await actionsFor(opened);
				await client.list();
				await client.fix(requestOf(actions, /OS keychain/));
				await client.list();
				const carriers = client.wire.filter((message) => message.includes(canary));
				assert.ok(carriers.length > 0, 'the canary itself must be seen');
				for (const message of carriers) assert.match(message, /textDocument\/did(Open|Change)/);
			}));
	});
}
