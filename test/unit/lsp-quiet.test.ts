import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import { type FixOutcome, IGNORE_COMMAND, type IgnoreRequest } from '../../server/src/protocol/index.ts';
import { LspClient, type LspOptions } from '../support/lsp.ts';
import { expand, token } from '../support/tokens.ts';

const root = mkdtempSync(join(tmpdir(), 'quiet-'));
after(() => rmSync(root, { recursive: true, force: true }));

interface Desk {
	readonly client: LspClient;
	readonly folder: string;
	readonly uriOf: (name: string) => string;
}

async function desk(files: Readonly<Record<string, string>>, options: Partial<LspOptions> = {}): Promise<Desk> {
	const folder = mkdtempSync(join(root, 'w-'));
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(join(folder, name, '..'), { recursive: true });
		writeFileSync(join(folder, name), expand(text));
	}
	const client = await LspClient.start({ mode: 'in-process', folder, ...options });
	const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
	for (const [name, text] of Object.entries(files)) if (name.endsWith('.json')) client.open(uriOf(name), expand(text));
	return { client, folder, uriOf };
}

const CONFIG = `{
	"servers": {
		"gh": { "command": "gh-mcp", "env": { "GITHUB_TOKEN": "{{github-pat}}" } }
	}
}
`;
const STRICT = CONFIG.replace('servers', 'mcpServers');

async function diagnostics({ client, uriOf }: Desk, name: string): Promise<Diagnostic[]> {
	await client.list();
	return client.diagnostics(uriOf(name));
}

const codes = (all: readonly Diagnostic[]) => all.map(({ code }) => code);

async function ignore({ client, uriOf }: Desk, name: string, ruleId: string, reason?: string): Promise<FixOutcome> {
	const uri = uriOf(name);
	const found = (await client.diagnostics(uri)).find(({ code }) => code === ruleId)!;
	const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
		textDocument: { uri },
		range: found.range,
		context: { diagnostics: [found] },
	});
	const action = actions.find(({ title }) => title === `Ignore ${ruleId} here, with a reason`)!;
	assert.equal(action.command!.command, IGNORE_COMMAND);
	const request = action.command!.arguments![0] as IgnoreRequest;
	return client.connection.sendRequest('workspace/executeCommand', {
		command: IGNORE_COMMAND,
		arguments: [{ ...request, ...(reason === undefined ? {} : { reason }) }],
	});
}

describe('what a person accepts', () => {
	test('a comment says why, where the format has comments', async () => {
		const at = await desk({ '.vscode/mcp.json': CONFIG });
		const outcome = await ignore(at, '.vscode/mcp.json', 'inlined-credential', 'throw-away account');
		assert.equal(outcome.status, 'done', outcome.message);
		assert.match(
			at.client.text(at.uriOf('.vscode/mcp.json')),
			/\n\t\t\/\/ mcp-hygiene-ignore inlined-credential -- throw-away account\n\t\t"gh"/,
		);
		assert.ok(!codes(await diagnostics(at, '.vscode/mcp.json')).includes('inlined-credential'));
		assert.equal((await at.client.list()).rows.length, 1, 'the panel counts the secret all the same');
		await at.client.stop();
	});

	test('the list of the panel offers the same', async () => {
		const at = await desk({ '.vscode/mcp.json': CONFIG });
		const of = async () => (await at.client.list()).rows[0]!.places[0]!.findings;
		const found = (await of()).find(({ ruleId }) => ruleId === 'inlined-credential')!;
		const outcome = await at.client.connection.sendRequest<FixOutcome>('workspace/executeCommand', {
			command: IGNORE_COMMAND,
			arguments: [{ ...found.ignore, reason: 'throw-away account' }],
		});
		assert.equal(outcome.status, 'done', outcome.message);
		await until(async () => !(await of()).some(({ ruleId }) => ruleId === 'inlined-credential'));
		await at.client.stop();
	});

	test('nothing of it in an untrusted workspace', async () => {
		const at = await desk({ '.vscode/mcp.json': CONFIG }, { initialization: { trusted: false } });
		const findings = (await at.client.list()).rows[0]!.places[0]!.findings;
		assert.ok(findings.length > 0 && findings.every(({ ignore: request }) => request === undefined));
		await at.client.stop();
	});

	test('an editor that cannot ask leaves a place for the reason, and the finding stays', async () => {
		const at = await desk({ '.vscode/mcp.json': CONFIG });
		const outcome = await ignore(at, '.vscode/mcp.json', 'user-wide-token');
		assert.match(outcome.message, /until then the finding stays/);
		const left = codes(await diagnostics(at, '.vscode/mcp.json'));
		assert.ok(left.includes('user-wide-token') && left.includes('unexplained-suppression'));
		await at.client.stop();
	});

	test('the baseline says why, where a host reads no comments', async () => {
		const at = await desk({ '.cursor/mcp.json': STRICT, '.mcp.json': STRICT });
		const name = '.mcp.json';
		assert.equal((await ignore(at, name, 'inlined-credential', 'throw-away account')).status, 'done');
		assert.equal(at.client.text(at.uriOf(name)), expand(STRICT), 'the config is as it was');
		const baseline = readFileSync(join(at.folder, '.mcp-hygiene-baseline.json'), 'utf8');
		assert.ok(!baseline.includes(token('github-pat')));
		await until(async () => !codes(await diagnostics(at, name)).includes('inlined-credential'));
		at.client.change(at.uriOf(name), expand(STRICT.replace('}}"', ':2}}"')));
		assert.ok(codes(await at.client.diagnostics(at.uriOf(name))).includes('inlined-credential'), 'another secret');
		await at.client.stop();
	});

	test('a token that was pasted as a name is in no offer', async () => {
		const at = await desk({ '.vscode/mcp.json': CONFIG.replace('"gh"', '"{{gitlab-pat}}"') });
		const uri = at.uriOf('.vscode/mcp.json');
		for (const found of await at.client.diagnostics(uri)) {
			const offers = JSON.stringify(await at.client.actions(uri, found));
			assert.ok(offers.includes(IGNORE_COMMAND) && !offers.includes(token('gitlab-pat')), String(found.code));
		}
		const outcome = await ignore(at, '.vscode/mcp.json', 'inlined-credential', 'throw-away account');
		assert.equal(outcome.status, 'done', outcome.message);
		await at.client.stop();
	});

	test('a glob of the person hides a file', async () => {
		const at = await desk({ 'fixtures/.vscode/mcp.json': CONFIG }, { settings: { ignore: ['fixtures/**'] } });
		assert.deepEqual(await diagnostics(at, 'fixtures/.vscode/mcp.json'), []);
		await at.client.stop();
	});
});

describe('what lies around a config', () => {
	test('git has the file', async () => {
		const at = await desk({ '.vscode/mcp.json': CONFIG });
		execFileSync('git', ['-C', at.folder, 'init', '-q'], { stdio: 'ignore' });
		execFileSync('git', ['-C', at.folder, 'add', '.'], { stdio: 'ignore' });
		at.client.change(at.uriOf('.vscode/mcp.json'), expand(`${CONFIG}\n`));
		await until(async () => codes(await diagnostics(at, '.vscode/mcp.json')).includes('tracked-config'));
		await at.client.stop();
	});

	test('a .env file that a server names is looked at, and linked', async () => {
		const at = await desk({
			'.vscode/mcp.json':
				'{ "servers": { "gh": { "command": "gh-mcp", "envFile": "$' + '{workspaceFolder}/dev.env" } } }',
			'dev.env': 'GITHUB_TOKEN={{github-pat}}\n',
		});
		await until(async () => codes(await diagnostics(at, '.vscode/mcp.json')).includes('credential-in-env-file'));
		const [found] = await diagnostics(at, '.vscode/mcp.json');
		assert.equal(found!.relatedInformation?.[0]?.location.uri, at.uriOf('dev.env'));
		assert.equal(found!.relatedInformation?.[0]?.location.range.start.character, 'GITHUB_TOKEN='.length);
		const { rows } = await at.client.list();
		assert.deepEqual(
			rows.map(({ places }) => places.map(({ uri, findings }) => [uri, findings.map(({ ruleId }) => ruleId)[0]])),
			[[[at.uriOf('dev.env'), 'credential-in-env-file']]],
		);
		await at.client.stop();
	});

	test('copies in other files are linked', async () => {
		const at = await desk({ '.vscode/mcp.json': CONFIG, '.mcp.json': STRICT });
		await until(async () => {
			const inlined = (await diagnostics(at, '.mcp.json')).find(({ code }) => code === 'inlined-credential');
			return inlined?.relatedInformation?.[0]?.location.uri === at.uriOf('.vscode/mcp.json');
		});
		await at.client.stop();
	});

	test('in an untrusted workspace nothing of that is asked', async () => {
		let asked = 0;
		const exposure = async () => {
			asked++;
			return {};
		};
		const at = await desk({ '.vscode/mcp.json': CONFIG }, { initialization: { trusted: false }, world: { exposure } });
		await diagnostics(at, '.vscode/mcp.json');
		assert.equal(asked, 0);
		await at.client.stop();
	});
});

/** Looks are taken after a pause; a test waits for what they bring. */
async function until(holds: () => Promise<boolean>): Promise<void> {
	const end = Date.now() + 8_000;
	while (!(await holds())) {
		if (Date.now() > end) assert.fail('it did not come');
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}
