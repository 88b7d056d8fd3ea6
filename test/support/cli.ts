import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Context } from '../../server/src/cli/context.ts';
import { runCli } from '../../server/src/cli/program.ts';
import type { SecretStore } from '../../server/src/core/ports.ts';
import type { SecretValue } from '../../server/src/core/secret-value.ts';
import { expand } from './tokens.ts';

/** What a command said and how it ended. */
export interface Outcome {
	readonly code: number;
	readonly out: string;
	readonly err: string;
}

export interface Desk {
	readonly folder: string;
	/** The keychain's content: account to value. */
	readonly items: Map<string, SecretValue>;
	/** Writes a file; placeholders become tokens. @returns its path */
	put(path: string, text: string): string;
	run(...argv: readonly string[]): Promise<Outcome>;
	/** With a person at the terminal, who gives these answers one after the other. */
	runWith(answers: readonly string[], ...argv: readonly string[]): Promise<Outcome>;
	/** With a person at the terminal, who reads each question. */
	runAsked(answer: (question: string) => string, ...argv: readonly string[]): Promise<Outcome>;
	/** With these environment variables. */
	runIn(env: Readonly<Record<string, string>>, ...argv: readonly string[]): Promise<Outcome>;
	/** As if it were then, in epoch milliseconds. */
	runAt(now: number, ...argv: readonly string[]): Promise<Outcome>;
	/** With something on standard input. */
	runOn(input: string, ...argv: readonly string[]): Promise<Outcome>;
}

const NOW = Date.parse('2026-11-24T00:00:00Z');

/** A person's desk for the command line, in this process: own folder, own home, own keychain in memory. */
export function desk(): Desk {
	const folder = mkdtempSync(join(tmpdir(), 'cli-'));
	const items = new Map<string, SecretValue>();
	const keychain: SecretStore = {
		get: async (account) => items.get(account),
		set: async (account, value) => void items.set(account, value),
		remove: async (account) => items.delete(account),
	};
	const start = async (
		argv: readonly string[],
		input: string,
		answers: ((question: string) => string) | undefined,
		{ env = {}, now = NOW }: { readonly env?: Readonly<Record<string, string>>; readonly now?: number } = {},
	): Promise<Outcome> => {
		const said = { out: '', err: '' };
		const context: Context = {
			cwd: folder,
			home: join(folder, 'home'),
			platform: 'linux',
			env: { PATH: process.env.PATH, ...env },
			version: '1.2.3',
			stateDir: join(folder, 'home/.local/share/mcp-hygiene'),
			distFolder: join(folder, 'dist'),
			now: () => now,
			out(text) {
				said.out += text;
			},
			err(text) {
				said.err += text;
			},
			isInteractive: async () => answers !== undefined,
			hasColours: async () => false,
			showsProgress: async () => false,
			onInterrupt: () => undefined,
			uninterrupted: (work) => work(),
			readInput: async () => Buffer.from(expand(input)),
			ask: async (question) => {
				said.err += question;
				return expand(answers?.(question) ?? '');
			},
			keychain: async () => keychain,
		};
		const code = await runCli(argv, context);
		return { code, ...said };
	};
	return {
		folder,
		items,
		put(path, text) {
			const target = join(folder, path);
			mkdirSync(dirname(target), { recursive: true });
			writeFileSync(target, expand(text));
			return target;
		},
		run: (...argv) => start(argv, '', undefined),
		runWith: (answers, ...argv) => {
			const left = [...answers];
			return start(argv, '', () => left.shift() ?? '');
		},
		runAsked: (answer, ...argv) => start(argv, '', answer),
		runIn: (env, ...argv) => start(argv, '', undefined, { env }),
		runAt: (now, ...argv) => start(argv, '', undefined, { now }),
		runOn: (input, ...argv) => start(argv, input, undefined),
	};
}
