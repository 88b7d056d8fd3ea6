import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expand } from '../../../../test/support/tokens.ts';
import { findCredentials } from '../credentials.ts';
import type { DialectId } from '../dialects/dialect.ts';
import { dialectById } from '../dialects/index.ts';
import { readDocument } from '../read.ts';
import { Fingerprinter } from '../secret-value.ts';
import { planMove } from './move.ts';
import { planPrompt } from './prompt.ts';
import { isRefusal } from './target.ts';

const fingerprinter = new Fingerprinter(new Uint8Array(32));

/** Why the first credential cannot be moved; `planned` if it can. */
function verdict(dialect: DialectId, text: string): string {
	const document = readDocument('file:///w/x', expand(text), dialectById(dialect), 'user');
	const plan = planMove(document, findCredentials(document, fingerprinter)[0]!);
	return isRefusal(plan) ? plan.refused : 'planned';
}

const ENTRY = '{"command":"npx","env":{"GH_TOKEN":"{{github-pat}}"}}';

test('JSON5 is not edited', () => {
	assert.match(
		verdict('openclaw', "{mcp:{servers:{a:{command:'x',env:{T:'{{github-pat}}'}}}}}"),
		/OpenClaw keeps its servers in JSON5.*store put/,
	);
});

test('parts of a server under other names are not edited', () => {
	const opencode = '{"mcp":{"a":{"type":"local","command":["npx"],"environment":{"GH_TOKEN":"{{github-pat}}"}}}}';
	assert.match(verdict('opencode', opencode), /opencode writes the parts of a server in its own way/);
	const zed = '{"context_servers":{"a":{"command":{"path":"npx","env":{"GH_TOKEN":"{{github-pat}}"}}}}}';
	assert.match(verdict('zed', zed), /Zed writes the parts/);
	const list = '{"mcpServers":{"a":{"command":"x","env":["GH_TOKEN={{github-pat}}"]}}}';
	assert.match(verdict('cursor', list), /Cursor writes the parts/);
});

test('two entries of one name are not told apart', () => {
	const text = `{"mcpServers":{"a":${ENTRY}},"projects":{"/p":{"mcpServers":{"a":{"command":"y"}}}}}`;
	assert.match(verdict('claude-code', text), /same name/);
});

test('a name with a slash in it is a name', () => {
	assert.equal(verdict('claude-code', `{"projects":{"/p/q":{"mcpServers":{"a/b":${ENTRY}}}}}`), 'planned');
});

test('hosts with the usual fields are edited', () => {
	for (const id of ['windsurf', 'cline', 'gemini', 'kiro', 'junie', 'generic', 'claude-settings'] as const)
		assert.equal(verdict(id, `{"mcpServers":{"a":${ENTRY}}}`), 'planned', id);
});

test('no password inputs where VS Code does not read them', () => {
	const document = readDocument('file:///w/x', expand(`{"mcpServers":{"a":${ENTRY}}}`), dialectById('kiro'), 'user');
	const plan = planPrompt(document, findCredentials(document, fingerprinter)[0]!);
	assert.ok(isRefusal(plan) && /no password inputs/.test(plan.refused));
});
