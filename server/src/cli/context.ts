import type { SecretStore } from '../core/ports.ts';

/** Exit codes of the command line, a stable contract. */
export const EXIT = { ok: 0, findings: 1, failure: 2, interrupted: 130 } as const;

/** The world as a command sees it. `main.ts` builds it from the process, tests build another one. */
export interface Context {
	readonly cwd: string;
	/** The account's home folder, not `HOME`. */
	readonly home: string;
	readonly platform: NodeJS.Platform;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly version: string;
	/** Folder of the person's index. */
	readonly stateDir: string;
	/** Folder of the bundles: where the keychain program lies. */
	readonly distFolder: string;
	/** Epoch milliseconds. */
	now(): number;
	/** Reports, and nothing else. */
	out(text: string): void;
	/** Everything else. */
	err(text: string): void;
	/** Is a person there, who sees questions and can answer them? */
	isInteractive(): Promise<boolean>;
	/** Does the report go to a terminal that shows colours? */
	hasColours(): Promise<boolean>;
	/** Is a person watching what is written beside the report? */
	showsProgress(): Promise<boolean>;
	/** Ctrl-C ends the process once this is done, with {@link EXIT.interrupted}. Until then it ends at once. */
	onInterrupt(cleanUp: () => void): void;
	/** Ctrl-C waits until this is done: what an issuer answers may be the only copy of a secret. */
	uninterrupted<T>(work: () => Promise<T>): Promise<T>;
	/** All bytes of standard input. */
	readInput(): Promise<Uint8Array>;
	/** One line from the terminal; with `hidden`, what is typed is not shown. */
	ask(question: string, options?: { readonly hidden: boolean }): Promise<string>;
	keychain(): Promise<SecretStore>;
}

/** A command: its arguments without its name, in; an exit code, out. */
export type Command = (args: readonly string[], context: Context) => Promise<number>;
