import { DAY } from '../../core/dates.ts';
import type { Fingerprint, SecretValue } from '../../core/secret-value.ts';

export interface Sighting {
	readonly commit: string;
	/** Committer date, epoch milliseconds. The author date survives an amend that adds a line, and would promise too much. */
	readonly time: number;
	/** From the root of the repository; empty for a name that git has to quote. */
	readonly path: string;
}

/**
 * Reads `git log --patch` with a line `NUL hash seconds` before each commit, in chunks as they come. Keeps for each secret the
 * oldest commit that adds it, and the other files from which the same commit takes it away: from there it was moved.
 */
export class PatchReader {
	readonly firstSeen = new Map<Fingerprint, Sighting>();
	/** From the root of the repository. */
	readonly movedFrom = new Set<string>();
	readonly #secrets: readonly { readonly fingerprint: Fingerprint; readonly secret: SecretValue }[];
	#commit: Omit<Sighting, 'path'> | undefined;
	/** Lines before a file's first `@@` tell its names; after it, only what begins with + or - is content. */
	#isHead = false;
	#oldPath = '';
	#newPath = '';
	/** Pieces of a line whose end has not come yet. */
	#pending: string[] = [];

	readonly #now: number;

	constructor(secrets: readonly { readonly fingerprint: Fingerprint; readonly secret: SecretValue }[], now: number) {
		this.#secrets = secrets;
		this.#now = now;
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

	/** The output ended: what is pending is a line, unless it was cut off. */
	end(isWhole: boolean): void {
		if (isWhole) this.#line(this.#pending.join(''));
		this.#pending = [];
		this.#commit = undefined;
	}

	#line(line: string): void {
		if (line.startsWith('\0')) this.#commit = commitOf(line, this.#now);
		else if (line.startsWith('diff ')) this.#isHead = true;
		else if (line.startsWith('@@')) this.#isHead = false;
		else if (this.#isHead) this.#name(line);
		else if (this.#commit && line.startsWith('+')) this.#added(line, this.#commit);
		else if (this.#commit && line.startsWith('-')) this.#takenAway(line, this.#commit);
	}

	#name(line: string): void {
		if (line.startsWith('--- ')) this.#oldPath = pathOf(line);
		else if (line.startsWith('+++ ')) this.#newPath = pathOf(line);
	}

	#added(line: string, { commit, time }: Omit<Sighting, 'path'>): void {
		for (const { fingerprint, secret } of this.#secrets) {
			const known = this.firstSeen.get(fingerprint);
			if ((known && known.time <= time) || !line.includes(secret.reveal())) continue;
			this.firstSeen.set(fingerprint, { commit, time, path: this.#newPath });
		}
	}

	#takenAway(line: string, { commit }: Omit<Sighting, 'path'>): void {
		for (const { fingerprint, secret } of this.#secrets) {
			const seen = this.firstSeen.get(fingerprint);
			if (seen?.commit !== commit || !line.includes(secret.reveal())) continue;
			if (this.#oldPath !== seen.path && this.#oldPath !== '') this.movedFrom.add(this.#oldPath);
		}
	}
}

/** Git's first commit was made on 2005-04-07: what is dated before it, or a day ahead, has its date from a wrong clock or a forger. */
const GIT_BORN = Date.UTC(2005, 3, 7);

function commitOf(line: string, now: number): Omit<Sighting, 'path'> | undefined {
	const [, commit, seconds] = /^\0([0-9a-f]{40,64}) (\d{1,12})$/.exec(line) ?? [];
	const time = Number(seconds) * 1000;
	return commit !== undefined && time >= GIT_BORN && time <= now + DAY ? { commit, time } : undefined;
}

/** `--- a/x` and `+++ b/x`; git ends a name that holds blanks by a tab. A name in quotes holds control characters: no config's name. */
function pathOf(line: string): string {
	const name = line.slice('--- a/'.length).replace(/\t$/, '');
	return line.startsWith('"', 4) || line.endsWith(' /dev/null') ? '' : name;
}
