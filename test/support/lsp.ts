/**
 * One way to talk to the language server in tests: in process, over a pair of streams, or as the built bundle over stdio.
 * Everything that crosses the wire is kept, so that a test can look for what must not be there.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
	type CodeAction,
	createConnection,
	createProtocolConnection,
	type Diagnostic,
	type FileSystemWatcher,
	type Hover,
	type ProtocolConnection,
	type RegistrationParams,
	StreamMessageReader,
	StreamMessageWriter,
	type UnregistrationParams,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { exposureOf } from '../../server/src/adapters/exposure.ts';
import { firstSeen } from '../../server/src/adapters/git/history.ts';
import { issuerHttp } from '../../server/src/adapters/issuer-http/index.ts';
import { carryDeclared, declare, readDeclared } from '../../server/src/adapters/state/declared-grants.ts';
import { openIndex, readIndex } from '../../server/src/adapters/state/index.ts';
import { noteSeen } from '../../server/src/adapters/state/seen.ts';
import type { Broker } from '../../server/src/core/ports.ts';
import { serve } from '../../server/src/lsp/server.ts';
import type { World } from '../../server/src/lsp/world.ts';
import {
	APPLY_FIX_COMMAND,
	CREDENTIALS_CHANGED,
	type CredentialList,
	type FixOutcome,
	type FixRequest,
	type InitializationOptions,
	LIST_CREDENTIALS,
} from '../../server/src/protocol/index.ts';
import { memoryStore } from './memory-store.ts';

export type Mode = 'in-process' | 'spawned';

export interface LspOptions {
	readonly mode: Mode;
	readonly folder: string;
	readonly moreFolders?: readonly string[];
	readonly initialization?: InitializationOptions;
	readonly settings?: Record<string, unknown>;
	readonly pull?: boolean;
	readonly world?: Partial<World>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

export class LspClient {
	readonly connection: ProtocolConnection;
	/** Every message in both directions, as text. */
	readonly wire: readonly string[];
	readonly messages: string[] = [];
	readonly pushed = new Map<string, Diagnostic[]>();
	/** What the server has asked the editor to watch, by registration. */
	readonly watchers = new Map<string, FileSystemWatcher[]>();
	readonly #documents = new Map<string, TextDocument>();
	readonly #waiting: (() => void)[] = [];
	readonly #stop: () => void;
	readonly #isSpawned: boolean;
	/** What the editor answers to an edit; a test may refuse. */
	acceptEdits = true;

	private constructor(connection: ProtocolConnection, stop: () => void, isSpawned: boolean, wire: string[]) {
		this.connection = connection;
		this.#isSpawned = isSpawned;
		this.wire = wire;
		this.#stop = stop;
	}

	static async start(options: LspOptions): Promise<LspClient> {
		const wire: string[] = [];
		const { reader, writer, stop } = options.mode === 'spawned' ? spawned(wire) : inProcess(wire, options);
		const connection = createProtocolConnection(reader, writer);
		const client = new LspClient(connection, stop, options.mode === 'spawned', wire);
		client.#listen(options);
		await connection.sendRequest('initialize', {
			// In process, the server would watch the test's own process for its end.
			processId: options.mode === 'spawned' ? process.pid : null,
			rootUri: null,
			capabilities: {
				workspace: {
					configuration: true,
					workspaceFolders: true,
					applyEdit: true,
					didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
					diagnostics: { refreshSupport: true },
				},
				textDocument: options.pull === false ? {} : { diagnostic: {} },
			},
			workspaceFolders: [options.folder, ...(options.moreFolders ?? [])].map((folder) => ({
				uri: pathToFileURL(folder).href,
				name: 'w',
			})),
			initializationOptions: options.initialization ?? {},
		});
		await connection.sendNotification('initialized', {});
		return client;
	}

	#listen(options: LspOptions): void {
		const { connection } = this;
		connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
			items.map(() => options.settings ?? null),
		);
		connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
			for (const { id, registerOptions } of registrations) this.watchers.set(id, registerOptions?.watchers ?? []);
			return null;
		});
		connection.onRequest('client/unregisterCapability', ({ unregisterations }: UnregistrationParams) => {
			for (const { id } of unregisterations) this.watchers.delete(id);
			return null;
		});
		connection.onRequest('workspace/diagnostic/refresh', () => null);
		// One handler for all who wait: a second one would take the place of the first, who then waited for ever.
		connection.onNotification(CREDENTIALS_CHANGED, () => {
			for (const resolve of this.#waiting.splice(0)) resolve();
		});
		connection.onNotification(
			'window/showMessage',
			({ message }: { message: string }) => void this.messages.push(message),
		);
		connection.onNotification(
			'textDocument/publishDiagnostics',
			({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => void this.pushed.set(uri, diagnostics),
		);
		connection.onRequest('workspace/applyEdit', ({ edit }) => ({ applied: this.#apply(edit) }));
		connection.listen();
	}

	#apply(edit: {
		documentChanges: { textDocument: { uri: string; version: number | null }; edits: never[] }[];
	}): boolean {
		if (!this.acceptEdits) return false;
		for (const { textDocument, edits } of edit.documentChanges) {
			const document = this.#documents.get(textDocument.uri)!;
			if (document.version !== textDocument.version) return false;
			this.change(textDocument.uri, TextDocument.applyEdits(document, edits));
		}
		return true;
	}

	open(uri: string, text: string): void {
		const document = TextDocument.create(uri, 'jsonc', 1, text);
		this.#documents.set(uri, document);
		void this.connection.sendNotification('textDocument/didOpen', {
			textDocument: { uri, languageId: 'jsonc', version: 1, text },
		});
	}

	change(uri: string, text: string): void {
		const version = this.#documents.get(uri)!.version + 1;
		this.#documents.set(uri, TextDocument.create(uri, 'jsonc', version, text));
		void this.connection.sendNotification('textDocument/didChange', {
			textDocument: { uri, version },
			contentChanges: [{ text }],
		});
	}

	text(uri: string): string {
		return this.#documents.get(uri)!.getText();
	}

	async diagnostics(uri: string): Promise<Diagnostic[]> {
		const report = await this.connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
			textDocument: { uri },
		});
		return report.items;
	}

	async hover(uri: string, fragment: string): Promise<string> {
		const document = this.#documents.get(uri)!;
		const position = document.positionAt(document.getText().indexOf(fragment) + 1);
		const hover = await this.connection.sendRequest<Hover | null>('textDocument/hover', {
			textDocument: { uri },
			position,
		});
		return (hover?.contents as { value?: string } | undefined)?.value ?? '';
	}

	async actions(uri: string, diagnostic: Diagnostic): Promise<CodeAction[]> {
		return this.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
			textDocument: { uri },
			range: diagnostic.range,
			context: { diagnostics: [diagnostic] },
		});
	}

	async fix(request: FixRequest): Promise<FixOutcome> {
		return this.connection.sendRequest<FixOutcome>('workspace/executeCommand', {
			command: APPLY_FIX_COMMAND,
			arguments: [request],
		});
	}

	async list(): Promise<CredentialList> {
		return this.connection.sendRequest<CredentialList>(LIST_CREDENTIALS);
	}

	/** Resolves when the server says the next time that the inventory changed. */
	looked(): Promise<void> {
		const looked = Promise.withResolvers<void>();
		this.#waiting.push(looked.resolve);
		return looked.promise;
	}

	async stop(): Promise<void> {
		await this.connection.sendRequest('shutdown');
		// In process, `exit` would end the test's own process.
		if (this.#isSpawned) await this.connection.sendNotification('exit');
		this.connection.dispose();
		this.#stop();
	}
}

function recorded(stream: NodeJS.ReadableStream, wire: string[]): PassThrough {
	const through = new PassThrough();
	stream.on('data', (chunk: Buffer) => {
		wire.push(chunk.toString('utf8'));
		through.write(chunk);
	});
	stream.on('end', () => through.end());
	return through;
}

function spawned(wire: string[]) {
	const child = spawn(process.execPath, [join(root, 'dist/server.js'), '--stdio'], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	const outgoing = new PassThrough();
	outgoing.on('data', (chunk: Buffer) => wire.push(chunk.toString('utf8')));
	outgoing.pipe(child.stdin);
	return {
		reader: new StreamMessageReader(recorded(child.stdout, wire)),
		writer: new StreamMessageWriter(outgoing),
		stop: () => void child.kill(),
	};
}

function inProcess(wire: string[], options: LspOptions) {
	const toServer = new PassThrough();
	const toClient = new PassThrough();
	const { world, remove } = temporaryWorld(options.world);
	const server = createConnection(new StreamMessageReader(recorded(toServer, wire)), new StreamMessageWriter(toClient));
	serve(server, world);
	server.listen();
	return {
		reader: new StreamMessageReader(recorded(toClient, wire)),
		writer: new StreamMessageWriter(toServer),
		stop: () => {
			server.dispose();
			remove();
		},
	};
}

/** A world with a keychain in memory and a state folder of its own; git and files are real. */
export function temporaryWorld(changes: Partial<World> = {}): { readonly world: World; readonly remove: () => void } {
	const base = mkdtempSync(join(tmpdir(), 'mcp-world-'));
	const stateDir = join(base, 'state');
	const keychain = changes.keychain ?? memoryStore();
	const world: World = {
		home: join(base, 'home'),
		stateDir,
		now: () => Date.now(),
		environmentNames: () => new Set(Object.keys(process.env)),
		configFolder: join(base, 'home/.config'),
		otherPlaces: async () => ({}),
		keychain,
		brokers: [] as readonly Broker[],
		// No test may reach a real issuer: one that asks hands in a loopback server.
		issuers: async (fingerprinter) => issuerHttp({ fingerprinter, reroute: () => new URL('http://127.0.0.1:1') }),
		npmRegistry: async () => undefined,
		openIndex: () => openIndex(stateDir, keychain),
		readIndex: () => readIndex(stateDir, keychain),
		declared: () => readDeclared(stateDir),
		declare: (fingerprint, grant) => declare(stateDir, fingerprint, grant),
		carryDeclared: (old, renewed) => carryDeclared(stateDir, old, renewed, world.now()),
		seen: (fingerprints) => noteSeen(stateDir, fingerprints, world.now()),
		firstSeen,
		exposure: (path) => exposureOf(path),
		installLauncher: async () => ({ command: 'mcp-hygiene', binFolder: join(stateDir, 'bin') }),
		...changes,
	};
	return { world, remove: () => rmSync(base, { recursive: true, force: true }) };
}
