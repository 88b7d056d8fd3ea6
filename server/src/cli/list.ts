import { firstSeen, soughtIn } from '../adapters/git/history.ts';
import { readDeclared } from '../adapters/state/declared-grants.ts';
import type { ReadOnlyIndex } from '../adapters/state/index.ts';
import { noteSeen } from '../adapters/state/seen.ts';
import type { AgeEvidence } from '../core/grants/evidence.ts';
import type { Grant } from '../core/grants/grant.ts';
import { agesTold, withAges } from '../core/inventory/grant.ts';
import { inventory } from '../core/inventory/index.ts';
import type { CredentialRecord, InventoryDocument } from '../core/inventory/model.ts';
import { inventoryJson, inventoryText } from '../core/report/inventory.ts';
import { plain } from '../core/report/words.ts';
import { type Knowledge, NO_KNOWLEDGE } from '../core/rules/rule.ts';
import { type Fingerprint, Fingerprinter } from '../core/secret-value.ts';
import { filesOf, sessionOf } from './act-session.ts';
import { type Command, type Context, EXIT } from './context.ts';
import type { EnvFiles } from './env-files.ts';
import { messageOf } from './error.ts';
import { answersOf, inventoryDocument } from './inventory.ts';
import { personalNeeds } from './personal-needs.ts';
import type { Listed } from './probe.ts';
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
		probe: { type: 'string', multiple: true, default: [] },
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
	const records = await recordsOf(read, envFiles ?? NO_ENV_FILES, { probe: values.probe, thresholds }, context);
	progress.end();
	// "No secret found" would be no answer to a path that is not there.
	if (read.length === 0 && problems.length > 0 && format === 'text') return EXIT.failure;
	const texts = new Map(read.map(({ document }) => [document.uri, document.text]));
	context.out(format === 'json' ? inventoryJson(records, texts) : inventoryText(records, texts));
	return problems.length > 0 ? EXIT.failure : EXIT.ok;
};

const NO_ENV_FILES: Pick<EnvFiles, 'users' | 'named'> = { users: new Map(), named: new Map() };

async function recordsOf(
	sources: readonly Source[],
	envFiles: Pick<EnvFiles, 'users' | 'named'>,
	{ probe, thresholds }: { readonly probe: readonly string[]; readonly thresholds: Thresholds },
	context: Context,
): Promise<CredentialRecord[]> {
	const state = await stateOrNote(context);
	if (!state && (await context.showsProgress())) context.err(CODES_CHANGE);
	const needs = personalNeeds('list', context);
	const declared = state ? readDeclared(context.stateDir) : new Map<Fingerprint, Grant>();
	const fingerprinter = state?.fingerprinter ?? new Fingerprinter(await randomKey(32));
	const { silenceOf } = await import('../adapters/issuers.ts');
	const listed = ({ grants, ages }: Learned) => {
		const knowledge = { ...NO_KNOWLEDGE, ...thresholds, now: context.now(), needs, declared, grants, ages };
		const { items = [], bindings = [] } = state ?? {};
		const documents = sources.map((one) => inventoryDocument(one, knowledge, fingerprinter, envFiles.users));
		return { documents, records: inventory({ ...knowledge, documents, items, bindings, silenceOf }) };
	};
	const first = listed({ grants: new Map(), ages: new Map() });
	const grants = new Map(answersOf(state, first.documents, context));
	if (probe.length > 0) {
		const session = await sessionOf(first.documents, filesOf(sources, envFiles), fingerprinter, context);
		for (const [fingerprint, outcome] of await askIssuers(probe, { ...first, session, index: state }, context))
			grants.set(fingerprint, outcome);
	}
	const ages = await agesOf(first.documents, state, context);
	// Once more: what was learned is what rules on scope and age look at.
	return listed({ grants, ages: agesTold(ages, grants) }).records;
}

const CODES_CHANGE =
	'Codes such as #1a2b3c are other ones at each run until you have an index, which is made when something is first stored, declared, revoked or rotated.\n';

type Learned = Required<Pick<Knowledge, 'grants' | 'ages'>>;

async function agesOf(
	documents: readonly InventoryDocument[],
	state: ReadOnlyIndex | undefined,
	context: Context,
): Promise<Knowledge['ages']> {
	const ages = new Map<Fingerprint, AgeEvidence[]>();
	for (const document of documents) await addGitAges(document, ages, context);
	return seenToo(ages, documents, state, context);
}

/** Loaded only when asked for. */
async function askIssuers(issuers: readonly string[], listed: Listed, context: Context) {
	return (await import('./probe.ts')).probeIssuers(issuers, listed, context);
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
		now: context.now(),
	});
	if (history.problem) context.err(`mcp-hygiene list: ${plain(realPath)}: ${history.problem}\n`);
	for (const [fingerprint, age] of history.ages) ages.set(fingerprint, [...(ages.get(fingerprint) ?? []), age]);
}
