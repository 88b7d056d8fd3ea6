// Two places outside of `env` and headers: the URL, and the .env file that VS Code reads for the server.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type HttpRecorder, startHttpRecorder } from '../../support/servers/http-recorder.ts';
import { token } from '../../support/tokens.ts';
import { choose, findings, inCheckout, mcpTool, quickFix, save, show, startMcpServer, until } from '../support.ts';

const RECORDER = inCheckout('test/support/servers/recorder.ts');
const TOKENS = { file: token('github-pat', 111), query: token('gitlab-pat', 112) };
const ENV_FILE = `# of the team\nLOG_LEVEL=debug\nexport GITHUB_TOKEN="${TOKENS.file}" # narrow it\n`;

interface Started {
	readonly env: Readonly<Record<string, string>>;
}

describe('a token in a URL and one in a .env file', () => {
	let folder: string;
	let record: string;
	let http: HttpRecorder;
	let config: vscode.TextDocument;
	let file: vscode.TextDocument;

	before(async () => {
		folder = mkdtempSync(join(tmpdir(), 'mcp-hygiene-record-'));
		record = join(folder, 'record.json');
		http = await startHttpRecorder();
		await vscode.commands.executeCommand('workbench.action.files.revert');
		const servers = {
			enved: {
				command: process.execPath,
				args: [RECORDER, record, 'GITHUB_TOKEN', 'LOG_LEVEL'],
				envFile: '${workspaceFolder}/.env',
			},
			queried: { type: 'http', url: `${http.url}?mode=a&private_token=${TOKENS.query}&z=1` },
		};
		config = await show('.vscode/mcp.json', JSON.stringify({ servers }, null, '\t'));
		file = await show('.env', ENV_FILE);
		chmodSync(file.uri.fsPath, 0o600);
	});

	after(async () => {
		await http.stop();
		rmSync(folder, { recursive: true, force: true });
	});

	it('are found and moved into the OS keychain', async () => {
		const inFile = await until('the finding in .env', () => findings(file, 'credential-in-env-file')[0], 30_000);
		await choose(await quickFix(file, inFile.range, 'OS keychain'));
		await until('the edit of both files', () => config.getText().includes('"mcp-hygiene"') || undefined);
		const inUrl = await until('the finding in the URL', () =>
			findings(config, 'credential-in-url').find(({ range }) => config.getText(range) === TOKENS.query),
		);
		await choose(await quickFix(config, inUrl.range, 'OS keychain'));
		await until('the edit', () => (config.getText().includes(TOKENS.query) ? undefined : true));
		for (const document of [config, file]) await save(document);
		assert.equal(readFileSync(file.uri.fsPath, 'utf8'), ENV_FILE.replace(TOKENS.file, 'cred://keychain/github/enved'));
		assert.equal(statSync(file.uri.fsPath).mode & 0o777, 0o600);
		assert.match(config.getText(), /\?mode=a&private_token=&z=1", "--query", "private_token=cred:\/\/keychain\//);
	});

	/** VS Code reads a saved config a moment later. A start of before it did hands on the text of the file, and does not count. */
	function started(): Started | undefined {
		if (!existsSync(record)) return undefined;
		const seen = JSON.parse(readFileSync(record, 'utf8')) as Started;
		if (!seen.env.GITHUB_TOKEN?.startsWith('cred://')) return seen;
		rmSync(record);
		return undefined;
	}

	it('still arrives: VS Code hands the file over, and the launcher puts the value in', async () => {
		const seen = await startMcpServer('enved', started);
		assert.deepEqual([seen.env.GITHUB_TOKEN, seen.env.LOG_LEVEL], [TOKENS.file, 'debug']);
	});

	it('still arrives in the query, where it was', async () => {
		await startMcpServer('queried', () => mcpTool('http-recorder', 'ping'));
		const posts = http.requests.filter(({ method }) => method === 'POST');
		assert.ok(posts.length > 0);
		for (const { url } of posts) assert.equal(url, `/mcp?mode=a&private_token=${TOKENS.query}&z=1`);
	});
});
