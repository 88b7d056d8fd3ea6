// `npm run eval -- FOLDER [--list misses|false-positives|issuers] [--placement NAME]`: how much of a corpus the analysis
// finds, and what it says of the rest. Every record goes into a real config document and through the same calls that the
// language server makes. No token is ever printed whole: four characters and the length at most.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { analyze } from '../server/src/core/analyze.ts';
import { dialectById, dialectForContent } from '../server/src/core/dialects/index.ts';
import type { Finding } from '../server/src/core/finding.ts';
import { allIssuers } from '../server/src/core/issuers/index.ts';
import { secretName } from '../server/src/core/names.ts';
import { readDocument } from '../server/src/core/read.ts';
import { NO_KNOWLEDGE } from '../server/src/core/rules/rule.ts';
import { Fingerprinter } from '../server/src/core/secret-value.ts';

interface Example {
	readonly provider: string;
	readonly rule: string;
	readonly is_secret: boolean;
	readonly secret_class?: string;
	readonly needs_context?: boolean | null;
	readonly synthetic_look?: boolean;
	readonly suspect?: boolean;
	readonly neg_kind?: string;
	readonly text_b64: string;
	readonly token_b64?: string;
}

interface Label {
	readonly kind: string;
	readonly subkind: string;
	readonly pointer: string;
	readonly line: number;
	readonly key: string;
	readonly mechanism: string;
	readonly value_b64: string;
	readonly secret_b64?: string;
}

interface ConfigRecord {
	readonly id: string;
	readonly path: string;
	readonly dialect: string;
	readonly format: string;
	readonly text_b64: string;
	readonly labels: readonly Label[];
}

interface CleanRecord {
	readonly server: string;
	readonly kind: 'arg' | 'env' | 'url' | 'header';
	readonly key: string;
	readonly value: string;
}

interface NameRecord {
	readonly server: string;
	readonly env: string;
	readonly example?: string;
	readonly cls: 'secret' | 'plain';
}

type Entry = Readonly<Record<string, unknown>>;

const { positionals, values: options } = parseArgs({
	allowPositionals: true,
	options: { list: { type: 'string' }, placement: { type: 'string', default: 'env' } },
});
const folder = positionals[0];
if (folder === undefined) throw new Error('Say which folder holds the corpus: npm run eval -- FOLDER');

const SETTINGS = { fingerprinter: new Fingerprinter(new Uint8Array(32)), knowledge: NO_KNOWLEDGE, levels: new Map() };

/** Findings of the rules that report a credential for where it stands; advice about the same credential is not counted. */
const PLACE_RULES =
	/^(?:inlined-credential|reinlined-credential|credential-in-\w+(?:-\w+){0,2}|default-credential|commented-out-credential)$/;

function read<T>(file: string): T[] {
	return readFileSync(join(folder!, file), 'utf8')
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as T);
}

function decode(base64: string | undefined): string {
	return Buffer.from(base64 ?? '', 'base64').toString();
}

function findingsIn(text: string, path = '/w/.vscode/mcp.json', fallback: 'vscode' | 'portable' = 'portable') {
	const dialect = dialectForContent(path, text)?.dialect ?? dialectById(fallback);
	const document = readDocument(`file://${path}`, text, dialect, 'workspace');
	const { findings } = analyze(document, SETTINGS);
	return {
		document,
		findings: findings.filter(({ ruleId, credential }) => credential !== undefined && PLACE_RULES.test(ruleId)),
	};
}

function inServer(name: string, entry: Entry): { readonly text: string; readonly findings: readonly Finding[] } {
	const text = JSON.stringify({ servers: { [name]: entry } }, undefined, '\t');
	return { text, findings: findingsIn(text).findings };
}

const stdio = (rest: Entry): Entry => ({ command: 'npx', args: ['-y', 'some-server'], ...rest });
const remote = (rest: Entry): Entry => ({ type: 'http', url: 'https://mcp.example.com/mcp', ...rest });

/** What a person writes by hand into a query: only what would break the URL is encoded. */
function queryValue(token: string): string {
	return token.replace(/[\s#&%"<>]/g, encodeURIComponent);
}

const PLACEMENTS: Readonly<Record<string, (token: string, provider: string) => Entry>> = {
	env: (token, provider) => stdio({ env: { [`${envWord(provider)}_API_KEY`]: token } }),
	neutral: (token) => stdio({ env: { SETTING_1: token } }),
	header: (token) => remote({ headers: { Authorization: `Bearer ${token}` } }),
	'--token=': (token) => stdio({ args: ['-y', 'some-server', `--token=${token}`] }),
	'--api-key': (token) => stdio({ args: ['-y', 'some-server', '--api-key', token] }),
	url: (token) => remote({ url: `https://mcp.example.com/mcp?api_key=${queryValue(token)}` }),
};

function envWord(provider: string): string {
	return provider.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}

type Level = Finding['level'];

interface Outcome {
	readonly example: Example;
	readonly token: string;
	readonly level?: Level;
	readonly exact: boolean;
	readonly issuers: readonly string[];
}

function outcomeOf(example: Example, placement: string): Outcome {
	const token = decode(example.token_b64);
	const { findings } = inServer('demo', PLACEMENTS[placement]!(token, example.provider));
	const wanted = placement === 'url' ? queryValue(token) : token;
	const secrets = findings.map(({ credential }) => credential!.secret.reveal());
	const level = (['error', 'warning', 'note'] as const).find((one) =>
		findings.some((finding) => finding.level === one),
	);
	return {
		example,
		token,
		...(level ? { level } : {}),
		exact: secrets.includes(wanted),
		issuers: [...new Set(findings.map(({ credential }) => credential!.classification.issuer))],
	};
}

/**
 * A second, stricter reading of "realistic", made here and not by the analysis itself: no word, name or address that a
 * scanner's test calls a secret, and no value that consists of runs of neighbours (`abcd1234efgh`) for the most part.
 */
function isPlausible(token: string): boolean {
	const body = token.replace(/[^A-Za-z0-9]/g, '');
	if (body.length < 8 || !/[0-9]/.test(body)) return false;
	if (/^[a-z0-9.-]+\.[a-z]{2,4}\/?$/i.test(token) || /^https?:\/\/[a-z0-9.-]+\/?$/i.test(token)) return false;
	if (/(.{4,12})\1{2}/.test(body.toLowerCase())) return false;
	let inRuns = 0;
	let run = 1;
	for (let i = 1; i <= body.length; i++) {
		const step =
			i < body.length ? Math.abs(body.toLowerCase().charCodeAt(i) - body.toLowerCase().charCodeAt(i - 1)) : 9;
		if (step === 1) run++;
		else {
			if (run >= 3) inRuns += run;
			run = 1;
		}
	}
	return inRuns < body.length / 2;
}

function percent(part: number, whole: number): string {
	return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} % (${part}/${whole})`;
}

/** Never more of a token than this. */
function masked(token: string): string {
	return `${JSON.stringify(token.slice(0, 4)).slice(1, -1)}.. (${token.length})`;
}

function loud(level: Level | undefined): boolean {
	return level === 'error' || level === 'warning';
}

function rate<T>(items: readonly T[], test: (item: T) => boolean): string {
	return percent(items.filter(test).length, items.length);
}

const examples = read<Example>('token-examples.jsonl');
/** Whole command lines are no value of a config; what the corpus calls an identifier or a hash is no secret. */
const positives = examples.filter(
	(one) => one.is_secret && one.secret_class === 'secret' && !/^curl-|-curl$/.test(`${one.rule} ${one.provider}`),
);
const realistic = (one: { readonly example: Example }) => one.example.synthetic_look !== true;
/** What the corpus' makers leave out of their own figures too: labels in doubt, and "generic", which names no issuer. */
const undisputed = ({ example }: { readonly example: Example }) =>
	example.suspect !== true && !example.provider.startsWith('generic');

function printRecall(): void {
	console.log(`Token examples: ${positives.length} secrets, one config each`);
	for (const placement of Object.keys(PLACEMENTS)) {
		const all = positives.map((example) => outcomeOf(example, placement));
		console.log(`  ${placement.padEnd(10)} whole corpus: ${recallOf(all)}`);
		console.log(`  ${' '.repeat(10)} without labels in doubt or generic: ${recallOf(all.filter(undisputed))}`);
		const found = all.filter(realistic).filter(({ level }) => level);
		console.log(
			`  ${' '.repeat(10)} of found: exact span ${rate(found, (one) => one.exact)} | issuer ${rate(found, isNamedRight)}`,
		);
		if (placement !== options.placement) continue;
		if (options.list === 'misses') listMisses(placement === 'neutral' ? all.filter(identifiesItself) : all);
		if (options.list === 'issuers') listIssuers(all);
	}
}

function recallOf(all: readonly Outcome[]): string {
	const real = all.filter(realistic);
	const self = real.filter(identifiesItself);
	const strict = ({ token }: Outcome) => isPlausible(token);
	const isLoud = (one: Outcome) => loud(one.level);
	const isFound = (one: Outcome) => one.level !== undefined;
	return [
		`realistic, warning or error ${rate(real, isLoud)}`,
		`not typed or words either ${rate(real.filter(strict), isLoud)}`,
		`any level ${rate(real, isFound)}`,
		`all, any level ${rate(all, isFound)}`,
		`self-identifying, any level ${rate(self, isFound)}`,
		`not typed or words either ${rate(self.filter(strict), isFound)}`,
	].join(' | ');
}

function identifiesItself({ example }: Outcome): boolean {
	return !example.needs_context && example.synthetic_look !== true;
}

function listMisses(outcomes: readonly Outcome[]): void {
	for (const { example, token, level } of outcomes) {
		if (loud(level)) continue;
		const kind = `${realistic({ example }) ? 'realistic' : 'synthetic'}${isPlausible(token) ? '' : ', typed or words'}`;
		console.log(`    ${(level ?? 'missed').padEnd(7)} ${example.provider} (${kind}) ${masked(token)}`);
	}
}

function listIssuers(outcomes: readonly Outcome[]): void {
	for (const outcome of outcomes) {
		if (!outcome.level || !isNameable(outcome.example) || isNamedRight(outcome)) continue;
		console.log(`    ${outcome.example.provider} -> ${outcome.issuers.join(', ')} ${masked(outcome.token)}`);
	}
}

/** Labels of other scanners that name no issuer. */
function isNameable({ provider }: Example): boolean {
	return !/^(?:generic|odbc|psexec|react|django|privkey|filezilla|wireguard)/.test(provider);
}

/** The corpus names issuers in its own way: compared are letters and digits, with the issuer's other names. */
const NAMES = new Map(
	allIssuers().map((issuer) => {
		const words = [issuer.id, issuer.name, ...(issuer.aliases ?? [])];
		return [issuer.id, new Set(words.map((word) => word.toLowerCase().replace(/[^a-z0-9]/g, '')))];
	}),
);

function isNamedRight({ example, issuers }: Outcome): boolean {
	const provider = example.provider.toLowerCase().replace(/[^a-z0-9]/g, '');
	const short = provider.replace(/(?:url|io|v\d|token|cloud|secretkey)$/, '');
	return issuers.some((issuer) => {
		const names = NAMES.get(issuer);
		return names !== undefined && (names.has(provider) || names.has(short));
	});
}

function printIssuers(): void {
	const nameable = positives.filter(isNameable).map((example) => outcomeOf(example, 'env'));
	const found = nameable.filter(({ level }) => level);
	console.log(
		`Issuer named right, env: of found ${rate(found, isNamedRight)}, realistic ${rate(found.filter(realistic), isNamedRight)}`,
	);
}

function printNegatives(): void {
	const bare = examples.filter((one) => !one.is_secret || one.secret_class !== 'secret');
	const results = bare
		.map((example) => ({ example, text: decode(example.text_b64) }))
		.filter(({ text }) => text.length <= 300)
		.map((one) => ({ ...one, findings: inServer('demo', stdio({ env: { SETTING_1: one.text } })).findings }));
	console.log(
		`Lookalikes, placeholders and ids of other scanners, bare: warning or error ${rate(results, ({ findings }) => findings.some((one) => loud(one.level)))}`,
	);
	if (options.list !== 'false-positives') return;
	for (const { example, text, findings } of results) {
		if (findings.some(({ level }) => loud(level))) {
			console.log(
				`    ${example.neg_kind ?? example.secret_class} ${example.provider} ${kinds(findings)} ${masked(text)}`,
			);
		}
	}
}

function kinds(findings: readonly Finding[]): string {
	return findings.map(({ credential, level }) => `${credential!.classification.kind.id}:${level}`).join(' ');
}

const CLEAN: Readonly<Record<CleanRecord['kind'], (one: CleanRecord) => Entry>> = {
	arg: ({ value }) => stdio({ args: [value] }),
	env: ({ key, value }) => stdio({ env: { [key]: value } }),
	header: ({ key, value }) => remote({ headers: { [key]: value } }),
	url: ({ value }) => ({ type: 'http', url: value }),
};

function printClean(): void {
	const clean = read<CleanRecord>('clean-values.jsonl').map((one) => ({
		what: `${one.server} ${one.key}`,
		value: one.value,
		...inServer(one.server, CLEAN[one.kind](one)),
	}));
	const registry = read<NameRecord>('env-names.jsonl').map((one) => ({
		what: `${one.server} ${one.env}`,
		value: one.example ?? '',
		...inServer(one.server, stdio({ env: { [one.env]: one.example ?? '' } })),
	}));
	for (const [title, rows] of [
		['Clean README values', clean],
		['Registry examples', registry],
	] as const) {
		console.log(
			`${title}: warning or error ${rate(rows, ({ findings }) => findings.some((one) => loud(one.level)))}, any level ${rate(rows, ({ findings }) => findings.length > 0)}`,
		);
		if (options.list !== 'false-positives') continue;
		for (const { what, value, findings } of rows) {
			if (findings.length > 0) console.log(`    ${what} ${kinds(findings)} ${masked(value)}`);
		}
	}
}

function printNames(): void {
	const rows = read<NameRecord>('env-names.jsonl').map((one) => ({ ...one, says: secretName(one.env) === 'secret' }));
	const secret = rows.filter(({ cls }) => cls === 'secret');
	const plain = rows.filter(({ cls }) => cls === 'plain');
	console.log(
		`Env names: secret ones seen ${rate(secret, ({ says }) => says)}, plain ones taken for secret ${rate(plain, ({ says }) => says)}`,
	);
	if (options.list !== undefined) {
		for (const { env, cls, says } of rows) if ((cls === 'secret') !== says) console.log(`    ${cls} ${env}`);
	}
}

function printConfigs(): void {
	const records = read<ConfigRecord>('real-configs.jsonl');
	let unread = 0;
	let loudWrong = 0;
	let quietWrong = 0;
	const secrets: { readonly found: Level | undefined; readonly text: string }[] = [];
	const defaults: { readonly found: Level | undefined; readonly text: string }[] = [];
	const wrong: string[] = [];
	for (const record of records) {
		const fallback = record.dialect.includes('vscode') ? 'vscode' : 'portable';
		const path = record.path.startsWith('README') ? `/w/mcp-config.${record.format}` : `/w/${record.path}`;
		const { document, findings } = findingsIn(decode(record.text_b64), path, fallback);
		if (document.servers.length === 0) unread++;
		const matched = new Set<Finding>();
		for (const label of record.labels) {
			const wanted = decode(label.secret_b64 ?? label.value_b64);
			const hits = findings.filter(({ credential }) => {
				const have = credential!.secret.reveal();
				return have.includes(wanted) || wanted.includes(have);
			});
			const level = (['error', 'warning', 'note'] as const).find((one) => hits.some((hit) => hit.level === one));
			const text = `${record.id} ${record.dialect} ${label.mechanism} ${label.key} ${masked(wanted)}`;
			if (label.kind === 'real_secret') secrets.push({ found: level, text });
			if (label.kind === 'default_credential') defaults.push({ found: level, text });
			if (label.kind === 'real_secret' || label.kind === 'default_credential') for (const hit of hits) matched.add(hit);
		}
		for (const finding of findings) {
			if (matched.has(finding)) continue;
			if (loud(finding.level)) loudWrong++;
			else quietWrong++;
			wrong.push(
				`${record.id} ${record.dialect} ${finding.credential!.part.name ?? ''} ${kinds([finding])} ${masked(finding.credential!.secret.reveal())}`,
			);
		}
	}
	console.log(
		`Real configs: ${records.length} files, ${unread} without a server that was read. Labelled secrets found at warning or error ${rate(secrets, ({ found }) => loud(found))}, any level ${rate(secrets, ({ found }) => found !== undefined)}; default credentials, any level ${rate(defaults, ({ found }) => found !== undefined)}`,
	);
	console.log(
		`  flagged though not labelled secret: ${loudWrong} at warning or error, ${quietWrong} notes: ${((100 * loudWrong) / records.length).toFixed(1)} per 100 files`,
	);
	if (options.list === 'misses') {
		for (const { found, text } of [...secrets, ...defaults])
			if (!loud(found)) console.log(`    ${found ?? 'missed'} ${text}`);
	}
	if (options.list === 'false-positives') for (const text of wrong) console.log(`    ${text}`);
}

printRecall();
printIssuers();
printClean();
printNegatives();
printNames();
printConfigs();
