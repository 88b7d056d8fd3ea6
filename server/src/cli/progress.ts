import type { Context } from './context.ts';

/** Milliseconds for which a command may be deaf to Ctrl-C. */
const PULSE = 50;
/** Who waits shorter than this needs no progress. */
const PATIENCE = 400;
const ERASE = '\r\u001b[K';

/** What a long command does beside its work: it lets Ctrl-C in, and tells a person at a terminal how far it is. */
export class Progress {
	readonly #show: ((text: string) => void) | undefined;
	readonly #started = Date.now();
	#last = this.#started;
	#isShown = false;

	private constructor(show: ((text: string) => void) | undefined) {
		this.#show = show;
	}

	static async start(context: Pick<Context, 'err' | 'showsProgress' | 'onInterrupt'>): Promise<Progress> {
		const progress = new Progress((await context.showsProgress()) ? (text) => context.err(text) : undefined);
		context.onInterrupt(() => progress.end());
		return progress;
	}

	/** To be called often; mostly it does nothing. */
	pulse(text: () => string): Promise<void> | undefined {
		const now = Date.now();
		if (now - this.#last < PULSE) return undefined;
		this.#last = now;
		if (this.#show && now - this.#started > PATIENCE) {
			this.#show(`${ERASE}${text()}…`);
			this.#isShown = true;
		}
		return new Promise((resolve) => setImmediate(resolve));
	}

	/** Leaves the terminal as it was. */
	end(): void {
		if (this.#isShown) this.#show?.(ERASE);
		this.#isShown = false;
	}
}
