import { openProbeCache } from '../adapters/state/probe-cache.ts';
import type { ProbeOutcome } from '../core/grants/grant.ts';
import type { InventoryDocument } from '../core/inventory/model.ts';
import type { Fingerprint } from '../core/secret-value.ts';
import type { World } from './world.ts';

interface Answer {
	readonly outcome: ProbeOutcome;
	readonly base: string;
}

/** A secret by the session's stamp, which lasts, and (once there is an index) by the person's own fingerprint, which is kept. */
export interface SecretNames {
	readonly stamp?: string;
	readonly fingerprint?: Fingerprint;
}

/**
 * What issuers told. Kept between sessions only for a person who has an index, since without its key no fingerprint means
 * the same tomorrow; until then for this session.
 */
export class Answers {
	readonly #world: World;
	readonly #bySecret = new Map<string, Answer>();

	constructor(world: World) {
		this.#world = world;
	}

	async put({ stamp, fingerprint }: SecretNames, answer: Answer): Promise<void> {
		if (stamp !== undefined) this.#bySecret.set(stamp, answer);
		// What cannot be kept is asked again another day: no reason to hide what came of an act.
		if (fingerprint !== undefined)
			await this.#cache()
				.put(fingerprint, answer)
				.catch(() => undefined);
	}

	/** A secret that was asked about in this session moved to a store. */
	async follow(stamp: string, fingerprint: Fingerprint): Promise<void> {
		const known = this.#bySecret.get(stamp);
		if (known) await this.put({ fingerprint }, known);
	}

	async forget(fingerprint: Fingerprint): Promise<void> {
		await this.#cache()
			.forget(fingerprint)
			.catch(() => undefined);
	}

	/** By the fingerprints that the documents' credentials and these stored items have now. */
	of(
		documents: readonly InventoryDocument[],
		stored: Iterable<Fingerprint>,
		stampOf: (credential: InventoryDocument['analysis']['credentials'][number]) => string,
	): ReadonlyMap<Fingerprint, ProbeOutcome> {
		const cache = this.#cache();
		const outcomes = new Map<Fingerprint, ProbeOutcome>();
		const add = (fingerprint: Fingerprint, answer: Answer | undefined) => {
			if (answer) outcomes.set(fingerprint, answer.outcome);
		};
		for (const fingerprint of stored) add(fingerprint, cache.get(fingerprint));
		for (const credential of documents.flatMap(({ analysis }) => analysis.credentials)) {
			const { fingerprint } = credential;
			const inSession = this.#bySecret.size > 0 ? this.#bySecret.get(stampOf(credential)) : undefined;
			add(fingerprint, inSession ?? cache.get(fingerprint));
		}
		return outcomes;
	}

	/** Opened for each use: another window may have written to it. */
	#cache() {
		return openProbeCache(this.#world.stateDir, this.#world.now);
	}
}
