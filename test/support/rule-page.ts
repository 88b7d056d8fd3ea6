/**
 * Reads `docs/rules/<id>.md`, which is a rule's page and its test.
 *
 * A block ` ```jsonc file=.vscode/mcp.json knowledge={...} ` is a config at that path (`~/` = the home folder). A line of
 * `//   ^^^^ error: words of the message` (`#` in formats that comment so) under a line says that the rule marks exactly these
 * columns; it is taken out before the config is read. Carets mark the page as it is written: under a `{{placeholder}}` they mark the whole token.
 */

import { dialectFor } from '../../server/src/core/dialects/index.ts';
import type { ConfigDocument } from '../../server/src/core/document.ts';
import type { Level } from '../../server/src/core/finding.ts';
import { type DeclaredWords, declaredGrant } from '../../server/src/core/grants/declared.ts';
import type { AgeEvidence } from '../../server/src/core/grants/evidence.ts';
import type { Grant, ProbeOutcome } from '../../server/src/core/grants/grant.ts';
import { readDocument } from '../../server/src/core/read.ts';
import {
	type EnvFile,
	type Exposure,
	type Knowledge,
	NO_KNOWLEDGE,
	placeKey,
} from '../../server/src/core/rules/rule.ts';
import { Fingerprinter, SecretValue } from '../../server/src/core/secret-value.ts';
import type { Span } from '../../server/src/core/text.ts';
import { expand } from './tokens.ts';

export interface RulePage {
	readonly id: string;
	readonly title: string;
	readonly level: string;
	readonly cwe: readonly string[];
	/** `## ` headings in order. */
	readonly headings: readonly string[];
	readonly blocks: readonly PageBlock[];
}

export interface PageBlock {
	readonly heading: string;
	/** One-based line of the opening fence, for messages. */
	readonly line: number;
	readonly document: ConfigDocument;
	readonly marks: readonly Mark[];
	readonly knowledge: Knowledge;
}

export interface Mark {
	readonly span: Span;
	readonly level: Level;
	readonly fragment: string;
}

export const HOME = '/home/me';
export const fingerprinter = new Fingerprinter(new Uint8Array(32).fill(7));

/** @throws Error that names the page and line, when the page is not well formed. */
export function readRulePage(id: string, markdown: string): RulePage {
	const lines = markdown.split('\n');
	const headings: string[] = [];
	const blocks: PageBlock[] = [];
	for (let i = 0; i < lines.length; i++) {
		const line = lines[i]!;
		if (line.startsWith('## ')) headings.push(line.slice(3).trim());
		const fence = /^```(?:jsonc|dotenv|toml|yaml) (.*)$/.exec(line);
		if (!fence) continue;
		const end = lines.indexOf('```', i);
		if (end < 0) throw new Error(`${id}:${i + 1}: the block is not closed`);
		blocks.push(readBlock(`${id}.md:${i + 1}`, headings.at(-1) ?? '', i + 1, fence[1]!, lines.slice(i + 1, end)));
		i = end;
	}
	return {
		id: /^# (\S+)$/m.exec(markdown)?.[1] ?? '',
		title: lines[2] ?? '',
		level: /^Level: (\w+)/m.exec(markdown)?.[1] ?? '',
		cwe: Array.from(markdown.matchAll(/\[(CWE-\d+)\]/g), (match) => match[1]!),
		headings,
		blocks,
	};
}

function readBlock(
	where: string,
	heading: string,
	line: number,
	attributes: string,
	body: readonly string[],
): PageBlock {
	const path = /(?:^| )file=(\S+)/.exec(attributes)?.[1];
	if (!path) throw new Error(`${where}: a block needs file=PATH`);
	const absolute = path.startsWith('~/') ? HOME + path.slice(1) : `/project/${path}`;
	const match = dialectFor(absolute, HOME);
	if (!match) throw new Error(`${where}: no host reads ${path}`);
	const { text, marks } = readBody(where, body);
	const uri = `file://${absolute}`;
	const described = /(?:^| )knowledge=(\{.*\})$/.exec(attributes)?.[1];
	return {
		heading,
		line,
		document: readDocument(uri, text, match.dialect, match.scope),
		marks,
		knowledge: described ? readKnowledge(uri, JSON.parse(described) as DescribedKnowledge) : NO_KNOWLEDGE,
	};
}

const MARK_LINE = /^\s*(?:\/\/|#)\s*(\^+) (error|warning|note): (.+)$/;

function readBody(where: string, body: readonly string[]): { text: string; marks: Mark[] } {
	const marks: Mark[] = [];
	let text = '';
	let last: { readonly line: string; readonly start: number } | undefined;
	for (const line of body) {
		const mark = MARK_LINE.exec(line);
		if (!mark) {
			last = { line, start: text.length };
			text += `${expand(line)}\n`;
			continue;
		}
		if (!last) throw new Error(`${where}: a mark needs a line above it`);
		const from = line.indexOf('^');
		const column = (at: number) => expandedColumn(where, last!.line, at);
		const span = { start: last.start + column(from), end: last.start + column(from + mark[1]!.length) };
		marks.push({ span, level: mark[2] as Level, fragment: mark[3]! });
	}
	return { text, marks };
}

/** The column in the expanded line of a column in the line as written. */
function expandedColumn(where: string, line: string, column: number): number {
	const before = line.slice(0, column);
	if (before.lastIndexOf('{{') > before.lastIndexOf('}}'))
		throw new Error(`${where}: a mark cuts a placeholder in two: ${line.trim()}`);
	return expand(before).length;
}

/** Knowledge as a page writes it, with tokens as placeholders and dates as people write them. */
interface DescribedKnowledge {
	readonly now?: string;
	readonly oldAfterDays?: number;
	readonly environment?: readonly string[];
	readonly ages?: Readonly<Record<string, readonly (Omit<AgeEvidence, 'since'> & { readonly since: string })[]>>;
	/** Token to the reference under which it is stored, and the targets (`server env:NAME`) that are bound to it. */
	readonly stored?: Readonly<Record<string, { readonly reference: string; readonly bound?: readonly string[] }>>;
	/** Token to descriptions of the places. */
	readonly elsewhere?: Readonly<Record<string, readonly string[]>>;
	readonly exposure?: Omit<Exposure, 'mode'> & { readonly mode?: string };
	/** JSON pointer of an `envFile` to the tokens in the file that it names. */
	readonly envFiles?: Readonly<Record<string, { readonly displayPath: string; readonly secrets: readonly string[] }>>;
	readonly readBy?: readonly string[];
	/** Token to what its issuer told on that day, or to the day on which it said that the token is not valid. */
	readonly grants?: Readonly<Record<string, DescribedGrant>>;
	/** Token to what the person said that it may do, on that day. */
	readonly declared?: Readonly<Record<string, DeclaredWords & { readonly on: string }>>;
	readonly needs?: NonNullable<Knowledge['needs']>;
}

interface DescribedGrant {
	readonly on: string;
	readonly invalid?: boolean;
	readonly scopes?: readonly string[];
	readonly precision?: Grant['precision'];
	readonly access?: NonNullable<Grant['access']>;
	readonly createdAt?: string;
	readonly expiresAt?: string;
	readonly neverExpires?: boolean;
}

function readKnowledge(uri: string, described: DescribedKnowledge): Knowledge {
	const {
		now,
		oldAfterDays,
		environment,
		ages,
		stored,
		elsewhere,
		exposure,
		envFiles,
		readBy,
		grants,
		declared,
		needs,
	} = described;
	return {
		now: now === undefined ? NO_KNOWLEDGE.now : Date.parse(now),
		oldAfterDays: oldAfterDays ?? NO_KNOWLEDGE.oldAfterDays,
		ages: bySecret(ages, (list) => list.map((age) => ({ ...age, since: Date.parse(age.since) }))),
		stored: bySecret(stored, ({ reference, bound }) => ({
			reference,
			storedAt: 0,
			boundPlaces: (bound ?? []).map((target) => boundTarget(uri, target)),
		})),
		elsewhere: bySecret(elsewhere, (list) =>
			list.map((description) => ({ uri: 'file:///elsewhere', span: { start: 0, end: 0 }, description })),
		),
		...(environment ? { environment: new Set(environment) } : {}),
		...(exposure ? { exposure: readExposure(exposure) } : {}),
		...(envFiles ? { envFiles: new Map(Object.entries(envFiles).map(([at, file]) => [at, readEnvFile(file)])) } : {}),
		...(readBy ? { readBy } : {}),
		...(grants ? { grants: bySecret(grants, readOutcome) } : {}),
		...(declared ? { declared: bySecret(declared, readDeclared) } : {}),
		...(needs ? { needs } : {}),
	};
}

function readDeclared({ on, ...words }: DeclaredWords & { readonly on: string }): Grant {
	const grant = declaredGrant(words, Date.parse(on));
	if ('refused' in grant) throw new Error(grant.refused);
	return grant;
}

function readOutcome({ on, invalid, createdAt, expiresAt, ...told }: DescribedGrant): ProbeOutcome {
	const asOf = Date.parse(on);
	if (invalid) return { state: 'invalid', at: asOf, message: 'The issuer does not know this token.' };
	return {
		state: 'told',
		grant: {
			source: 'issuer',
			precision: 'known',
			scopes: [],
			...told,
			asOf,
			...(createdAt === undefined ? {} : { createdAt: Date.parse(createdAt) }),
			...(expiresAt === undefined ? {} : { expiresAt: Date.parse(expiresAt) }),
		},
	};
}

/** Modes are written as people say them: "644". */
function readExposure({ mode, ...exposure }: NonNullable<DescribedKnowledge['exposure']>): Exposure {
	return { ...exposure, ...(mode === undefined ? {} : { mode: Number.parseInt(mode, 8) }) };
}

function readEnvFile({ displayPath, secrets }: { displayPath: string; secrets: readonly string[] }): EnvFile {
	return {
		uri: 'file:///elsewhere',
		displayPath,
		secrets: secrets.map((label) => ({ span: { start: 0, end: 0 }, label, confidence: 'certain' })),
	};
}

function boundTarget(uri: string, target: string): string {
	const [server, field] = target.split(' ');
	const [position, name] = field!.split(':');
	return placeKey(uri, server!, position!, name!);
}

function bySecret<In, Out>(
	described: Readonly<Record<string, In>> | undefined,
	map: (value: In) => Out,
): Map<string, Out> {
	return new Map(
		Object.entries(described ?? {}).map(([placeholder, value]) => [
			fingerprinter.of(SecretValue.of(expand(placeholder))),
			map(value),
		]),
	);
}
