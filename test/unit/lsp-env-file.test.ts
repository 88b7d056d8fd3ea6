import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CodeAction, CodeLens } from 'vscode-languageserver/node';
import type { Binding } from '../../server/src/core/bindings/binding.ts';
import { type FixRequest, LOOK_AGAIN } from '../../server/src/protocol/index.ts';
import { LspClient, temporaryWorld } from '../support/lsp.ts';
import { expand, token } from '../support/tokens.ts';

const ENV_FILE = '$' + '{workspaceFolder}/.env';
const PAT = token('github-pat');
const REF = 'cred://keychain/github/gh';

interface Opened {
	readonly client: LspClient;
	uri(name: string): string;
	text(name: string): string;
	/** What the light bulb offers at the only credential-in-env-file finding of this file. */
	actions(name: string, title?: RegExp): Promise<CodeAction[]>;
	fix(name: string, title?: RegExp): Promise<string>;
	bindings(): Promise<readonly Binding[]>;
	save(name: string): void;
}

/** Opens every one of these files, as an editor does. */
async function opened(files: Readonly<Record<string, string>>, body: (at: Opened) => Promise<void>): Promise<void> {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-env-')));
	const uri = (name: string) => pathToFileURL(join(folder, name)).href;
	const { world, remove } = temporaryWorld();
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), expand(text));
	}
	const client = await LspClient.start({ mode: 'in-process', folder, world, initialization: { editor: 'VS Code' } });
	try {
		for (const [name, text] of Object.entries(files)) client.open(uri(name), expand(text));
		await client.connection.sendRequest(LOOK_AGAIN);
		const actions = async (name: string, title = /./) => {
			const found = (await client.diagnostics(uri(name))).find((d) => d.code === 'credential-in-env-file');
			assert.ok(found, `nothing found in ${name}`);
			return (await client.actions(uri(name), found)).filter((action) => title.test(action.title));
		};
		await body({
			client,
			uri,
			actions,
			text: (name) => client.text(uri(name)),
			fix: async (name, title = /to the OS keychain/) => {
				const [action] = await actions(name, title);
				assert.ok(action?.command, `${action?.title}: ${action?.disabled?.reason}`);
				const outcome = await client.fix(action.command.arguments![0] as FixRequest);
				assert.equal(outcome.status, 'done', outcome.message);
				return outcome.message;
			},
			bindings: async () => (await world.openIndex()).bindings,
			save: (name) => writeFileSync(join(folder, name), client.text(uri(name))),
		});
	} finally {
		await client.stop();
		remove();
		rmSync(folder, { recursive: true, force: true });
	}
}

const config = (servers: object, root = 'servers') => `{\n\t"${root}": ${JSON.stringify(servers)}\n}\n`;
const GH = { command: 'node', args: ['gh.js'], envFile: ENV_FILE };
const WRAPPED = { ...GH, command: 'mcp-hygiene', args: ['run', '--server', 'gh', '--', 'node', 'gh.js'] };
const LINES = '# of the team\nLOG=debug\nexport GITHUB_TOKEN="{{github-pat}}" # narrow it\n';

describe('a secret in a .env file', () => {
	it('moves from the opened file: quotes and comment stay, and the server starts through the launcher', () =>
		opened({ '.vscode/mcp.json': config({ gh: GH }), '.env': LINES }, async (at) => {
			const [action] = await at.actions('.env', /to the OS keychain/);
			assert.match(
				action!.title,
				/^Move this GitHub .* \(GITHUB_TOKEN in \.env\) to the OS keychain and start "gh" through the launcher \(other programs that read the file get the reference\)$/,
			);
			assert.match(
				await at.fix('.env'),
				/as cred:\/\/keychain\/github\/gh\. Other programs that read this file will see the reference, not the value\./,
			);
			assert.equal(at.text('.env'), LINES.replace('{{github-pat}}', REF));
			assert.deepEqual(JSON.parse(at.text('.vscode/mcp.json')).servers.gh, WRAPPED);
			const [binding, ...rest] = await at.bindings();
			assert.equal(rest.length, 0);
			assert.ok(binding!.destination.kind === 'run' && !('arg' in binding!.destination.target));
			assert.deepEqual([binding!.reference, binding!.destination.target], [REF, { env: 'GITHUB_TOKEN' }]);
			assert.ok(!at.client.wire.slice(-40).some((message) => message.includes('applyEdit') && message.includes(PAT)));
		}));

	it('is told above the server that gets it, and names that server', () =>
		opened(
			{ '.vscode/mcp.json': config({ gh: GH, own: { ...GH, env: { GITHUB_TOKEN: 'x' } } }), '.env': LINES },
			async ({ client, uri }) => {
				const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
					textDocument: { uri: uri('.vscode/mcp.json') },
				});
				assert.equal(lenses.length, 1);
				assert.match(lenses[0]!.command!.title, /^\$\(key\) GitHub: .* · in plain text$/);
				assert.match(await client.hover(uri('.env'), PAT), /\*\*Used by:\*\* server gh \(VS Code, Visual Studio\)/);
			},
		));

	it('moves from the config that names it', () =>
		opened({ '.vscode/mcp.json': config({ gh: GH }), '.env': 'A={{github-pat}}\nB={{gitlab-pat}}' }, async (at) => {
			const titles = (await at.actions('.vscode/mcp.json', /keychain/)).map(
				({ title }) => /\((.*?)\)/.exec(title.replace(/\(classic\)/, ''))?.[1],
			);
			assert.deepEqual(titles, ['A in .env', 'B in .env']);
			await at.fix('.vscode/mcp.json', /B in \.env/);
			assert.equal(at.text('.env'), expand('A={{github-pat}}\nB=cred://keychain/gitlab/gh'));
			assert.deepEqual(JSON.parse(at.text('.vscode/mcp.json')).servers.gh, WRAPPED);
		}));

	it('moves one after the other, and each approval stays good', () =>
		opened({ '.vscode/mcp.json': config({ gh: GH }), '.env': 'A={{github-pat}}\nB={{gitlab-pat}}\n' }, async (at) => {
			await at.fix('.env', /A in \.env\) to the OS/);
			for (const name of ['.env', '.vscode/mcp.json']) at.save(name);
			await at.client.connection.sendRequest(LOOK_AGAIN);
			await at.fix('.env', /B in \.env\) to the OS/);
			assert.equal(at.text('.env'), `A=${REF}\nB=cred://keychain/gitlab/gh\n`);
			const bindings = await at.bindings();
			const hashes = bindings.map(({ destination }) => destination.kind === 'run' && destination.envFile?.sha256);
			assert.deepEqual(bindings.map(({ reference }) => reference).toSorted(), [REF, 'cred://keychain/gitlab/gh']);
			assert.equal(new Set(hashes).size, 1);
		}));

	it('every entry that gets the file is wrapped and approved, in every config', () =>
		opened(
			{
				'.vscode/mcp.json': config({
					gh: GH,
					own: { ...GH, env: { A: 'x' } },
					web: { url: 'https://x.example/', envFile: ENV_FILE },
				}),
				'.cursor/mcp.json': config({ other: { ...GH, envFile: '.env' } }, 'mcpServers'),
				'.env': 'A={{github-pat}}\n',
			},
			async (at) => {
				assert.match((await at.actions('.env'))[0]!.title, /start "gh" and "other" through the launcher/);
				assert.match(await at.fix('.env'), /Save the files; the servers start/);
				const { gh, own, web } = JSON.parse(at.text('.vscode/mcp.json')).servers;
				assert.deepEqual([gh.command, own.command, web.command], ['mcp-hygiene', 'node', undefined]);
				assert.equal(JSON.parse(at.text('.cursor/mcp.json')).mcpServers.other.command, 'mcp-hygiene');
				const places = (await at.bindings()).map(({ workload, itemId }) => [workload.server, workload.dialect, itemId]);
				assert.deepEqual(places.map(([server, dialect]) => [server, dialect]).toSorted(), [
					['gh', 'vscode'],
					['other', 'cursor'],
				]);
				assert.equal(new Set(places.map(([, , item]) => item)).size, 1);
				for (const name of ['.env', '.vscode/mcp.json', '.cursor/mcp.json']) at.save(name);
				await at.client.connection.sendRequest(LOOK_AGAIN);
				const [row] = (await at.client.list()).rows;
				assert.equal(row?.storage.where, 'keychain');
				assert.deepEqual(row?.places.map(({ uri, server, position }) => [uri, server, position]).toSorted(), [
					[at.uri('.env'), 'gh', 'env A'],
					[at.uri('.env'), 'other', 'env A'],
				]);
				assert.match(await at.client.hover(at.uri('.env'), REF), /OS keychain.*Handed over as:\*\* env A/s);
			},
		));

	it('an editor that refuses: both files, keychain and approvals are as before', () =>
		opened({ '.vscode/mcp.json': config({ gh: GH }), '.env': LINES }, async (at) => {
			at.client.acceptEdits = false;
			const [action] = await at.actions('.env', /to the OS keychain/);
			const outcome = await at.client.fix(action!.command!.arguments![0] as FixRequest);
			assert.deepEqual([outcome.status, at.text('.env'), await at.bindings()], ['refused', expand(LINES), []]);
		}));

	it('a config that changed since the look is read again', () =>
		opened({ '.vscode/mcp.json': config({ gh: GH }), '.env': LINES }, async (at) => {
			const [action] = await at.actions('.env', /to the OS keychain/);
			at.client.change(at.uri('.vscode/mcp.json'), config({ gh: { ...GH, args: ['--env-file', '.env', 'gh.js'] } }));
			const outcome = await at.client.fix(action!.command!.arguments![0] as FixRequest);
			assert.equal(outcome.status, 'refused');
			assert.match(outcome.message, /handed to the server’s own program as an argument/);
			assert.equal(at.text('.env'), expand(LINES));
		}));
});

describe('a secret in a .env file stays where it is, with the reason', () => {
	const DOCKER = { command: 'docker', args: ['run', '--env-file', '.env', 'image'] };
	const cases: [string, Record<string, string>, RegExp][] = [
		[
			'a program that reads it itself',
			{ '.vscode/mcp.json': config({ gh: GH, d: DOCKER }) },
			/Server "d" in \.vscode\/mcp\.json reads this file\. It is handed to the server’s own program/,
		],
		[
			'a host that is not known to read it',
			{ '.mcp.json': config({ gh: GH }, 'mcpServers') },
			/not known to read `envFile`/,
		],
		[
			'a variable that the launcher would refuse',
			{ '.vscode/mcp.json': config({ gh: { ...GH, env: { NODE_OPTIONS: '--x' } } }) },
			/sets `NODE_OPTIONS`/,
		],
		[
			'no server that takes it from there',
			{ '.vscode/mcp.json': config({ gh: { ...GH, env: { GITHUB_TOKEN: 'x' } } }) },
			/No server that the launcher could start gets GITHUB_TOKEN/,
		],
		[
			'a config with a syntax error',
			{ '.vscode/mcp.json': '{"servers":{"gh":{"command":"node","envFile":".env"},,}}' },
			/syntax error in line 1/,
		],
	];
	for (const [name, files, why] of cases)
		it(name, () =>
			opened({ ...files, '.env': LINES }, async (at) => {
				const [action] = await at.actions('.env', /to the OS keychain/);
				assert.match(action!.disabled?.reason ?? 'not refused', why);
			}),
		);

	for (const [name, text, why] of [
		['a variable that is set twice', 'GITHUB_TOKEN={{github-pat}}\nGITHUB_TOKEN=\n', /sets this variable twice/],
		['a value that other programs fill in', 'GITHUB_TOKEN=${USER}:{{github-pat}}\n', /that other programs fill in/],
		['an open quote', 'GITHUB_TOKEN="{{github-pat}}\nB=1\n', /quote of this value is not closed/],
	] as const)
		it(name, () =>
			opened({ '.vscode/mcp.json': config({ gh: GH }), '.env': text }, async (at) => {
				const [action] = await at.actions('.env', /to the OS keychain/);
				assert.match(action!.disabled?.reason ?? 'not refused', why);
			}),
		);

	it('a file that the host reads by itself', () =>
		opened({ '.gemini/.env': 'GEMINI_API_KEY={{github-pat}}\n' }, async (at) => {
			const [action] = await at.actions('.gemini/.env', /to the OS keychain/);
			assert.match(action!.disabled?.reason ?? 'not refused', /No server .* would get the reference/);
		}));
});
