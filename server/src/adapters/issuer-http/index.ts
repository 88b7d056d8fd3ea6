import type { ProbeOutcome } from '../../core/grants/grant.ts';
import { refused, unknown } from '../../core/probes/acts.ts';
import { malformed, untold } from '../../core/probes/answers.ts';
import { hostOf } from '../../core/probes/bases.ts';
import {
	type ActOutcome,
	type ActRequest,
	type DatabaseQuestion,
	type IssuerProbe,
	type Missing,
	MOST_REQUESTS,
	type ProbeContext,
	type ProbeRequest,
	type ProbeResponse,
	type RevokeAct,
	type RotateAct,
	type RotateOutcome,
} from '../../core/probes/probe.ts';
import type { Surroundings } from '../../core/probes/surroundings.ts';
import type { Fingerprinter, SecretValue } from '../../core/secret-value.ts';
import { compose, type Secrets, Unsendable } from './compose.ts';
import { type Answer, type Consent, ConsentError } from './consent.ts';
import { askDatabase } from './database.ts';
import { NETWORK, type Network, type Reply, type SendFailure, send } from './send.ts';

export { type Answer, Consent, ConsentError } from './consent.ts';

/** A token that a person asked about, with what the request needs. */
export interface TokenInHand {
	readonly kind: string;
	readonly secret: SecretValue;
	readonly around: Surroundings;
	/** One of the probe's bases for these surroundings: the one that was shown. */
	readonly base: string;
	/** By name of the variable; those that the probe lists. */
	readonly companions?: ReadonlyMap<string, SecretValue>;
	/**
	 * For a secret from a store: the bases of the entry as it was when the person approved its binding. A base that a config
	 * names later gets no stored secret. Absent = the secret stands in the config itself.
	 */
	readonly boundBases?: readonly string[];
}

export interface IssuerHttp {
	/** @throws ConsentError */
	probe(consent: Consent, probe: IssuerProbe, token: TokenInHand): Promise<ProbeOutcome>;
	/** @throws ConsentError */
	revoke(
		consent: Consent,
		act: { readonly probe: IssuerProbe; readonly revoke: RevokeAct },
		token: TokenInHand,
	): Promise<ActOutcome>;
	/** `expiresOn`: ISO date wished for the new value. @throws ConsentError */
	rotate(
		consent: Consent,
		act: { readonly probe: IssuerProbe; readonly rotate: RotateAct },
		token: TokenInHand,
		expiresOn?: string,
	): Promise<RotateOutcome>;
}

export interface IssuerHttpOptions {
	/** The same as the consents' fingerprints were made with. */
	readonly fingerprinter: Fingerprinter;
	readonly network?: Partial<Network>;
	/** Epoch milliseconds. */
	readonly now?: () => number;
	/** For tests: where a request goes in truth. */
	readonly reroute?: (url: URL) => URL;
}

/** The only way to an issuer. Every call needs a person's {@link Consent} for this issuer, this token and this address. */
export function issuerHttp({
	fingerprinter,
	network,
	now = Date.now,
	reroute = (url) => url,
}: IssuerHttpOptions): IssuerHttp {
	const limits: Network = { ...NETWORK, ...network };

	function begin(act: Answer['act'], consent: Consent, probe: IssuerProbe, token: TokenInHand) {
		const { kind, around, base, secret, companions = new Map<string, SecretValue>() } = token;
		if (!probe.bases(kind, around).some(({ url }) => url === base) || token.boundBases?.includes(base) === false)
			throw new ConsentError('This address is not one that the issuer, the entry or its approval names.');
		consent.take(act, probe.issuer, fingerprinter.of(secret), base, now());
		const context: ProbeContext = {
			kind,
			base,
			around,
			companions: new Set(companions.keys()),
			now: now(),
			isToken: (text, companion) => (companion === undefined ? secret : companions.get(companion))?.reveal() === text,
		};
		const secrets: Secrets = { token: secret, companions };
		return {
			context,
			ask: async (request: Question): Promise<Reply> => {
				if ('statement' in request) {
					if (request.base !== base) throw new ConsentError(ELSEWHERE);
					return askDatabase(request, secret, limits);
				}
				const url = reroute(addressOf(request, base, probe));
				return send(compose(request, url, secrets, now()), limits);
			},
		};
	}

	return {
		async probe(consent, probe, token) {
			const { context, ask } = begin('probe', consent, probe, token);
			return withoutSecret(
				probe,
				token,
				context,
				await unsendable(() => runProbe(probe, context, ask), context, untoldLine),
			);
		},
		async revoke(consent, { probe, revoke }, token) {
			const { context, ask } = begin('revoke', consent, probe, token);
			return unsendable(() => runRevoke(probe, revoke, context, ask), context, refused);
		},
		async rotate(consent, { probe, rotate }, token, expiresOn) {
			const { context, ask } = begin('rotate', consent, probe, token);
			return unsendable(() => runRotate(probe, rotate, context, ask, expiresOn), context, refused);
		},
	};
}

type Question = ProbeRequest | DatabaseQuestion | ActRequest;
type Ask = (request: Question) => Promise<Reply>;

async function runProbe(probe: IssuerProbe, context: ProbeContext, ask: Ask): Promise<ProbeOutcome> {
	const answers: ProbeResponse[] = [];
	let request: ProbeRequest | DatabaseQuestion | Missing | undefined = probe.request(context);
	while (request && answers.length < MOST_REQUESTS) {
		if ('missing' in request) return untold('not-told', context, request.missing);
		const reply = await ask(request);
		// A further question is an extra: without its answer, the earlier ones still count.
		if ('failure' in reply) {
			if (answers.length === 0) return failedProbe(probe.name, request.base, reply.failure, context);
			break;
		}
		answers.push(reply.response);
		request = probe.next?.(answers, context);
	}
	const last = answers.at(-1);
	return last ? probe.read(last, context, answers.slice(0, -1)) : malformed(probe.name, context);
}

async function runRevoke(probe: IssuerProbe, revoke: RevokeAct, context: ProbeContext, ask: Ask): Promise<ActOutcome> {
	const question = revoke.before?.(context);
	if (question && 'missing' in question) return refused(context, question.missing);
	const before = question && (await ask(question));
	if (before && 'failure' in before)
		return refused(context, `${failureLine(probe.name, question.base, before.failure)} Nothing was revoked.`);
	const request = revoke.request(context, before?.response);
	if ('missing' in request) return refused(context, request.missing);
	const reply = await ask(request);
	return 'failure' in reply
		? failedAct(probe.name, request.base, reply.failure, context)
		: revoke.read(reply.response, context);
}

async function runRotate(
	probe: IssuerProbe,
	rotate: RotateAct,
	context: ProbeContext,
	ask: Ask,
	expiresOn: string | undefined,
): Promise<RotateOutcome> {
	const request = rotate.request(context, expiresOn);
	if ('missing' in request) return refused(context, request.missing);
	const reply = await ask(request);
	return 'failure' in reply
		? failedAct(probe.name, request.base, reply.failure, context)
		: rotate.read(reply.response, context);
}

const ELSEWHERE = 'This address was not part of the question.';

/** Only the base that was agreed to, or a fixed origin that the probe lists. */
function addressOf({ base, path }: ProbeRequest | ActRequest, agreed: string, { alsoAsks = [] }: IssuerProbe): URL {
	const url = new URL(base + path);
	const origins = [agreed, ...alsoAsks].map((allowed) => new URL(allowed).origin);
	if (!origins.includes(url.origin) || !path.startsWith('/')) throw new ConsentError(ELSEWHERE);
	return url;
}

/** An issuer that echoes the token would carry it into the panel and the cache. */
function withoutSecret(
	probe: IssuerProbe,
	{ secret, companions }: TokenInHand,
	context: ProbeContext,
	outcome: ProbeOutcome,
): ProbeOutcome {
	const said = JSON.stringify(outcome);
	// Ids (of a client, of an access key) are no secrets, and issuers name them in their answers.
	const others = [...(companions ?? [])].filter(([name]) => !name.endsWith('_ID')).map(([, value]) => value);
	const values = [secret, ...others].map((value) => value.reveal());
	const isEchoed = values.some((value) => value.length >= 8 && said.includes(JSON.stringify(value).slice(1, -1)));
	return isEchoed ? malformed(probe.name, context) : outcome;
}

async function unsendable<T>(
	work: () => Promise<T>,
	context: ProbeContext,
	outcome: (context: ProbeContext, message: string) => T,
): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof Unsendable) return outcome(context, error.message);
		throw error;
	}
}

function untoldLine(context: ProbeContext, message: string): ProbeOutcome {
	return untold('not-told', context, message);
}

function failedProbe(name: string, base: string, failure: SendFailure, context: ProbeContext): ProbeOutcome {
	const state =
		failure === 'redirected'
			? 'redirected'
			: failure === 'huge' || failure === 'wrong-type'
				? 'malformed'
				: 'unavailable';
	return untold(state, context, failureLine(name, base, failure));
}

function failedAct(
	name: string,
	base: string,
	failure: SendFailure,
	context: ProbeContext,
): ActOutcome & { state: 'refused' | 'unknown' } {
	const line = failureLine(name, base, failure);
	if (failure === 'unreachable' || failure === 'untrusted') return refused(context, `${line} Nothing was sent.`);
	return unknown(
		context,
		`${line} It is not known whether it was done. Ask about the token, or look at the settings page.`,
	);
}

function failureLine(name: string, base: string, failure: SendFailure): string {
	const host = hostOf(base);
	switch (failure) {
		case 'unreachable':
			return `${host} cannot be reached. Check the network, or "proxy" in your config.json.`;
		case 'untrusted':
			return `The certificate of ${host} is not trusted. If it is your company’s, name its authority as "ca" in your config.json.`;
		case 'unencrypted':
			return `${host} offers no encryption, so no password was sent. If it is meant to travel in clear, the URL has to say sslmode=disable.`;
		case 'slow':
			return `${host} did not answer in time. Try again later.`;
		case 'broken':
			return `The connection to ${host} broke before the answer was complete. Try again.`;
		case 'redirected':
			return `${host} points to another address. That was not followed, because the token would have gone there.`;
		case 'huge':
			return `${host} answered with far more than ${name} documents. It was not read.`;
		case 'wrong-type':
			return `${host} answered with another kind of content than ${name} documents: a login page or a proxy, perhaps.`;
	}
}
