import { randomUUID } from 'node:crypto';
import { type Agreed, type Memory, performAct, prepareAct } from '../../adapters/acts/perform.ts';
import { about } from '../../adapters/acts/question.ts';
import type { Index } from '../../adapters/acts/use.ts';
import type { Way } from '../../adapters/acts/way.ts';
import { withSecretLock } from '../../adapters/state/secret-lock.ts';
import type { CredentialRecord } from '../../core/inventory/model.ts';
import type { ActQuestion, ActWish, FixOutcome } from '../../protocol/index.ts';
import type { Snapshot } from '../look.ts';
import type { Session } from '../session.ts';
import { isForPeople, told } from '../told.ts';

/** A question as it was shown. */
interface Shown {
	readonly row: string;
	readonly way: Way;
	readonly agreed: Agreed;
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
		const { wayFor } = await import('../../adapters/issuers.ts');
		const record = await this.#record(row);
		const way = record && wayFor(act, record.kind);
		if (!record || !way)
			return {
				...NOTHING,
				blocked: 'The list changed, or this is not offered for this kind of token. Look at it again.',
			};
		try {
			const { asked, agreed } = await prepareAct(this.#session, record, way, await this.#index(), { place });
			return { ...asked, id: this.#remember({ row, way, agreed }) };
		} catch (error) {
			return { ...about(record, way), blocked: outcomeOf(error).message };
		}
	}

	/** Asking changes nothing: it need not wait for a fix, and no fix for a slow issuer. */
	onlyAsks(id: string): boolean {
		return this.#shown.get(id)?.way.act === 'probe';
	}

	/** mcpHygiene/act/do: the person said yes. */
	async perform(id: string): Promise<FixOutcome> {
		const shown = this.#shown.get(id);
		this.#shown.delete(id);
		if (!shown) return { status: 'refused', message: 'This question was answered already. Ask again.' };
		try {
			// A question changes nothing, so it need not wait for whoever does.
			if (shown.way.act === 'probe') return await this.#do(shown);
			return await withSecretLock(this.#session.world.stateDir, shown.row, () => this.#do(shown));
		} catch (error) {
			return outcomeOf(error);
		}
	}

	async #do({ row, way, agreed }: Shown): Promise<FixOutcome> {
		const index = await this.#index();
		const memory = this.#memory();
		return performAct(this.#session, await this.#record(row), way, agreed, { index, memory });
	}

	/** By the session's stamp, and by the person's own fingerprint where there is an index: a fix may have made it while the issuer took its time. */
	#memory(): Memory {
		const { answers } = this.#session;
		return {
			put: async (secret, answer) => {
				const index = await this.#index().catch(() => undefined);
				const kept = index ? { fingerprint: index.fingerprinter.of(secret) } : {};
				return answers.put({ stamp: this.#session.stamp({ secret }), ...kept }, answer);
			},
			forget: (row) => answers.forget(row),
		};
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

function outcomeOf(error: unknown): FixOutcome {
	return { status: isForPeople(error) ? 'refused' : 'failed', message: told(error) };
}
