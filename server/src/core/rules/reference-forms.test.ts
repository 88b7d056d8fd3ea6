import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fingerprinter } from '../../../../test/support/rule-page.ts';
import { analyze } from '../analyze.ts';
import type { Dialect, ReferenceForm } from '../dialects/dialect.ts';
import { fieldsOf } from '../dialects/fields.ts';
import { DIALECTS, dialectById } from '../dialects/index.ts';
import { readDocument } from '../read.ts';
import { NO_KNOWLEDGE } from './rule.ts';

type Place = 'env' | 'header' | 'url';

/** One server as the dialect writes it: JSON is YAML and JSON5 too, and TOML is written flat. */
function config(dialect: Dialect, place: Place, value: string): string {
	const { env, headers, url } = fieldsOf(dialect);
	const field = { env: [env[0]!, 'API_TOKEN'], header: [headers[0]!, 'Authorization'], url: [url[0]!] }[place];
	const below = field.flatMap((name, i) => (i === 0 ? name.split('.') : [name]));
	const server = dialect.bareRoot === 'server' && dialect.serverRoots.length === 0;
	const path = [...(server ? [] : [...dialect.serverRoots[0]!, 'tracker']), ...below];
	if (dialect.format === 'toml') return `${path.join('.')} = ${JSON.stringify(value)}\n`;
	const nested = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
	const command = server ? { server: { mcp_config: { command: 'x' } } } : {};
	return JSON.stringify(merged(command, nested as object));
}

function merged(one: object, other: object): object {
	const first = one as { server?: { mcp_config: object } };
	const second = other as { server?: { mcp_config: object } };
	if (!first.server || !second.server) return { ...one, ...other };
	return { server: { mcp_config: { ...first.server.mcp_config, ...second.server.mcp_config } } };
}

const WRONG = /^(?:unresolvable-reference|inlined-credential|credential-in-url)$/;

function complaints(dialect: Dialect, place: Place, value: string): string[] {
	const text = config(dialect, place, value);
	const document = readDocument('file:///w/x', text, dialect, 'user');
	assert.equal(document.servers.length, 1, text);
	const settings = { fingerprinter, knowledge: NO_KNOWLEDGE, levels: new Map() };
	return analyze(document, settings).findings.flatMap(({ ruleId, message }) =>
		WRONG.test(ruleId) ? `${ruleId}: ${message}` : [],
	);
}

function values(place: Place, { example }: ReferenceForm): string[] {
	if (place === 'env') return [example];
	if (place === 'header') return [example, `Bearer ${example}`];
	return [`https://tracker.example.com/mcp?token=${example}`, `https://tracker.example.com/${example}/mcp`];
}

describe('a form that the host resolves is no finding', () => {
	for (const dialect of DIALECTS) {
		for (const form of dialect.references) {
			it(`${dialect.id}: ${form.example}`, () => {
				assert.match(form.example, new RegExp(`^(?:${form.pattern.source})$`));
				for (const place of ['env', 'header', 'url'] as const) {
					if (!form.positions.includes(place)) continue;
					for (const value of values(place, form)) assert.deepEqual(complaints(dialect, place, value), [], value);
				}
			});
		}
	}
});

describe('a form of another place or host is one', () => {
	const ELSEWHERE = [
		['goose', 'env', '$TRACKER_TOKEN'],
		['mcporter', 'url', 'https://tracker.example.com/mcp?token=$env:TRACKER_TOKEN'],
		['gemini', 'header', 'Bearer {env:TRACKER_TOKEN}'],
		['opencode', 'env', '$TRACKER_TOKEN'],
		['gemini', 'env', '$(pass show tracker)'],
		['claude-desktop', 'env', '{env:TRACKER_TOKEN}'],
	] as const;
	for (const [id, place, value] of ELSEWHERE) {
		it(`${id}: ${value}`, () => assert.equal(complaints(dialectById(id), place, value).length, 1));
	}
});
