// The main job: diagnose, move into the keychain, and VS Code still starts the server and lists its tools.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type HttpRecorder, startHttpRecorder } from '../../support/servers/http-recorder.ts';
import { token } from '../../support/tokens.ts';
import { choose, findings, inCheckout, mcpTool, quickFix, save, show, startMcpServer, until } from '../support.ts';

const EVERYTHING = inCheckout('node_modules/@modelcontextprotocol/server-everything/dist/index.js');
// Started with the extension host's own Node: the editor takes PATH from a login shell, where `node` may be an older one.
const RECORDER = inCheckout('test/support/servers/recorder.ts');
const TOKENS = { everything: token('github-pat', 101), recorder: token('github-pat', 102), web: token('generic', 103) };

describe('a pasted token in .vscode/mcp.json', () => {
	let folder: string;
	let record: string;
	let http: HttpRecorder;
	let document: vscode.TextDocument;

	before(async () => {
		folder = mkdtempSync(join(tmpdir(), 'mcp-hygiene-record-'));
		record = join(folder, 'record.json');
		http = await startHttpRecorder();
		document = await show('.vscode/mcp.json', config(record, http.url));
	});

	after(async () => {
		await http.stop();
		rmSync(folder, { recursive: true, force: true });
	});

	for (const server of ['everything', 'recorder', 'web'] as const) {
		it(`is found in "${server}" and moved into the OS keychain`, async () => {
			const finding = await until(`the finding in ${server}`, () => findingOf(document, TOKENS[server]), 30_000);
			await choose(await quickFix(document, finding.range, 'OS keychain'));
			await until('the edit', () => (document.getText().includes(TOKENS[server]) ? undefined : true));
		});
	}

	it('leaves a config that starts the launcher, with its comments and its other values', async () => {
		const text = document.getText();
		assert.match(text, /"mcp-hygiene"/);
		assert.match(text, /"run"/);
		assert.match(text, /"--server"/);
		assert.match(text, /"connect"/);
		assert.match(text, /"--bearer"/);
		assert.equal(text.match(/cred:\/\/keychain\//g)?.length, 3);
		for (const kept of [
			'// pasted on a Friday',
			'/* where it writes */',
			'"LOG_LEVEL": "info"',
			RECORDER,
			EVERYTHING,
		]) {
			assert.ok(text.includes(kept), `lost: ${kept}`);
		}
		await save(document);
		await until('no finding', () => (findings(document, 'inlined-credential').length === 0 ? true : undefined));
	});

	it('still starts: VS Code lists the tools of server-everything', async () => {
		const tool = await startMcpServer('everything', () => mcpTool('everything', 'echo'));
		assert.ok(tool);
	});

	it('still arrives: the server has the value in its environment', async () => {
		await startMcpServer('recorder', () => (existsSync(record) ? true : undefined));
		const seen = JSON.parse(readFileSync(record, 'utf8')) as { argv: string[]; env: Record<string, string> };
		assert.equal(seen.env.GITHUB_TOKEN, TOKENS.recorder);
		assert.equal(seen.env.LOG_LEVEL, 'debug');
		assert.ok(!seen.argv.join(' ').includes(TOKENS.recorder));
	});

	it('still arrives over http: every request has the header', async () => {
		await startMcpServer('web', () => mcpTool('http-recorder', 'ping'));
		const posts = http.requests.filter(({ method }) => method === 'POST');
		assert.ok(posts.length > 0);
		for (const { headers } of posts) assert.equal(headers.authorization, `Bearer ${TOKENS.web}`);
	});

	it('is reported anew when an undo brings it back', async () => {
		await vscode.window.showTextDocument(document);
		await until('the token after undo', async () => {
			await vscode.commands.executeCommand('undo');
			return document.getText().includes(TOKENS.web) ? true : undefined;
		});
		const finding = await until('the finding', () => findings(document, 'reinlined-credential')[0]);
		await choose(await quickFix(document, finding.range, 'reference'));
		await until('the reference', () => (document.getText().includes(TOKENS.web) ? undefined : true));
	});
});

function findingOf(document: vscode.TextDocument, secret: string): vscode.Diagnostic | undefined {
	return findings(document, 'inlined-credential').find(({ range }) => document.getText(range).includes(secret));
}

function config(record: string, url: string): string {
	const quoted = (text: string) => JSON.stringify(text);
	return `{
	"servers": {
		"everything": {
			"command": "node",
			"args": [${quoted(EVERYTHING)}],
			"env": {
				"GITHUB_TOKEN": ${quoted(TOKENS.everything)}, // pasted on a Friday
				"LOG_LEVEL": "info"
			}
		},
		"recorder": {
			"type": "stdio",
			"command": ${quoted(process.execPath)},
			"args": [${quoted(RECORDER)}, /* where it writes */ ${quoted(record)}, "GITHUB_TOKEN", "LOG_LEVEL"],
			"env": { "LOG_LEVEL": "debug", "GITHUB_TOKEN": ${quoted(TOKENS.recorder)} }
		},
		"web": {
			"type": "http",
			"url": ${quoted(url)},
			"headers": { "Authorization": ${quoted(`Bearer ${TOKENS.web}`)} }
		}
	}
}
`;
}
