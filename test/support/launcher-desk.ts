import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { approvalFor, proposalFor } from '../../server/src/adapters/approvals/approval.ts';
import type { Refusal } from '../../server/src/adapters/approvals/refusal.ts';
import { approveRefusal } from '../../server/src/adapters/approvals/refusals.ts';
import { keychainClient } from '../../server/src/adapters/keychain/client.ts';
import { storeVerified } from '../../server/src/adapters/keychain/verified.ts';
import { openIndex, type StateIndex } from '../../server/src/adapters/state/index.ts';
import { referencesIn, rootsOf, serverNamed } from '../../server/src/adapters/workload/config-entry.ts';
import type { Binding } from '../../server/src/core/bindings/binding.ts';
import { dialectFor } from '../../server/src/core/dialects/index.ts';
import type { SecretStore } from '../../server/src/core/ports.ts';
import { readDocument } from '../../server/src/core/read.ts';
import { parseReference } from '../../server/src/core/references.ts';
import { SecretValue } from '../../server/src/core/secret-value.ts';
import { type KeyringSession, startKeyring } from './harness/keyring.ts';
import { temporaryFolder } from './harness/temporary.ts';
import { launcherBundle } from './launcher-bundle.ts';

export interface Entry {
	readonly command: string;
	readonly args?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	readonly envFile?: string;
	readonly cwd?: string;
}

export interface Launched {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly stdout: string;
	readonly stderr: string;
	/** Milliseconds. */
	readonly took: number;
}

/** What the recording server saw when it was started. */
export interface Recorded {
	readonly env: Record<string, string>;
	readonly argv: string[];
	readonly cwd: string;
	readonly pid: number;
}

const INITIALIZE = `${JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'initialize', params: {} })}\n`;

/** The six variables that MCP SDKs hand to a server. */
export function hostEnvironment(): Record<string, string> {
	const { username, homedir, shell } = userInfo();
	return {
		HOME: homedir,
		LOGNAME: username,
		USER: username,
		SHELL: shell ?? '/bin/sh',
		TERM: 'dumb',
		PATH: process.env.PATH ?? '',
	};
}

/**
 * A person's machine for launcher tests: a keyring, a state directory, folders, the shipped launcher, and a host that starts
 * servers as their configs say.
 */
export class Desk {
	readonly folder: string;
	readonly session: KeyringSession;
	readonly launcher: string;
	readonly #remove: () => void;

	static async open(): Promise<Desk> {
		const bundle = await launcherBundle();
		return new Desk(await startKeyring('unlocked'), `${bundle}/launcher.js`);
	}

	private constructor(session: KeyringSession, launcher: string) {
		const { path, remove } = temporaryFolder('desk');
		this.folder = path;
		this.#remove = remove;
		this.session = session;
		this.launcher = launcher;
		this.write('tools/server.cjs', RECORDING_SERVER);
	}

	async close(): Promise<void> {
		await this.session.stop();
		this.#remove();
	}

	get stateDir(): string {
		return this.session.stateDir;
	}

	get server(): string {
		return join(this.folder, 'tools/server.cjs');
	}

	get keychain(): SecretStore {
		return keychainClient({ command: [process.execPath, this.launcher, 'keychain'], environment: this.session.env });
	}

	index(): Promise<StateIndex> {
		return openIndex(this.stateDir, this.keychain);
	}

	/** A person looks at what was refused, and allows it as the config is now. */
	async allow(refusal: Refusal): Promise<Binding> {
		const request = {
			index: await this.index(),
			refusal,
			isSecret: () => false,
			home: userInfo().homedir,
			environment: hostEnvironment(),
			now: Date.now(),
		};
		return approveRefusal({ ...request, stateDir: this.stateDir, shown: proposalFor(request) });
	}

	/** Writes the person's own config.json. */
	personal(config: object): void {
		writeFileSync(join(this.stateDir, 'config.json'), JSON.stringify(config));
	}

	path(name: string): string {
		return join(this.folder, name);
	}

	write(name: string, content: string | object, mode = 0o644): string {
		const path = this.path(name);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, typeof content === 'string' ? content : `${JSON.stringify(content, null, '\t')}\n`);
		chmodSync(path, mode);
		return path;
	}

	/** A wrapped entry that starts the recording server, as the fix writes it. */
	entry(name: string, entry: Partial<Entry> = {}): Entry {
		const { command = 'node', args = [this.server], ...rest } = entry;
		return { command: 'mcp-hygiene', args: ['run', '--server', name, '--', command, ...args], ...rest };
	}

	/** Writes a config with one server, in VS Code's form. */
	config(name: string, server: string, entry: Entry): string {
		return this.write(name, { servers: { [server]: entry } });
	}

	/** Stores `secret` and binds every reference of the server to it, as the fix does. */
	async approve(config: string, server: string, secret = 's3cret-value'): Promise<Binding[]> {
		const index = await this.index();
		const home = userInfo().homedir;
		const { dialect, scope } = dialectFor(config, home)!;
		const document = readDocument(config, readFileSync(config, 'utf8'), dialect, scope);
		const bindings: Binding[] = [];
		const surroundings = { roots: rootsOf(config, document, {}), environment: hostEnvironment(), home };
		for (const { reference, target } of referencesIn(serverNamed(document, { name: server })!, surroundings)) {
			const { path, store } = parseReference(reference)!;
			const id = `item-${Math.random().toString(36).slice(2)}`;
			if (store === 'keychain') {
				await storeVerified(this.keychain, id, SecretValue.of(secret));
				await index.addItem({ id, path, fingerprint: '0', issuer: 'x', kind: 'x', kindName: 'x', storedAt: 1 });
			}
			const binding = approvalFor({
				config,
				document,
				entry: { name: server },
				reference,
				target,
				...(store === 'keychain' ? { itemId: id } : {}),
				isSecret: () => false,
				home,
				environment: hostEnvironment(),
				fingerprinter: index.fingerprinter,
				now: Date.now(),
			});
			await index.bind(binding);
			bindings.push(binding);
		}
		return bindings;
	}

	/** Starts what an entry says, as a host does, and leaves stdin open. */
	spawn(
		entry: Entry,
		options: { cwd: string; env?: Record<string, string>; base?: Record<string, string> },
	): ChildProcessWithoutNullStreams {
		const env = { ...(options.base ?? hostEnvironment()), ...entry.env, ...options.env };
		const [command, ...args] = this.session.command(process.execPath, [this.launcher, ...(entry.args ?? [])]);
		return spawn(command, args, { cwd: options.cwd, env, stdio: 'pipe' });
	}

	/** Starts it, asks one request, closes stdin and waits for the end. */
	async launch(
		entry: Entry,
		options: { cwd: string; env?: Record<string, string>; base?: Record<string, string>; input?: string },
	): Promise<Launched> {
		return launchedBy(this.spawn(entry, options), options.input);
	}
}

/** Asks one request of a started server, closes its stdin and waits for its end. */
export async function launchedBy(child: ChildProcessWithoutNullStreams, input = INITIALIZE): Promise<Launched> {
	const started = performance.now();
	const output = { stdout: '', stderr: '' };
	child.stdout.on('data', (chunk) => {
		output.stdout += chunk;
	});
	child.stderr.on('data', (chunk) => {
		output.stderr += chunk;
	});
	child.stdin.on('error', () => undefined);
	child.stdin.end(input);
	const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
	return { code, signal, ...output, took: performance.now() - started };
}

/** What the server said about itself. @throws Error with everything that was seen, if it did not start. */
export function recorded(launched: Launched): Recorded {
	const answer = launched.stdout.split('\n', 1)[0] ?? '';
	const { result } = (answer.startsWith('{') ? JSON.parse(answer) : {}) as { result?: Recorded };
	if (!result) throw new Error(`The server did not start: ${JSON.stringify(launched)}`);
	return result;
}

/** Answers every request with its own environment; ends when its input ends, with the code of EXIT_WITH. */
const RECORDING_SERVER = `#!/usr/bin/env node
const lines = require('node:readline').createInterface({ input: process.stdin });
lines.on('line', (line) => {
	const { id } = JSON.parse(line);
	const result = { env: process.env, argv: process.argv.slice(2), cwd: process.cwd(), pid: process.pid };
	process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result }) + '\\n');
});
lines.on('close', () => process.exit(Number(process.env.EXIT_WITH ?? 0)));
`;
