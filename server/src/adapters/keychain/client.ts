import { spawn } from 'node:child_process';
import { userInfo } from 'node:os';
import { type SecretStore, StoreError } from '../../core/ports.ts';
import { SecretValue } from '../../core/secret-value.ts';
import { safeEnvironment } from '../environment.ts';
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
 * The OS keychain through its own program: one short-lived child for each call, killed at the deadline. The native module is
 * never loaded here, because a call that waits for an unlock window blocks the whole process and even its exit.
 */
export function keychainClient(program: KeychainProgram): SecretStore {
	return {
		async get(account) {
			const { value } = await ask(program, { op: 'get', account });
			return value === undefined ? undefined : SecretValue.of(fromBase64(value));
		},
		async set(account, value) {
			await ask(program, { op: 'set', account, value: toBase64(value.reveal()) });
		},
		async remove(account) {
			return (await ask(program, { op: 'remove', account })).removed ?? false;
		},
	};
}

type Success = Extract<KeychainAnswer, { ok: true }>;

async function ask(program: KeychainProgram, request: KeychainRequest): Promise<Success> {
	const answer = parseAnswer(await exchange(program, `${JSON.stringify(request)}\n`));
	if (!answer) throw keychainError('failed');
	if (!answer.ok) throw new StoreError(answer.failure, answer.message);
	return answer;
}

function exchange(program: KeychainProgram, line: string): Promise<string> {
	const [command, ...args] = program.command;
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			stdio: ['pipe', 'pipe', 'ignore'],
			env: programEnvironment(program.environment ?? process.env),
			windowsHide: true,
		});
		const timer = setTimeout(() => {
			child.kill('SIGKILL');
			// The streams of a killed child close by themselves; the answer is already known.
			reject(keychainError('frozen'));
		}, program.deadline ?? 15_000);
		const chunks: Buffer[] = [];
		child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
		child.on('error', () => {
			clearTimeout(timer);
			reject(keychainError('not-installed'));
		});
		child.on('close', () => {
			clearTimeout(timer);
			resolve(Buffer.concat(chunks).toString('utf8'));
		});
		// A child that died early closes its stdin; the missing answer tells the rest.
		child.stdin.on('error', () => undefined);
		child.stdin.end(line);
	});
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
