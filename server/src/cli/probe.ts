import { isPartlyUnread } from '../adapters/acts/around.ts';
import { hasAddressee } from '../adapters/acts/offered.ts';
import { type Agreed, type Memory, performAct, prepareAct } from '../adapters/acts/perform.ts';
import type { Asked } from '../adapters/acts/question.ts';
import { ActRefused, type ActSession } from '../adapters/acts/session.ts';
import type { Way } from '../adapters/acts/way.ts';
import type { ReadOnlyIndex } from '../adapters/state/index.ts';
import { openProbeCache } from '../adapters/state/probe-cache.ts';
import type { ProbeOutcome } from '../core/grants/grant.ts';
import type { CredentialRecord } from '../core/inventory/model.ts';
import { hostOf } from '../core/probes/bases.ts';
import type { IssuerProbe } from '../core/probes/probe.ts';
import { count, plain } from '../core/report/words.ts';
import type { Fingerprint } from '../core/secret-value.ts';
import type { Context } from './context.ts';
import { CommandError, messageOf } from './error.ts';
import { oneOf } from './usage.ts';

/** What is listed here, as it is before anybody is asked. */
export interface Listed {
	readonly session: ActSession;
	readonly index: ReadOnlyIndex | undefined;
	readonly records: readonly CredentialRecord[];
}

/** A token that would be sent, and where. */
interface Question {
	readonly record: CredentialRecord;
	readonly asked: Asked;
	readonly agreed: Agreed;
}

type ProbeWay = Extract<Way, { act: 'probe' }>;

/**
 * `list --probe ISSUER`: asks issuers about their tokens in these configs, in their `.env` files and in the keychain, one after the
 * other, each after a person at the terminal saw which hosts get them. What came of it goes into the cache where there is an index,
 * since without one no fingerprint lasts.
 */
export async function probeIssuers(
	named: readonly string[],
	listed: Listed,
	context: Context,
): Promise<ReadonlyMap<Fingerprint, ProbeOutcome>> {
	const { PROBES } = await import('../adapters/issuers.ts');
	const known = [...new Set(PROBES.map((probe) => probe.issuer))];
	const issuers = new Set(named.map((name) => oneOf(name, known, '--probe')));
	if (!(await context.isInteractive()))
		throw new CommandError('--probe sends tokens to their issuer, so it asks first: run it yourself, in a terminal.');
	const outcomes = new Map<Fingerprint, ProbeOutcome>();
	for (const issuer of issuers) {
		const probe = PROBES.find((one) => one.issuer === issuer)!;
		for (const [id, outcome] of await probeOne({ act: 'probe', probe }, listed, context)) outcomes.set(id, outcome);
	}
	return outcomes;
}

async function probeOne(
	way: ProbeWay,
	listed: Listed,
	context: Context,
): Promise<ReadonlyMap<Fingerprint, ProbeOutcome>> {
	const questions = await questionsFor(way, listed, context);
	if (questions.length === 0) {
		context.err(`No token of ${way.probe.name} that can be asked about is used in these configs.\n`);
		return new Map();
	}
	const answer = await context.ask(`${shown(way.probe, questions)}Send them? Type yes: `);
	if (answer.trim() !== 'yes') {
		context.err('Nothing was sent.\n');
		return new Map();
	}
	return ask(way, questions, listed, context);
}

async function questionsFor(way: ProbeWay, listed: Listed, context: Context): Promise<Question[]> {
	const { wayFor } = await import('../adapters/issuers.ts');
	const records = listed.records.filter(({ kind }) => wayFor('probe', kind)?.probe === way.probe);
	const opens = await mayOpen(way.probe, records, context);
	const questions: Question[] = [];
	for (const record of records) {
		if (!(await hasAddressee(listed.session, record, way))) continue;
		try {
			questions.push(await questionFor(record, way, opens, listed));
		} catch (error) {
			context.err(`mcp-hygiene list: ${plain(record.label)} is not asked about. ${plain(messageOf(error))}\n`);
		}
	}
	return questions;
}

/** Where a stored secret belongs can stand in what is stored, and nowhere else. */
async function mayOpen(
	{ name, isInside }: IssuerProbe,
	records: readonly CredentialRecord[],
	context: Context,
): Promise<boolean> {
	const stored = records.filter(({ storage }) => storage.where === 'keychain');
	if (!isInside || stored.length === 0) return false;
	const question = `Where ${count(stored.length, 'stored secret')} of ${name} would go stands in the keychain only. Read it there, without sending anything yet? Type yes: `;
	return (await context.ask(question)).trim() === 'yes';
}

/** @throws ActRefused, StoreError */
async function questionFor(
	record: CredentialRecord,
	way: ProbeWay,
	opens: boolean,
	{ session, index }: Listed,
): Promise<Question> {
	if (await isPartlyUnread(session, record.places))
		throw new ActRefused(
			'An entry that uses it reads a file of variables that is not there, which could name another host. Ask in the editor, or look at its settings page.',
		);
	const { asked, agreed } = await prepareAct(session, record, way, index, { opens });
	return { record, asked, agreed };
}

/** What holds for all of them is said once, at the end. */
function shown({ name, alsoAsks = [] }: IssuerProbe, questions: readonly Question[]): string {
	const [first] = questions;
	const common = (first?.asked.warnings ?? []).filter((line) =>
		questions.every(({ asked }) => asked.warnings.includes(line)),
	);
	const lines = questions.flatMap(({ record, asked, agreed }) => {
		const [to] = asked.hosts;
		const own = asked.warnings.filter((line) => !common.includes(line)).map((line) => `    ${line}`);
		return [`  ${record.label} in ${placeOf(record, agreed)} to ${to?.host} (${to?.from})`, ...own];
	});
	const also = alsoAsks.length > 0 ? [`  and for details to ${alsoAsks.map(hostOf).join(', ')}`] : [];
	return [`${name} would get:`, ...lines, ...also, ...common].map((line) => `${plain(line)}\n`).join('');
}

function placeOf({ places, storage }: CredentialRecord, { place }: Agreed): string {
	const { displayPath = '', server } = places.find(({ uri }) => uri === place.uri) ?? {};
	if (storage.where === 'config') return displayPath;
	return `the OS keychain for ${server === undefined ? '' : `server ${server} in `}${displayPath}`;
}

async function ask(
	way: ProbeWay,
	questions: readonly Question[],
	{ session, index }: Listed,
	context: Context,
): Promise<ReadonlyMap<Fingerprint, ProbeOutcome>> {
	const cache = openProbeCache(context.stateDir, context.now);
	const outcomes = new Map<Fingerprint, ProbeOutcome>();
	for (const { record, agreed } of questions) {
		const memory: Memory = {
			put: async (_, answer) => {
				outcomes.set(record.id, answer.outcome);
				// What cannot be kept is asked again another day.
				if (index) await cache.put(record.id, answer).catch(() => undefined);
			},
			forget: async () => undefined,
		};
		const tell = (text: string) => context.err(`mcp-hygiene list: ${plain(record.label)}: ${plain(text)}\n`);
		try {
			const { message } = await performAct(session, record, way, agreed, { index, memory });
			if (outcomes.get(record.id)?.state !== 'told') tell(message);
		} catch (error) {
			tell(messageOf(error));
		}
	}
	return outcomes;
}
