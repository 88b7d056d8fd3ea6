// A record in a real config document, through the same calls that the language server makes.
import { analyze } from '../../server/src/core/analyze.ts';
import { dialectById, dialectForContent } from '../../server/src/core/dialects/index.ts';
import type { Finding } from '../../server/src/core/finding.ts';
import { readDocument } from '../../server/src/core/read.ts';
import { NO_KNOWLEDGE } from '../../server/src/core/rules/rule.ts';
import { Fingerprinter } from '../../server/src/core/secret-value.ts';

export type Entry = Readonly<Record<string, unknown>>;

const SETTINGS = { fingerprinter: new Fingerprinter(new Uint8Array(32)), knowledge: NO_KNOWLEDGE, levels: new Map() };

/** Findings of the rules that report a credential for where it stands; advice about the same credential is not counted. */
const PLACE_RULES =
	/^(?:inlined-credential|reinlined-credential|credential-in-\w+(?:-\w+){0,2}|default-credential|commented-out-credential)$/;

export function findingsIn(text: string, path = '/w/.vscode/mcp.json', fallback: 'vscode' | 'portable' = 'portable') {
	const dialect = dialectForContent(path, text)?.dialect ?? dialectById(fallback);
	const document = readDocument(`file://${path}`, text, dialect, 'workspace');
	const { findings } = analyze(document, SETTINGS);
	return {
		document,
		findings: findings.filter(({ ruleId, credential }) => credential !== undefined && PLACE_RULES.test(ruleId)),
	};
}

export function inServer(name: string, entry: Entry): { readonly text: string; readonly findings: readonly Finding[] } {
	const text = JSON.stringify({ servers: { [name]: entry } }, undefined, '\t');
	return { text, findings: findingsIn(text).findings };
}

export const stdio = (rest: Entry): Entry => ({ command: 'npx', args: ['-y', 'some-server'], ...rest });
export const remote = (rest: Entry): Entry => ({ type: 'http', url: 'https://mcp.example.com/mcp', ...rest });

export type Level = Finding['level'];

export function kinds(findings: readonly Finding[]): string {
	return findings.map(({ credential, level }) => `${credential!.classification.kind.id}:${level}`).join(' ');
}
