import type { FileWatch } from './file-watch.ts';
import { Look, type Snapshot } from './look.ts';
import type { Session } from './session.ts';

/**
 * Looks at every config of the workspace and of the person, off the keystroke path: after a pause, one run at a time, and
 * once more if something changed meanwhile.
 */
export class KnowledgeBase {
	readonly #look: Look;
	readonly #onChange: (diagnosticsChanged: boolean) => void;
	#snapshot: Snapshot = { records: [], documents: [], problems: [], oldAfterDays: 90 };
	#running: Promise<void> | undefined;
	#again = false;
	#timer: NodeJS.Timeout | undefined;

	constructor(session: Session, fileWatch: FileWatch, onChange: (diagnosticsChanged: boolean) => void) {
		this.#look = new Look(session, fileWatch);
		this.#onChange = onChange;
	}

	/** The newest finished look, at once. */
	get latest(): Snapshot {
		return this.#snapshot;
	}

	/** The newest look, after the one that is under way. */
	async snapshot(): Promise<Snapshot> {
		if (this.#running) await this.#running;
		return this.#snapshot;
	}

	/** Looks again after a pause in typing. */
	schedule(milliseconds = 400): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.refresh(), milliseconds);
	}

	dispose(): void {
		clearTimeout(this.#timer);
	}

	/** Looks now. A call during a look waits for it and for one more. */
	async refresh(): Promise<void> {
		if (this.#running) {
			this.#again = true;
			return this.#running;
		}
		this.#running = this.#loop();
		try {
			await this.#running;
		} finally {
			this.#running = undefined;
		}
	}

	async #loop(): Promise<void> {
		do {
			this.#again = false;
			await this.#once().catch((error: unknown) => this.#failed(error));
		} while (this.#again);
	}

	async #once(): Promise<void> {
		const { snapshot, diagnosticsChanged } = await this.#look.take();
		this.#snapshot = snapshot;
		this.#onChange(diagnosticsChanged);
	}

	/** What was seen before stays. The message of an unforeseen error may quote anything, so only its name is told. */
	#failed(error: unknown): void {
		const name = error instanceof Error ? error.name : 'unknown';
		const problem = `The configs could not be looked at (${name}). What is shown may be out of date; refresh the list.`;
		this.#snapshot = { ...this.#snapshot, problems: [problem] };
		this.#onChange(false);
	}
}
