import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expand } from '../../../../test/support/tokens.ts';
import { analyze } from '../analyze.ts';
import { dialectFor } from '../dialects/index.ts';
import { readDocument } from '../read.ts';
import { NO_KNOWLEDGE } from '../rules/rule.ts';
import { Fingerprinter } from '../secret-value.ts';
import { applyChanges } from '../text.ts';
import { ignoreComment } from './ignore.ts';

const fingerprinter = new Fingerprinter(new Uint8Array(32).fill(3));
const look = (path: string, text: string) => {
	const { dialect, scope } = dialectFor(path)!;
	const document = readDocument(`file://${path}`, expand(text), dialect, scope);
	return { document, ...analyze(document, { fingerprinter, knowledge: NO_KNOWLEDGE, levels: new Map() }) };
};

/** The text after the first finding was ignored; undefined where no comment can stand. */
function ignored(path: string, text: string, reason = 'a test account'): string | undefined {
	const { document, findings } = look(path, text);
	const change = ignoreComment(document, findings[0]!, reason);
	if (!change) return undefined;
	const after = applyChanges(document.text, [change]);
	assert.ok(look(path, after).suppressed.some(({ finding }) => finding.ruleId === findings[0]!.ruleId));
	return after;
}

test('the comment stands above the line, indented as the line is', () => {
	assert.equal(
		ignored(
			'/w/.vscode/mcp.json',
			'{ "servers": { "a": { "command": "x", "env": {\r\n\t\t"GITHUB_TOKEN": "{{github-pat}}" } } } }',
		),
		expand(
			'{ "servers": { "a": { "command": "x", "env": {\r\n\t\t// mcp-hygiene-ignore inlined-credential -- a test account\r\n\t\t"GITHUB_TOKEN": "{{github-pat}}" } } } }',
		),
	);
});

test('TOML and .env files get their own sign', () => {
	assert.match(
		ignored(
			'/home/me/.codex/config.toml',
			'[mcp_servers.a]\ncommand = "x"\nenv = { GITLAB_TOKEN = "{{gitlab-pat}}" }\n',
		)!,
		/\n# mcp-hygiene-ignore inlined-credential -- a test account\nenv = /,
	);
	assert.match(
		ignored('/w/.gemini/.env', 'GITHUB_TOKEN={{github-pat}}\n')!,
		/^# mcp-hygiene-ignore credential-in-env-file -- /,
	);
});

test('a reason stays on its line and ends no comment', () => {
	const text = '{ "servers": { "a": { "command": "x", "env": { "GITHUB_TOKEN": "{{github-pat}}" } } } }';
	assert.match(ignored('/w/.vscode/mcp.json', text, 'one\ntwo */ three')!, /-- one two \* \/ three\n/);
});

test('inside a text of several lines there is no place for a comment', () => {
	const toml = '[mcp_servers.a]\ncommand = "x"\nenv = { KEY = """\nfirst line\n{{gitlab-pat}}\n""" }\n';
	assert.equal(ignored('/home/me/.codex/config.toml', toml), undefined);
});

test('where a host reads no comments there is none', () => {
	const text = '{ "mcpServers": { "a": { "command": "x", "env": { "GITHUB_TOKEN": "{{github-pat}}" } } } }';
	assert.equal(ignored('/home/me/.config/Claude/claude_desktop_config.json', text), undefined);
});
