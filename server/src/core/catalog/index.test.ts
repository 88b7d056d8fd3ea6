import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findIssuer } from '../issuers/index.ts';
import type { Part } from '../servers.ts';
import { knownServer } from './index.ts';
import servers from './servers.json' with { type: 'json' };

const part = (value: string): Part => ({
	position: 'arg',
	value,
	pointer: '',
	node: { kind: 'string', span: { start: 0, end: 0 }, value, spanOf: () => ({ start: 0, end: 0 }) },
});

/** `npx -y x`, or a URL. */
function known(line: string) {
	if (line.startsWith('https://')) return knownServer({ args: [], url: part(line) });
	const [command, ...args] = line.split(' ').map(part);
	return knownServer({ command: command!, args });
}

describe('a known server', () => {
	const WAYS: Readonly<Record<string, string>> = {
		'npx -y @modelcontextprotocol/server-github@2025.4.8': 'github',
		'docker run -i --rm ghcr.io/github/github-mcp-server:v1': 'github',
		'uvx mcp-atlassian==0.11': 'atlassian-sooperset',
		'npx mcp-remote https://mcp.linear.app/sse': 'linear',
		'https://bindings.mcp.cloudflare.com/sse': 'cloudflare',
		'https://mcp.exa.ai/mcp?exaApiKey=x': 'exa',
		'https://eu1.make.com/mcp/api/v1/u/x/sse': 'make',
		'uvx awslabs.core-mcp-server@latest': 'aws-labs',
	};
	for (const [line, id] of Object.entries(WAYS)) {
		it(`${id}: ${line}`, () => assert.equal(known(line)?.id, id));
	}

	it('is not guessed', () => {
		for (const line of [
			'npx -y @acme/server',
			'https://example.com/mcp',
			'node github-mcp-server.js',
			'docker run x',
		]) {
			assert.equal(known(line), undefined, line);
		}
	});

	it('says which field is the secret and which is an id', () => {
		const monday = known('npx @mondaydotcomorg/monday-api-mcp');
		assert.equal(monday?.field('-t'), 'secret');
		assert.equal(monday.field('--port'), undefined);
		assert.equal(known('npx @browserbasehq/mcp-server-browserbase')?.field('BROWSERBASE_PROJECT_ID'), 'id');
		assert.equal(known('npx -y @upstash/context7-mcp')?.field('authorization'), 'secret');
		assert.equal(known('npx airtable-mcp-server')?.positional, true);
		assert.equal(known('https://mcp.zapier.com/api/mcp/s/x/mcp')?.path, true);
	});
});

it('names issuers that are known, and each entry once', () => {
	for (const { id, issuer, match, source } of servers as readonly {
		id: string;
		issuer?: string;
		match: string[];
		source: string;
	}[]) {
		assert.ok(issuer === undefined || findIssuer(issuer), `${id}: ${issuer}`);
		assert.ok(match.length > 0, id);
		assert.match(source, /2026-11/, id);
	}
	assert.equal(new Set(servers.map(({ id }) => id)).size, servers.length);
});
