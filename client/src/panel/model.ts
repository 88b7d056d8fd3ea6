import type { CredentialList } from '../../../server/src/protocol/index.ts';

export type PanelState =
	| { readonly kind: 'loading' }
	| { readonly kind: 'listed'; readonly list: CredentialList }
	/** Nothing is shown then: an old list could say that a token is stored when it no longer is. */
	| { readonly kind: 'failed' };

export interface PanelModelOptions {
	/** Asks the server. */
	readonly list: () => Promise<CredentialList>;
	readonly show: (state: PanelState) => void;
	/** For the log. */
	readonly failed: (error: unknown) => void;
	/** Several changes within this time are one. */
	readonly debounceMs: number;
}

/** Keeps the panel's list fresh: one question at a time, and after a burst of changes one more. */
export class PanelModel {
	readonly #options: PanelModelOptions;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#asking = false;
	#askAgain = false;
	#disposed = false;

	constructor(options: PanelModelOptions) {
		this.#options = options;
	}

	/** Something changed; ask soon. */
	changed(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.refresh(), this.#options.debounceMs);
	}

	/** Ask now. */
	async refresh(): Promise<void> {
		clearTimeout(this.#timer);
		if (this.#asking) {
			this.#askAgain = true;
			return;
		}
		this.#asking = true;
		try {
			do {
				this.#askAgain = false;
				await this.#ask();
			} while (this.#askAgain && !this.#disposed);
		} finally {
			this.#asking = false;
		}
	}

	/** The server is about to start; what it knew before is gone. */
	starting(): void {
		this.#show({ kind: 'loading' });
	}

	/** The server is gone, and with it what it knew. */
	lost(): void {
		this.#show({ kind: 'failed' });
	}

	dispose(): void {
		this.#disposed = true;
		clearTimeout(this.#timer);
	}

	async #ask(): Promise<void> {
		try {
			const list = await this.#options.list();
			this.#show({ kind: 'listed', list });
		} catch (error) {
			if (!this.#disposed) this.#options.failed(error);
			this.#show({ kind: 'failed' });
		}
	}

	#show(state: PanelState): void {
		if (!this.#disposed) this.#options.show(state);
	}
}
