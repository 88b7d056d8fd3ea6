import type { Fingerprint, SecretValue } from '../core/secret-value.ts';

export interface CommitDate {
	readonly commit: string;
	/** Committer date, epoch milliseconds. The author date survives an amend that adds a line, and would promise too much. */
	readonly time: number;
}

/**
 * Reads `git log --patch` with a line `NUL hash seconds` before each commit, in chunks as they come, and keeps for each
 * secret the oldest commit that adds it.
 */
export class PatchReader {
	readonly firstSeen = new Map<Fingerprint, CommitDate>();
	readonly #secrets: readonly { readonly fingerprint: Fingerprint; readonly secret: SecretValue }[];
	#commit: CommitDate | undefined;
	/** Pieces of a line whose end has not come yet. */
	#pending: string[] = [];

	constructor(secrets: readonly { readonly fingerprint: Fingerprint; readonly secret: SecretValue }[]) {
		this.#secrets = secrets;
	}

	push(chunk: string): void {
		let from = 0;
		for (let to = chunk.indexOf('\n'); to >= 0; to = chunk.indexOf('\n', from)) {
			this.#pending.push(chunk.slice(from, to));
			this.#line(this.#pending.length === 1 ? this.#pending[0]! : this.#pending.join(''));
			this.#pending = [];
			from = to + 1;
		}
		if (from < chunk.length) this.#pending.push(chunk.slice(from));
	}

	end(): void {
		this.#line(this.#pending.join(''));
		this.#pending = [];
	}

	#line(line: string): void {
		if (line.startsWith('\0')) this.#commit = commitOf(line);
		else if (line.startsWith('+') && this.#commit) this.#added(line, this.#commit);
	}

	#added(line: string, commit: CommitDate): void {
		for (const { fingerprint, secret } of this.#secrets) {
			if (!line.includes(secret.reveal())) continue;
			const known = this.firstSeen.get(fingerprint);
			if (!known || commit.time < known.time) this.firstSeen.set(fingerprint, commit);
		}
	}
}

function commitOf(line: string): CommitDate | undefined {
	const match = /^\0([0-9a-f]{40,64}) (\d{1,12})$/.exec(line);
	return match ? { commit: match[1]!, time: Number(match[2]) * 1000 } : undefined;
}
