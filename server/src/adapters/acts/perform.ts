import type { ProbeOutcome } from '../../core/grants/grant.ts';
import { grantText } from '../../core/inventory/grant.ts';
import type { CredentialRecord } from '../../core/inventory/model.ts';
import type { SecretValue } from '../../core/secret-value.ts';
import type { CachedProbe } from '../state/probe-cache.ts';
import { type Asked, questionFor } from './question.ts';
import { runText } from './run-text.ts';
import { type ActEnd, ActRefused, type ActSession } from './session.ts';
import { type Subject, subjectOf, type Wish } from './subject.ts';
import { companionsOf, type Index, secretOf, storedToken } from './use.ts';
import type { Way } from './way.ts';

/** What was shown to the person who said yes. */
export interface Agreed {
	/** The address that the person saw. */
	readonly base: string;
	readonly place: { readonly uri: string; readonly pointer: string };
	/** The stored text was read for the question. */
	readonly opens: boolean;
}

/** What is known of a token after an act: for whoever keeps answers. */
export interface Memory {
	put(secret: SecretValue, answer: CachedProbe): Promise<void>;
	/** The value that this row stood for is not there any more. */
	forget(row: string): Promise<void>;
}

/** The question, and what a yes to it means. Sends nothing, and reads no stored secret that the wish does not open. @throws ActRefused */
export async function prepareAct(
	session: ActSession,
	record: CredentialRecord,
	way: Way,
	index: Index,
	wish: Wish = {},
): Promise<{ readonly asked: Asked; readonly agreed: Agreed }> {
	const subject = await subjectOf(session, record, way, index, wish);
	if (way.act === 'rotate' && record.storage.where === 'config') throw new ActRefused(WRITTEN);
	const { current, pointer } = subject.use;
	const place = { uri: current.document.uri, pointer };
	const running = way.act === 'probe' ? undefined : await runningLines(session, record, index);
	return {
		asked: questionFor(session, record, way, subject, running),
		agreed: { base: subject.base.url, place, opens: wish.opens ?? false },
	};
}

/** The servers that run with it now, in words; undefined where this system does not tell. */
async function runningLines(
	{ world }: ActSession,
	{ id }: CredentialRecord,
	index: Index,
): Promise<readonly string[] | undefined> {
	const items = index?.items.filter(({ fingerprint }) => fingerprint === id) ?? [];
	if (!index || items.length === 0) return undefined;
	const { runningWith } = await import('../issuers.ts');
	return runningWith(world.stateDir, items)?.map((run) => runText(run, index));
}

/** A written token would have its new value written too, through the editor's messages. */
const WRITTEN =
	'It stands in plain text in a config, and its new value would stand there too. Move every copy to the OS keychain first; then rotate it there.';

/**
 * Does exactly what a person agreed to, once; `record` is the row as it is now.
 *
 * @throws ActRefused, StoreError, IndexError, ConfigError, ConsentError before anything was sent
 */
export async function performAct(
	session: ActSession,
	record: CredentialRecord | undefined,
	way: Way,
	agreed: Agreed,
	{ index, memory }: { readonly index: Index; readonly memory: Memory },
): Promise<ActEnd> {
	if (!record) throw new ActRefused('The list changed since you were asked, so nothing was sent. Ask again.');
	const subject = await subjectOf(session, record, way, index, agreed);
	if (subject.base.url !== agreed.base)
		throw new ActRefused('The entry names another address than the one that you saw, so nothing was sent. Ask again.');
	return send(session, record, way, subject, index, memory);
}

async function send(
	session: ActSession,
	record: CredentialRecord,
	way: Way,
	{ uses, use, base: { url: base } }: Subject,
	index: Index,
	memory: Memory,
): Promise<ActEnd> {
	const { world, knowledge } = session;
	const { fingerprinter } = index ?? knowledge;
	const { Consent, rotateStored } = await import('../issuers.ts');
	const http = await world.issuers(fingerprinter);
	const companions = await companionsOf(session, use, way.probe.companions ?? [], index);
	const hand = (secret: SecretValue) => ({
		kind: record.kind,
		secret,
		around: use.around,
		base,
		companions,
		// This entry is as it was approved, so the base that it names is the approved one.
		...(use.secret.at === 'stored' ? { boundBases: [base] } : {}),
	});
	const consent = (secret: SecretValue) =>
		Consent.given(
			{
				act: way.act,
				issuer: way.probe.issuer,
				fingerprints: [fingerprinter.of(secret)],
				bases: [base],
				at: world.now(),
			},
			{ trusted: true },
		);
	if (way.act === 'rotate') {
		if (uses.some(({ secret }) => secret.at === 'written')) throw new ActRefused(WRITTEN);
		const outcome = await rotateStored(session, uses, {
			rotate: way.rotate,
			open: (item, opened) => storedToken(session, { itemId: item.id, fingerprint: item.fingerprint }, opened),
			said: runText,
			ask: (old) => http.rotate(consent(old), way, hand(old)),
		});
		if (outcome.status !== 'refused') await memory.forget(record.id);
		return outcome;
	}
	const secret = await secretOf(session, use, fingerprinter);
	if (way.act === 'probe') {
		const outcome = await http.probe(consent(secret), way.probe, hand(secret));
		await memory.put(secret, { outcome, base });
		return { status: STATUS[outcome.state], message: answerText(way.probe.name, outcome) };
	}
	const { state, at, message } = await http.revoke(consent(secret), way, hand(secret));
	// Its place still holds it, so what is known of it now is that it is dead.
	if (state === 'confirmed') await memory.put(secret, { outcome: { state: 'invalid', at, message }, base });
	return { status: state === 'confirmed' ? 'done' : state, message };
}

/** An answer is a success, also one that nobody likes to hear. */
const STATUS: Record<ProbeOutcome['state'], ActEnd['status']> = {
	told: 'done',
	invalid: 'done',
	'not-told': 'done',
	refused: 'refused',
	redirected: 'refused',
	malformed: 'refused',
	'rate-limited': 'refused',
	unavailable: 'refused',
};

function answerText(name: string, outcome: ProbeOutcome): string {
	if (outcome.state !== 'told') return outcome.message;
	const { grant } = outcome;
	const text = grantText(grant) ?? grant.notes?.join('; ') ?? 'the token is valid, and nothing about its scopes';
	return `${name} answered: ${text.replace(/\.$/, '')}. The list shows the rest.`;
}
