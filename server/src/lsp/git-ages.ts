import { filePath } from '../adapters/files.ts';
import { soughtIn } from '../adapters/git/history.ts';
import type { AgeEvidence } from '../core/grants/evidence.ts';
import type { InventoryDocument } from '../core/inventory/model.ts';
import type { Fingerprint } from '../core/secret-value.ts';
import type { Session } from './session.ts';

/** Milliseconds. Git is a process, and a look follows each pause in typing. */
const PAUSE = 60_000;

/** Since when git's history has secrets of the workspace. Remembers, because history is slow to read. */
export class GitAges {
	readonly #session: Session;
	readonly #displayPath: (uri: string) => string;
	/** By path and fingerprint: history does not change under a secret that was found in it. */
	readonly #found = new Map<string, AgeEvidence>();
	/** Until when (epoch milliseconds) what history did not have is not looked for again: it may be committed any time. */
	readonly #notFound = new Map<string, number>();

	constructor(session: Session, displayPath: (uri: string) => string) {
		this.#session = session;
		this.#displayPath = displayPath;
	}

	/** Starts git, so it is for trusted workspaces. */
	async of(
		documents: readonly InventoryDocument[],
		problems: string[],
	): Promise<Map<Fingerprint, readonly AgeEvidence[]>> {
		const ages = new Map<Fingerprint, AgeEvidence[]>();
		for (const one of documents) {
			const path = filePath(one.document.uri);
			if (path === undefined || one.document.scope !== 'workspace') continue;
			await this.#search(path, one, problems);
			for (const { fingerprint } of one.analysis.credentials) {
				const evidence = this.#found.get(keyOf(path, fingerprint));
				if (evidence && !ages.get(fingerprint)?.includes(evidence))
					ages.set(fingerprint, [...(ages.get(fingerprint) ?? []), evidence]);
			}
		}
		return ages;
	}

	async #search(path: string, { document, analysis }: InventoryDocument, problems: string[]): Promise<void> {
		const now = this.#session.world.now();
		const unknown = analysis.credentials.filter(({ fingerprint }) => {
			const key = keyOf(path, fingerprint);
			return !this.#found.has(key) && now >= (this.#notFound.get(key) ?? 0);
		});
		if (unknown.length === 0) return;
		const { ages, problem } = await this.#session.world.firstSeen(path, soughtIn(document, unknown));
		if (problem) problems.push(`${this.#displayPath(document.uri)}: ${problem}`);
		for (const { fingerprint } of unknown) {
			const age = ages.get(fingerprint);
			if (age) this.#found.set(keyOf(path, fingerprint), age);
			else this.#notFound.set(keyOf(path, fingerprint), now + PAUSE);
		}
	}
}

function keyOf(path: string, fingerprint: Fingerprint): string {
	return `${fingerprint} ${path}`;
}
