import { realpathSync } from 'node:fs';
import { readDeclared } from '../adapters/declared-grants.ts';
import { firstSeen, soughtIn } from '../adapters/git.ts';
import { openProbeCache } from '../adapters/probe-cache.ts';
import { noteSeen } from '../adapters/seen.ts';
import type { ReadOnlyIndex } from '../adapters/state/index.ts';
import { analyze } from '../core/analyze.ts';
import type { AgeEvidence } from '../core/evidence.ts';
import type { Grant, ProbeOutcome } from '../core/grant.ts';
import { type CredentialRecord, type InventoryDocument, inventory } from '../core/inventory.ts';
import { agesTold, withAges } from '../core/inventory-grant.ts';
import { inventoryJson, inventoryText } from '../core/report/inventory.ts';
import { plain } from '../core/report/words.ts';
import { NO_KNOWLEDGE } from '../core/rules/rule.ts';
import { type Fingerprint, Fingerprinter } from '../core/secret-value.ts';
import { type Command, type Context, EXIT } from './context.ts';
import { messageOf } from './error.ts';
import { personalNeeds } from './personal-needs.ts';
import { Progress } from './progress.ts';
import { randomKey } from './random.ts';
import type { Source } from './source.ts';
import { readSources, SOURCE_OPTIONS } from './sources.ts';
import { readState } from './state.ts';
import { oneOf, parse } from './usage.ts';

const OLD_AFTER_DAYS = 90;

/** `list`: every distinct secret of the configs, with scope, age, expiry, and where it is used and stored. */
export const list: Command = async (args, context) => {
	const { values, positionals } = parse(args, {
		...SOURCE_OPTIONS,
		format: { type: 'string', default: 'text' },
		probe: { type: 'string' },
	});
	const format = oneOf(values.format, ['text', 'json'], '--format');
	const progress = await Progress.start(context);
	const { user, dialect } = values;
	const sources = await readSources({ paths: positionals, user, dialect, staged: false }, context, progress);
	progress.end();
	for (const problem of sources.problems) context.err(`mcp-hygiene list: ${plain(problem)}\n`);
	const records = await recordsOf(sources.read, values.probe, context);
	progress.end();
	const texts = new Map(sources.read.map(({ document }) => [document.uri, document.text]));
	context.out(format === 'json' ? inventoryJson(records, texts) : inventoryText(records, texts));
	return sources.problems.length > 0 ? EXIT.failure : EXIT.ok;
};

async function recordsOf(
	sources: readonly Source[],
	probe: string | undefined,
	context: Context,
): Promise<CredentialRecord[]> {
	const state = await stateOrNote(context);
	const now = context.now();
	const needs = personalNeeds('list', context);
	const declared = state ? readDeclared(context.stateDir) : new Map<Fingerprint, Grant>();
	const fingerprinter = state?.fingerprinter ?? new Fingerprinter(await randomKey(32));
	const documents = sources.map((source) => ({
		document: source.document,
		displayPath: source.path,
		...(source.file === undefined ? {} : { realPath: realpathSync(source.file) }),
		analysis: analyze(source.document, {
			fingerprinter,
			levels: new Map(),
			knowledge: { ...NO_KNOWLEDGE, now, oldAfterDays: OLD_AFTER_DAYS, needs, declared },
		}),
	}));
	const grants = new Map([
		...cachedAnswers(state, documents, context),
		...(probe === undefined ? [] : await askIssuer(probe, documents, fingerprinter, state !== undefined, context)),
	]);
	const ages = new Map<Fingerprint, AgeEvidence[]>();
	for (const document of documents) await addGitAges(document, ages, context);
	return inventory({
		documents,
		items: state?.items ?? [],
		bindings: state?.bindings ?? [],
		ages: agesTold(await seenToo(ages, documents, state, context), grants),
		grants,
		declared,
		needs,
		now,
		oldAfterDays: OLD_AFTER_DAYS,
	});
}

/** Only with the person's own key a fingerprint means the same tomorrow. */
async function seenToo(
	ages: ReadonlyMap<Fingerprint, readonly AgeEvidence[]>,
	documents: readonly InventoryDocument[],
	state: ReadOnlyIndex | undefined,
	{ stateDir, now }: Context,
): Promise<ReadonlyMap<Fingerprint, readonly AgeEvidence[]>> {
	if (!state) return ages;
	const here = new Set(documents.flatMap(({ analysis }) => analysis.credentials.map((one) => one.fingerprint)));
	return withAges(ages, await noteSeen(stateDir, [...here], now()));
}

/** What issuers told before. Only fingerprints under the person's own key are comparable. */
function cachedAnswers(
	state: ReadOnlyIndex | undefined,
	documents: readonly InventoryDocument[],
	context: Context,
): [Fingerprint, ProbeOutcome][] {
	if (!state) return [];
	const cache = openProbeCache(context.stateDir, context.now);
	const written = documents.flatMap(({ analysis }) => analysis.credentials);
	return [...written, ...state.items].flatMap(({ fingerprint }): [Fingerprint, ProbeOutcome][] => {
		const known = cache.get(fingerprint);
		return known ? [[fingerprint, known.outcome]] : [];
	});
}

/** Loaded only when asked for: it carries every probe and the way to the network. */
async function askIssuer(
	issuer: string,
	documents: readonly InventoryDocument[],
	fingerprinter: Fingerprinter,
	isKept: boolean,
	context: Context,
): Promise<ReadonlyMap<Fingerprint, ProbeOutcome>> {
	return (await import('./probe.ts')).probeIssuer(issuer, documents, { fingerprinter, isKept }, context);
}

/** The list is worth having without the index: a locked keychain costs it what is stored, and says so. */
async function stateOrNote(context: Context): Promise<ReadOnlyIndex | undefined> {
	try {
		return await readState(context);
	} catch (error) {
		context.err(`mcp-hygiene list: stored secrets are left out. ${messageOf(error)}\n`);
		return undefined;
	}
}

async function addGitAges(
	{ document, analysis, realPath }: InventoryDocument,
	ages: Map<Fingerprint, AgeEvidence[]>,
	context: Context,
): Promise<void> {
	if (realPath === undefined || analysis.credentials.length === 0) return;
	const history = await firstSeen(realPath, soughtIn(document, analysis.credentials), {
		searchPath: context.env.PATH ?? '',
	});
	if (history.problem) context.err(`mcp-hygiene list: ${plain(realPath)}: ${history.problem}\n`);
	for (const [fingerprint, age] of history.ages) ages.set(fingerprint, [...(ages.get(fingerprint) ?? []), age]);
}
