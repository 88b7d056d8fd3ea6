/** The built programs on a machine of their own: keyring, state folder, home and temporary folder are private, so that each can be searched. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
	type CodeAction,
	createProtocolConnection,
	type Diagnostic,
	type Hover,
	type Message,
	type ProtocolConnection,
	StreamMessageReader,
	StreamMessageWriter,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { APPLY_FIX_COMMAND, type FixOutcome, type FixRequest } from '../../server/src/protocol/index.ts';
import { type KeyringSession, startKeyring } from './harness/keyring.ts';
import { temporaryFolder } from './harness/temporary.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

export interface Ended {
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
}

export class CanarySession {
	readonly keyring: KeyringSession;
	/** The workspace folder. */
	readonly workspace: string;
	/** Everything that a program may write to: to be searched. */
	readonly places: readonly string[];
	readonly env: NodeJS.ProcessEnv;
	readonly #remove: () => void;

	static async open(): Promise<CanarySession> {
		return new CanarySession(await startKeyring('unlocked'));
	}

	private constructor(keyring: KeyringSession) {
		const { path, remove } = temporaryFolder('canary');
		this.keyring = keyring;
		this.#remove = remove;
		this.workspace = join(path, 'workspace');
		mkdirSync(this.workspace);
		mkdirSync(join(path, 'tmp'));
		this.places = [path, keyring.home];
		this.env = { ...keyring.env, TMPDIR: join(path, 'tmp'), NODE_ENV: undefined };
	}

	async close(): Promise<void> {
		await this.keyring.stop();
		this.#remove();
	}

	write(name: string, text: string): string {
		const path = join(this.workspace, name);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, text);
		return path;
	}

	read(name: string): string {
		return readFileSync(join(this.workspace, name), 'utf8');
	}

	/** Path of a built program. */
	bundle(name: 'cli' | 'launcher' | 'server'): string {
		return join(dist, `${name}.js`);
	}

	git(...args: readonly string[]): void {
		execFileSync('git', ['-C', this.workspace, '-c', 'user.name=t', '-c', 'user.email=t@example.invalid', ...args], {
			env: this.env,
		});
	}

	/** One run of a built program, in the workspace. */
	run(bundle: 'cli' | 'launcher', args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}): Promise<Ended> {
		const [command, ...rest] = this.keyring.command(process.execPath, [this.bundle(bundle), ...args]);
		const child = spawn(command, rest, { cwd: this.workspace, env: { ...this.env, ...env } });
		const read = { out: '', err: '' };
		child.stdout.on('data', (chunk) => {
			read.out += chunk;
		});
		child.stderr.on('data', (chunk) => {
			read.err += chunk;
		});
		child.stdin.on('error', () => undefined);
		child.stdin.end(input);
		return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...read })));
	}

	editor(): Promise<CanaryEditor> {
		const [command, ...args] = this.keyring.command(process.execPath, [this.bundle('server'), '--stdio']);
		return CanaryEditor.start(spawn(command, args, { cwd: this.workspace, env: this.env }), this.workspace);
	}
}

export interface WireMessage {
	readonly method: string;
	readonly text: string;
}

/** An editor that keeps every message of both directions, and what the server says on stderr. */
export class CanaryEditor {
	readonly wire: WireMessage[] = [];
	stderr = '';
	readonly #connection: ProtocolConnection;
	readonly #documents = new Map<string, TextDocument>();
	readonly #ended: Promise<unknown>;
	/** A method by the id of its request, for the answers. */
	readonly #asked = new Map<string, string>();

	private constructor(child: ReturnType<typeof spawn>) {
		const reader = new StreamMessageReader(child.stdout!);
		const writer = new StreamMessageWriter(child.stdin!);
		const keep = (direction: string) => (message: Message) => void this.#keep(direction, message);
		const write = writer.write.bind(writer);
		writer.write = (message) => {
			keep('to')(message);
			return write(message);
		};
		const listen = reader.listen.bind(reader);
		reader.listen = (callback) =>
			listen((message) => {
				keep('from')(message);
				callback(message);
			});
		child.stderr!.on('data', (chunk) => {
			this.stderr += chunk;
		});
		this.#ended = new Promise((resolve) => child.once('close', resolve));
		this.#connection = createProtocolConnection(reader, writer);
	}

	static async start(child: ReturnType<typeof spawn>, folder: string): Promise<CanaryEditor> {
		const editor = new CanaryEditor(child);
		const connection = editor.#connection;
		connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
		connection.onRequest('workspace/diagnostic/refresh', () => null);
		connection.onRequest('workspace/applyEdit', ({ edit }) => ({ applied: editor.#apply(edit) }));
		connection.listen();
		await connection.sendRequest('initialize', {
			processId: process.pid,
			rootUri: null,
			capabilities: {
				workspace: {
					configuration: true,
					workspaceFolders: true,
					applyEdit: true,
					diagnostics: { refreshSupport: true },
				},
				textDocument: { diagnostic: {} },
			},
			workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'w' }],
			initializationOptions: { editor: 'VS Code' },
			trace: 'verbose',
		});
		await connection.sendNotification('initialized', {});
		return editor;
	}

	#keep(direction: string, message: Message): void {
		const { id, method } = message as { id?: number; method?: string };
		if (method !== undefined && id !== undefined)
			this.#asked.set(`${direction === 'to' ? 'from' : 'to'} ${id}`, method);
		this.wire.push({
			method: method ?? `answer to ${this.#asked.get(`${direction} ${id}`)}`,
			text: JSON.stringify(message),
		});
	}

	#apply(edit: { documentChanges: { textDocument: { uri: string }; edits: never[] }[] }): boolean {
		for (const { textDocument, edits } of edit.documentChanges)
			this.change(textDocument.uri, TextDocument.applyEdits(this.#documents.get(textDocument.uri)!, edits));
		return true;
	}

	open(uri: string, text: string): void {
		this.#documents.set(uri, TextDocument.create(uri, 'jsonc', 1, text));
		void this.#connection.sendNotification('textDocument/didOpen', {
			textDocument: { uri, languageId: 'jsonc', version: 1, text },
		});
	}

	change(uri: string, text: string): void {
		const version = this.#documents.get(uri)!.version + 1;
		this.#documents.set(uri, TextDocument.create(uri, 'jsonc', version, text));
		void this.#connection.sendNotification('textDocument/didChange', {
			textDocument: { uri, version },
			contentChanges: [{ text }],
		});
	}

	text(uri: string): string {
		return this.#documents.get(uri)!.getText();
	}

	async diagnostics(uri: string): Promise<Diagnostic[]> {
		return (
			await this.#connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })
		).items;
	}

	hover(uri: string, at: string): Promise<Hover | null> {
		const document = this.#documents.get(uri)!;
		return this.#connection.sendRequest('textDocument/hover', {
			textDocument: { uri },
			position: document.positionAt(document.getText().indexOf(at) + 1),
		});
	}

	actions(uri: string, diagnostic: Diagnostic): Promise<CodeAction[]> {
		return this.#connection.sendRequest('textDocument/codeAction', {
			textDocument: { uri },
			range: diagnostic.range,
			context: { diagnostics: [diagnostic] },
		});
	}

	/** The light bulb at the literal of this open document: moves it, and saves. */
	async moveToKeychain(path: string): Promise<void> {
		const uri = pathToFileURL(path).href;
		const found = (await this.diagnostics(uri)).find(({ code }) => code === 'inlined-credential')!;
		const requests = (await this.actions(uri, found)).map(
			({ command }) => command?.arguments?.[0] as FixRequest | undefined,
		);
		const outcome = await this.fix(requests.find((request) => request?.fix === 'move-to-keychain')!);
		if (outcome.status !== 'done') throw new Error(outcome.message);
		writeFileSync(path, this.text(uri));
	}

	fix(request: FixRequest): Promise<FixOutcome> {
		return this.#connection.sendRequest('workspace/executeCommand', {
			command: APPLY_FIX_COMMAND,
			arguments: [request],
		});
	}

	ask<T>(method: string, params?: unknown): Promise<T> {
		return this.#connection.sendRequest<T>(method, params);
	}

	async stop(): Promise<void> {
		await this.#connection.sendRequest('shutdown');
		await this.#connection.sendNotification('exit');
		await this.#ended;
		this.#connection.dispose();
	}
}
