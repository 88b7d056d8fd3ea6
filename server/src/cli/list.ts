import { readDeclared } from '../adapters/declared-grants.ts';
import { firstSeen, soughtIn } from '../adapters/git.ts';
import { noteSeen } from '../adapters/seen.ts';
import type { ReadOnlyIndex } from '../adapters/state/index.ts';
import type { AgeEvidence } from '../core/evidence.ts';
import type { Grant, ProbeOutcome } from '../core/grant.ts';
import { agesTold, withAges } from '../core/inventory/grant.ts';
import { inventory } from '../core/inventory/index.ts';
import type { CredentialRecord, InventoryDocument } from '../core/inventory/model.ts';
import { inventoryJson, inventoryText } from '../core/report/inventory.ts';
import { plain } from '../core/report/words.ts';
import { NO_KNOWLEDGE } from '../core/rules/rule.ts';
import { type Fingerprint, Fingerprinter } from '../core/secret-value.ts';
import { type Command, type Context, EXIT } from './context.ts';
import type { EnvFiles } from './env-files.ts';
import { messageOf } from './error.ts';
import { answersOf, inventoryDocument } from './inventory.ts';
import { personalNeeds } from './personal-needs.ts';
import { Progress } from './progress.ts';
import { randomKey } from './random.ts';
import type { Source } from './source.ts';
import { envFilesOf, readSources, SOURCE_OPTIONS } from './sources.ts';
import { readState } from './state.ts';
import { THRESHOLD_OPTIONS, type Thresholds, thresholdsOf } from './thresholds.ts';
import { oneOf, parse } from './usage.ts';

/** `list`: every distinct secret of the configs, with scope, age, expiry, and where it is used and stored. */
export const list: Command = async (args, context) => {
	const { values, positionals } = parse(args, {
		...SOURCE_OPTIONS,
		...THRESHOLD_OPTIONS,
		format: { type: 'string', default: 'text' },
		probe: { type: 'string' },
	});
	const format = oneOf(values.format, ['text', 'json'], '--format');
	const thresholds = thresholdsOf(values);
	const progress = await Progress.start(context);
	const { user, dialect } = values;
	const sources = await readSources({ paths: positionals, user, dialect, staged: false }, context, progress);
	progress.end();
	const envFiles = await envFilesOf(sources.read, context);
	const problems = [...sources.problems, ...(envFiles?.problems ?? [])];
	for (const problem of problems) context.err(`mcp-hygiene list: ${plain(problem)}\n`);
	const read = [...sources.read, ...(envFiles?.read ?? [])];
	const records = await recordsOf(read, envFiles?.users ?? new Map(), { probe: values.probe, thresholds }, context);
	progress.end();
	const texts = new Map(read.map(({ document }) => [document.uri, document.text]));
	context.out(format === 'json' ? inventoryJson(records, texts) : inventoryText(records, texts));
	return problems.length > 0 ? EXIT.failure : EXIT.ok;
};

async function recordsOf(
	sources: readonly Source[],
	users: EnvFiles['users'],
	{ probe, thresholds }: { readonly probe: string | undefined; readonly thresholds: Thresholds },
	context: Context,
): Promise<CredentialRecord[]> {
	const state = await stateOrNote(context);
	const now = context.now();
	const needs = personalNeeds('list', context);
	const declared = state ? readDeclared(context.stateDir) : new Map<Fingerprint, Grant>();
	const fingerprinter = state?.fingerprinter ?? new Fingerprinter(await randomKey(32));
	const documents = sources.map((source) =>
		inventoryDocument(source, { ...NO_KNOWLEDGE, ...thresholds, now, needs, declared }, fingerprinter, users),
	);
	const grants = new Map([
		...answersOf(state, documents, context),
		...(probe === undefined ? [] : await askIssuer(probe, documents, fingerprinter, state !== undefined, context)),
	]);
	const ages = new Map<Fingerprint, AgeEvidence[]>();
	for (const document of documents) await addGitAges(document, ages, context);
	const { silenceOf } = await import('../adapters/issuers.ts');
	return inventory({
		documents,
		items: state?.items ?? [],
		bindings: state?.bindings ?? [],
		ages: agesTold(await seenToo(ages, documents, state, context), grants),
		grants,
		silenceOf,
		declared,
		needs,
		now,
		oldAfterDays: thresholds.oldAfterDays,
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
