import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { userInfo } from 'node:os';
import { createInterface } from 'node:readline';
import { type SecretStore, StoreError } from '../../core/ports.ts';
import { SecretValue } from '../../core/secret-value.ts';
import { safeEnvironment } from '../workload/environment.ts';
import { keychainError } from './messages.ts';
import { sessionBus } from './session-bus.ts';
import { fromBase64, type KeychainAnswer, type KeychainRequest, toBase64 } from './wire.ts';

export interface KeychainProgram {
	/** `[runtime, launcher.js, 'keychain']` */
	readonly command: readonly [string, ...string[]];
	/** Milliseconds for one call. Default 15,000: long enough to type a password into an unlock window. */
	readonly deadline?: number;
	/** Where PATH, HOME and the session's bus are taken from; the rest of it is not handed on. Default: this process's. */
	readonly environment?: NodeJS.ProcessEnv;
}

/** The keychain program that lies in a bundle folder, run by the runtime that runs us (the editor's executable as Node, or Node). */
export function keychainProgram(distFolder: string): KeychainProgram {
	return { command: [process.execPath, `${distFolder}/launcher.js`, 'keychain'] };
}

/**
 * The OS keychain through its own program. The native module is never loaded here, because a call that waits for an unlock
 * window blocks the whole process and even its exit. The child lives for one burst of calls; one call that passes its deadline
 * kills it, and fails whatever else was waiting for it.
 */
export function keychainClient(program: KeychainProgram): SecretStore {
	let child: KeychainChild | undefined;
	const ask = async (request: KeychainRequest): Promise<Success> => {
		if (!child?.isUsable) child = new KeychainChild(program);
		const answer = await child.ask(request);
		if (!answer.ok) throw new StoreError(answer.failure, answer.message);
		return answer;
	};
	return {
		async get(account) {
			const { value } = await ask({ op: 'get', account });
			return value === undefined ? undefined : SecretValue.of(fromBase64(value));
		},
		async set(account, value) {
			await ask({ op: 'set', account, value: toBase64(value.reveal()) });
		},
		async remove(account) {
			return (await ask({ op: 'remove', account })).removed ?? false;
		},
	};
}

type Success = Extract<KeychainAnswer, { ok: true }>;

interface Waiting {
	resolve(answer: KeychainAnswer): void;
	reject(error: Error): void;
	readonly timer: NodeJS.Timeout;
}

/** Long enough that the calls of one fix share a child, short enough that none lies around. */
const IDLE_MS = 300;

/** The running program. It answers in the order in which it is asked. */
class KeychainChild {
	readonly #child: ChildProcessWithoutNullStreams;
	readonly #deadline: number;
	readonly #waiting: Waiting[] = [];
	#idle: NodeJS.Timeout | undefined;
	#usable = true;

	constructor({ command: [path, ...args], environment = process.env, deadline = 15_000 }: KeychainProgram) {
		this.#deadline = deadline;
		this.#child = spawn(path, args, { stdio: 'pipe', env: programEnvironment(environment), windowsHide: true });
		this.#child.on('error', () => this.#end(keychainError('not-installed')));
		this.#child.on('close', () => this.#end(keychainError('failed')));
		// A child that died early closes its stdin; the missing answer tells the rest. What it says on stderr is not for people.
		this.#child.stdin.on('error', () => undefined);
		this.#child.stderr.resume();
		createInterface({ input: this.#child.stdout }).on('line', (line) => this.#answered(line));
	}

	get isUsable(): boolean {
		return this.#usable;
	}

	ask(request: KeychainRequest): Promise<KeychainAnswer> {
		clearTimeout(this.#idle);
		this.#hold(true);
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => this.#end(keychainError('frozen')), this.#deadline);
			this.#waiting.push({ resolve, reject, timer });
			this.#child.stdin.write(`${JSON.stringify(request)}\n`);
		});
	}

	#answered(line: string): void {
		const waiting = this.#waiting.shift();
		if (!waiting) return;
		clearTimeout(waiting.timer);
		const answer = parseAnswer(line);
		if (answer) waiting.resolve(answer);
		else waiting.reject(keychainError('failed'));
		if (this.#waiting.length > 0) return;
		this.#hold(false);
		this.#idle = setTimeout(() => this.#end(keychainError('failed')), IDLE_MS).unref();
	}

	/** An idle child does not keep this process alive; it ends when its stdin closes. */
	#hold(isBusy: boolean): void {
		for (const handle of [this.#child, this.#child.stdin, this.#child.stdout, this.#child.stderr] as Holdable[]) {
			if (isBusy) handle.ref?.();
			else handle.unref?.();
		}
	}

	#end(error: StoreError): void {
		this.#usable = false;
		clearTimeout(this.#idle);
		this.#child.kill('SIGKILL');
		for (const { reject, timer } of this.#waiting.splice(0)) {
			clearTimeout(timer);
			reject(error);
		}
	}
}

interface Holdable {
	ref?(): void;
	unref?(): void;
}

function programEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
	return {
		...safeEnvironment(environment),
		...sessionBus(environment, userInfo().uid),
		ELECTRON_RUN_AS_NODE: '1',
	};
}

function parseAnswer(text: string): KeychainAnswer | undefined {
	try {
		const answer = JSON.parse(text) as KeychainAnswer;
		return typeof answer.ok === 'boolean' ? answer : undefined;
	} catch {
		return undefined;
	}
}
