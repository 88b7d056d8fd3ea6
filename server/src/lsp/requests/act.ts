import { randomUUID } from 'node:crypto';
import type { ProbeOutcome } from '../../core/grant.ts';
import type { CredentialRecord } from '../../core/inventory.ts';
import { grantText } from '../../core/inventory-grant.ts';
import type { SecretValue } from '../../core/secret-value.ts';
import type { ActQuestion, ActWish, FixOutcome } from '../../protocol/index.ts';
import { about, questionFor } from '../acts/question.ts';
import { rotateStored, WRITTEN } from '../acts/rotate.ts';
import { type Subject, subjectOf } from '../acts/subject.ts';
import { companionsOf, type Index, secretOf } from '../acts/use.ts';
import type { Way } from '../acts/way.ts';
import { FixRefused } from '../fix/place.ts';
import type { Snapshot } from '../knowledge.ts';
import type { Session } from '../session.ts';

/** A question as it was shown. */
interface Shown {
	readonly row: string;
	readonly way: Way;
	/** The address that the person saw. */
	readonly base: string;
	readonly place: { readonly uri: string; readonly pointer: string };
}

const MOST_OPEN = 20;

/** Asking issuers, revoking and rotating: first a question for a person, then exactly what it named, once. */
export class Acts {
	readonly #session: Session;
	readonly #snapshot: () => Promise<Snapshot>;
	readonly #shown = new Map<string, Shown>();

	constructor(session: Session, snapshot: () => Promise<Snapshot>) {
		this.#session = session;
		this.#snapshot = snapshot;
	}

	/** mcpHygiene/act/prepare: sends nothing, and reads no stored secret. */
	async prepare({ act, row, place }: ActWish): Promise<ActQuestion> {
		const { wayFor } = await import('../issuers.ts');
		const record = await this.#record(row);
		const way = record && wayFor(act, record.kind);
		if (!record || !way)
			return {
				...NOTHING,
				blocked: 'The list changed, or this is not offered for this kind of token. Look at it again.',
			};
		try {
			const subject = await subjectOf(this.#session, record, way, await this.#index(), place);
			if (act === 'rotate' && record.storage.where === 'config') throw new FixRefused(WRITTEN);
			const { current, pointer } = subject.use;
			const shown = { row, way, base: subject.base.url, place: { uri: current.document.uri, pointer } };
			return { ...questionFor(this.#session, record, way, subject), id: this.#remember(shown) };
		} catch (error) {
			return { ...about(record, way), blocked: outcomeOf(error).message };
		}
	}

	/** mcpHygiene/act/do: the person said yes. */
	async perform(id: string): Promise<FixOutcome> {
		const shown = this.#shown.get(id);
		this.#shown.delete(id);
		if (!shown) return { status: 'refused', message: 'This question was answered already. Ask again.' };
		try {
			const record = await this.#record(shown.row);
			if (!record) throw new FixRefused('The list changed since you were asked, so nothing was sent. Ask again.');
			const index = await this.#index();
			const subject = await subjectOf(this.#session, record, shown.way, index, shown.place);
			if (subject.base.url !== shown.base)
				throw new FixRefused(
					'The entry names another address than the one that you saw, so nothing was sent. Ask again.',
				);
			return await this.#send(record, shown.way, subject, index);
		} catch (error) {
			return outcomeOf(error);
		}
	}

	async #send(
		record: CredentialRecord,
		way: Way,
		{ uses, use, base: { url: base } }: Subject,
		index: Index,
	): Promise<FixOutcome> {
		const { world, knowledge } = this.#session;
		const { fingerprinter } = index ?? knowledge;
		const { Consent } = await import('../issuers.ts');
		const http = await world.issuers(fingerprinter);
		const companions = await companionsOf(this.#session, use, way.probe.companions ?? [], index);
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
			const outcome = await rotateStored(this.#session, uses, (old) => http.rotate(consent(old), way, hand(old)));
			if (outcome.status !== 'refused') await this.#session.answers.forget(record.id);
			return outcome;
		}
		const secret = await secretOf(this.#session, use, fingerprinter);
		if (way.act === 'probe') {
			const outcome = await http.probe(consent(secret), way.probe, hand(secret));
			await this.#remembered(secret, { outcome, base }, index);
			return { status: STATUS[outcome.state], message: answerText(way.probe.name, outcome) };
		}
		const { state, at, message } = await http.revoke(consent(secret), way, hand(secret));
		// Its place still holds it, so what is known of it now is that it is dead.
		if (state === 'confirmed')
			await this.#remembered(secret, { outcome: { state: 'invalid', at, message }, base }, index);
		return { status: state === 'confirmed' ? 'done' : state, message };
	}

	#remembered(secret: SecretValue, answer: { readonly outcome: ProbeOutcome; readonly base: string }, index: Index) {
		const kept = index ? { fingerprint: index.fingerprinter.of(secret) } : {};
		return this.#session.answers.put({ stamp: this.#session.stamp({ secret }), ...kept }, answer);
	}

	async #record(row: string): Promise<CredentialRecord | undefined> {
		return (await this.#snapshot()).records.find(({ id }) => id === row);
	}

	async #index(): Promise<Index> {
		return this.#session.trusted ? this.#session.world.readIndex() : undefined;
	}

	#remember(shown: Shown): string {
		const [oldest] = this.#shown.keys();
		if (oldest !== undefined && this.#shown.size >= MOST_OPEN) this.#shown.delete(oldest);
		const id = randomUUID();
		this.#shown.set(id, shown);
		return id;
	}
}

const NOTHING: ActQuestion = { label: '', issuer: '', hosts: [], warnings: [], usedBy: [] };

/** An answer is a success, also one that nobody likes to hear. */
const STATUS: Record<ProbeOutcome['state'], FixOutcome['status']> = {
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

const OURS = new Set(['FixRefused', 'ConsentError', 'StoreError', 'IndexError', 'ConfigError']);

function outcomeOf(error: unknown): FixOutcome {
	const { name, message } = error as Error;
	// The message of an unforeseen error may quote anything, so only its name is told.
	return OURS.has(name)
		? { status: 'refused', message }
		: { status: 'failed', message: `It failed (${name}). Run "mcp-hygiene doctor".` };
}
