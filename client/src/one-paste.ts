/** The part of `vscode.env.clipboard` that is used. */
export interface Clipboard {
	readText(): Thenable<string>;
	writeText(text: string): Thenable<void>;
}

/** Lends a secret to the clipboard: it leaves by itself after a while, and at once when the window closes before that. */
export class OnePaste {
	readonly #clipboard: Clipboard;
	readonly #milliseconds: number;
	#end: (() => Promise<void>) | undefined;

	constructor(clipboard: Clipboard, seconds: number) {
		this.#clipboard = clipboard;
		this.#milliseconds = seconds * 1000;
	}

	async lend(value: string): Promise<void> {
		await this.#clipboard.writeText(value);
		const end = async () => {
			clearTimeout(timer);
			if (this.#end === end) this.#end = undefined;
			await this.#clear(value);
		};
		const timer = setTimeout(() => void end(), this.#milliseconds);
		this.#end = end;
	}

	/** The window closes: the timer would not be there to clear it. */
	async stop(): Promise<void> {
		await this.#end?.();
	}

	/** What somebody copied meanwhile stays. */
	async #clear(value: string): Promise<void> {
		if ((await this.#clipboard.readText()) === value) await this.#clipboard.writeText('');
	}
}
