/**
 * One change after the other: fixes, acts at issuers, approvals. Each reads the config, the index and the baseline as the one
 * before left them, so the same fix chosen twice finds that it is done, and no token ends at its issuer while it is moved.
 */
export class Turns {
	#last: Promise<unknown> = Promise.resolve();

	take<Result>(work: () => Promise<Result>): Promise<Result> {
		const result = this.#last.then(work);
		this.#last = result.catch(() => undefined);
		return result;
	}
}
