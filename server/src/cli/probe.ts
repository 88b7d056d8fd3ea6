import type { TokenInHand } from '../adapters/issuer-http/index.ts';
import { npmRegistry } from '../adapters/issuer-http/npm-registry.ts';
import { openProbeCache } from '../adapters/probe-cache.ts';
import { routeOf } from '../adapters/route.ts';
import { readPersonalConfig } from '../adapters/state/config.ts';
import { envFilesOf } from '../core/entries/env-files.ts';
import type { Credential } from '../core/finding.ts';
import type { ProbeOutcome } from '../core/grant.ts';
import type { InventoryDocument } from '../core/inventory/model.ts';
import { type Base, hostOf } from '../core/probes/bases.ts';
import type { IssuerProbe } from '../core/probes/probe.ts';
import { type Surroundings, surroundingsOf, withInside } from '../core/probes/surroundings.ts';
import { whereToAsk } from '../core/probes/where.ts';
import { plain } from '../core/report/words.ts';
import { type Fingerprint, type Fingerprinter, SecretValue } from '../core/secret-value.ts';
import type { Context } from './context.ts';
import { CommandError } from './error.ts';
import { oneOf } from './usage.ts';

/** A token that would be sent, and where. */
interface Question {
	readonly credential: Credential;
	readonly path: string;
	readonly base: Base;
	readonly hand: TokenInHand;
}

/**
 * `list --probe ISSUER`: asks one issuer about its tokens that stand in these configs, after a person at the terminal saw which
 * hosts get them. What came of it goes into the cache where there is an index, since without one no fingerprint lasts.
 */
export async function probeIssuer(
	named: string,
	documents: readonly InventoryDocument[],
	state: { readonly fingerprinter: Fingerprinter; readonly isKept: boolean },
	context: Context,
): Promise<ReadonlyMap<Fingerprint, ProbeOutcome>> {
	const { PROBES } = await import('../adapters/issuers.ts');
	const issuer = oneOf(named, [...new Set(PROBES.map((probe) => probe.issuer))], '--probe');
	if (!(await context.isInteractive()))
		throw new CommandError('--probe sends tokens to their issuer, so it asks first: run it yourself, in a terminal.');
	const probe = PROBES.find((one) => one.issuer === issuer)!;
	const questions = await questionsFor(probe, documents, context);
	if (questions.length === 0) {
		context.err(`No token of ${probe.name} that can be asked about stands in these configs.\n`);
		return new Map();
	}
	const answer = await context.ask(`${shown(probe, questions)}Send them? Type yes: `);
	if (answer.trim() !== 'yes') {
		context.err('Nothing was sent.\n');
		return new Map();
	}
	return ask(probe, questions, state, context);
}

async function questionsFor(
	probe: IssuerProbe,
	documents: readonly InventoryDocument[],
	context: Context,
): Promise<Question[]> {
	const { probeFor } = await import('../adapters/issuers.ts');
	const npm = probe.issuer === 'npm' ? await npmRegistry({ ...context.env }) : undefined;
	const uses = documents
		.flatMap((source) => source.analysis.credentials.map((credential) => useOf(source, credential, npm)))
		.filter(({ credential }) => probeFor(credential.classification.kind.id) === probe);
	return [...Map.groupBy(uses, ({ credential }) => credential.fingerprint).values()].flatMap((all): Question[] => {
		const { credential } = all[0]!;
		const kind = credential.classification.kind.id;
		const where = all.some(({ isReadable }) => !isReadable) ? undefined : whereToAsk(probe, kind, all);
		if (!where) {
			context.err(`mcp-hygiene list: ${plain(credential.label)} is not asked about. ${probe.noBase ?? NO_HOST}\n`);
			return [];
		}
		const { use, base } = where;
		const companions = companionsOf(probe, use.around);
		const hand = { kind, secret: credential.secret, around: use.around, base: base.url, companions };
		return [{ credential, path: use.path, base, hand }];
	});
}

const NO_HOST = 'Nothing here says which host it is for. Ask in the editor, or look at its settings page.';

interface Use {
	readonly credential: Credential;
	readonly path: string;
	readonly around: Surroundings;
	/** Everything that could name the issuer's host is in view. */
	readonly isReadable: boolean;
}

function useOf({ document, displayPath }: InventoryDocument, credential: Credential, npm: string | undefined): Use {
	const { server, part } = credential;
	const around = withInside(surroundingsOf(server, document.variables), credential);
	const isReadable = server
		? !envFilesOf(document).some((file) => file.server === server)
		: document.dialect.id !== 'dotenv' && document.variables.some(({ pointer }) => pointer === part.pointer);
	return {
		credential,
		path: displayPath,
		around: npm === undefined ? around : { ...around, npmRegistry: npm },
		isReadable,
	};
}

/** Those that are written out; a stored one is read for its own server only. */
function companionsOf({ companions = [] }: IssuerProbe, { env }: Surroundings): ReadonlyMap<string, SecretValue> {
	return new Map(
		companions.flatMap((name) => {
			const value = env.get(name);
			return value === undefined ? [] : [[name, SecretValue.of(value)]];
		}),
	);
}

function shown({ name, alsoAsks = [] }: IssuerProbe, questions: readonly Question[]): string {
	const lines = questions.flatMap(({ credential, path, base: { url, from, warning } }) => {
		const said = from === 'issuer' ? 'its own address' : `named by ${from.name} in the entry`;
		return [`  ${credential.label} in ${path} to ${hostOf(url)} (${said})`, ...(warning ? [`    ${warning}`] : [])];
	});
	const also = alsoAsks.length > 0 ? [`  and for details to ${alsoAsks.map(hostOf).join(', ')}`] : [];
	return `${name} would get:\n${[...lines, ...also].map((line) => `${plain(line)}\n`).join('')}`;
}

async function ask(
	probe: IssuerProbe,
	questions: readonly Question[],
	{ fingerprinter, isKept }: { readonly fingerprinter: Fingerprinter; readonly isKept: boolean },
	context: Context,
): Promise<ReadonlyMap<Fingerprint, ProbeOutcome>> {
	const { Consent, issuerHttp } = await import('../adapters/issuers.ts');
	const http = issuerHttp({
		fingerprinter,
		network: routeOf(readPersonalConfig(context.stateDir)),
		now: context.now,
	});
	const consent = Consent.given(
		{
			act: 'probe',
			issuer: probe.issuer,
			fingerprints: questions.map(({ credential }) => credential.fingerprint),
			bases: [...new Set(questions.map(({ base }) => base.url))],
			at: context.now(),
		},
		{ trusted: true },
	);
	const cache = openProbeCache(context.stateDir, context.now);
	const outcomes = new Map<Fingerprint, ProbeOutcome>();
	for (const { credential, base, hand } of questions) {
		const outcome = await http.probe(consent, probe, hand);
		outcomes.set(credential.fingerprint, outcome);
		if (outcome.state !== 'told') context.err(`mcp-hygiene list: ${plain(credential.label)}: ${outcome.message}\n`);
		// What cannot be kept is asked again another day.
		if (isKept) await cache.put(credential.fingerprint, { outcome, base: base.url }).catch(() => undefined);
	}
	return outcomes;
}
