import {
	CodeLensRefreshRequest,
	type Connection,
	DiagnosticRefreshRequest,
	DidChangeConfigurationNotification,
	type InitializeParams,
	MessageType,
	PublishDiagnosticsNotification,
	ShowDocumentRequest,
	ShowMessageNotification,
	type TextDocuments,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { listRefusals, refusalsFolder } from '../adapters/approvals/refusals.ts';
import { filePath } from '../adapters/files.ts';
import { watchFolder } from '../adapters/watch.ts';
import {
	CREDENTIALS_CHANGED,
	type DeclareAnswer,
	type FixOutcome,
	type FixRequest,
	type IgnoreRequest,
	type InitializationOptions,
	REFUSALS_CHANGED,
	type ServerStatus,
	SHIM_INSTALLED,
	STATUS,
} from '../protocol/index.ts';
import { FileWatch } from './file-watch.ts';
import { ignoreFinding } from './fix/ignore.ts';
import { forgetKept } from './fix/prompt.ts';
import { Turns } from './fix/turns.ts';
import { KnowledgeBase } from './knowledge.ts';
import { Acts } from './requests/act.ts';
import { declareGrant } from './requests/declare.ts';
import { diagnosticsOf } from './requests/diagnostic.ts';
import { executeFix } from './requests/execute-fix.ts';
import { Refusals } from './requests/refusals.ts';
import { Session } from './session.ts';
import { SettingsCache } from './settings.ts';
import type { World } from './world.ts';

/** One initialized connection. */
export class Serving {
	readonly session: Session;
	readonly knowledge: KnowledgeBase;
	readonly refusals: Refusals;
	readonly acts: Acts;
	/** An editor that does not pull gets diagnostics pushed. */
	readonly pullsDiagnostics: boolean;
	readonly #params: InitializeParams;
	readonly #turns = new Turns();
	readonly #fileWatch: FileWatch;
	#isDisposed = false;
	#stopWatching: () => void = () => undefined;

	constructor(connection: Connection, documents: TextDocuments<TextDocument>, world: World, params: InitializeParams) {
		const { workspace, textDocument } = params.capabilities;
		this.#params = params;
		this.pullsDiagnostics = textDocument?.diagnostic !== undefined;
		this.session = new Session({
			connection,
			documents,
			world,
			settings: new SettingsCache(connection, workspace?.configuration === true),
			options: (params.initializationOptions ?? {}) as InitializationOptions,
		});
		this.session.folders = folderPaths((params.workspaceFolders ?? []).map((folder) => folder.uri));
		this.refusals = new Refusals(this.session);
		this.#fileWatch = new FileWatch(connection, params.capabilities);
		this.knowledge = new KnowledgeBase(this.session, this.#fileWatch, (diagnosticsChanged) =>
			this.#looked(diagnosticsChanged),
		);
		this.acts = new Acts(this.session, () => this.knowledge.snapshot());
	}

	start(): void {
		const { connection } = this.session;
		const { workspace } = this.#params.capabilities;
		if (workspace?.didChangeConfiguration?.dynamicRegistration) {
			connection.client
				.register(DidChangeConfigurationNotification.type, { section: 'mcpHygiene' })
				.catch(() => undefined);
		}
		if (workspace?.workspaceFolders) {
			connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
				const gone = new Set(folderPaths(removed.map((folder) => folder.uri)));
				this.session.folders = [
					...this.session.folders.filter((f) => !gone.has(f)),
					...folderPaths(added.map((folder) => folder.uri)),
				];
				this.knowledge.schedule();
			});
		}
		this.#fileWatch.start();
		this.#tellStatus();
		void this.#installLauncher();
		this.#watchRefusals();
		void this.knowledge.refresh();
	}

	dispose(): void {
		this.#isDisposed = true;
		this.#stopWatching();
		this.knowledge.dispose();
	}

	changed(uri: string): void {
		if (!this.pullsDiagnostics) void this.#push(uri);
		this.knowledge.schedule();
	}

	closed(uri: string): void {
		this.session.forget(uri);
		this.session.settings.forget(uri);
		if (!this.pullsDiagnostics) this.#notify(PublishDiagnosticsNotification.method, { uri, diagnostics: [] });
		this.knowledge.schedule();
	}

	settingsChanged(): void {
		this.session.settings.forget();
		this.#refreshDiagnostics();
		this.knowledge.schedule();
	}

	trustGranted(): void {
		if (this.session.trusted) return;
		this.session.trusted = true;
		this.#tellStatus();
		void this.#installLauncher();
		this.#watchRefusals();
		void this.knowledge.refresh();
	}

	async applyFix(request: FixRequest) {
		return this.#tell(await this.#turns.take(() => executeFix(this.session, request)));
	}

	async ignore(request: IgnoreRequest) {
		return this.#tell(await this.#turns.take(() => ignoreFinding(this.session, request)));
	}

	async act(id: string) {
		const perform = () => this.acts.perform(id);
		return this.#tell(await (this.acts.onlyAsks(id) ? perform() : this.#turns.take(perform)));
	}

	approve(id: string): Promise<FixOutcome> {
		return this.#turns.take(() => this.refusals.approve(id));
	}

	forget(account: string): Promise<{ readonly forgotten: boolean }> {
		return this.#turns.take(async () => ({ forgotten: await forgetKept(this.session, account) }));
	}

	async declare(answer: DeclareAnswer) {
		const snapshot = await this.knowledge.snapshot();
		return this.#tell(await this.#turns.take(() => declareGrant(this.session, snapshot, answer)));
	}

	#tell(outcome: FixOutcome): FixOutcome {
		if (!this.session.options.showsOutcomes) {
			const type = outcome.status === 'done' ? MessageType.Info : MessageType.Warning;
			const text = outcome.copy === undefined ? '' : ` ${outcome.copy}`;
			this.#notify(ShowMessageNotification.method, { type, message: outcome.message + text });
			if (outcome.open !== undefined && this.#params.capabilities.window?.showDocument?.support) {
				const page = { uri: outcome.open, external: true };
				this.session.connection.sendRequest(ShowDocumentRequest.method, page).catch(() => undefined);
			}
		}
		this.knowledge.schedule(0);
		return outcome;
	}

	/** The launcher refuses in a process of its own and leaves a note; the editor tells the person, without a pop-up. */
	#watchRefusals(): void {
		if (!this.session.trusted || !this.session.options.editor) return;
		const tell = () => this.#notify(REFUSALS_CHANGED, { count: listRefusals(this.session.world.stateDir).length });
		this.#stopWatching = watchFolder(refusalsFolder(this.session.world.stateDir), tell);
		tell();
	}

	/** The editor starts servers by the launcher's bare name, so it has to know where the launcher lies. */
	async #installLauncher(): Promise<void> {
		if (!this.session.trusted || !this.session.options.editor) return;
		try {
			const { binFolder } = await this.session.world.installLauncher('workspace');
			this.#notify(SHIM_INSTALLED, { binFolder });
		} catch (error) {
			this.#status({ state: 'problem', message: `The launcher could not be installed: ${(error as Error).message}` });
		}
	}

	#looked(diagnosticsChanged: boolean): void {
		if (this.#isDisposed) return;
		if (diagnosticsChanged) this.#refreshDiagnostics();
		this.#notify(CREDENTIALS_CHANGED);
		if (this.#params.capabilities.workspace?.codeLens?.refreshSupport) {
			this.session.connection.sendRequest(CodeLensRefreshRequest.method).catch(() => undefined);
		}
	}

	#refreshDiagnostics(): void {
		if (!this.pullsDiagnostics) {
			for (const document of this.session.documents.all()) void this.#push(document.uri);
		} else if (this.#params.capabilities.workspace?.diagnostics?.refreshSupport) {
			this.session.connection.sendRequest(DiagnosticRefreshRequest.method).catch(() => undefined);
		}
	}

	async #push(uri: string): Promise<void> {
		const current = await this.session.current(uri);
		if (!current || this.session.documents.get(uri)?.version !== current.version) return;
		this.#notify(PublishDiagnosticsNotification.method, {
			uri,
			version: current.version ?? 0,
			diagnostics: diagnosticsOf(this.session, current),
		});
	}

	#tellStatus(): void {
		this.#status(
			this.session.trusted
				? { state: 'ok', message: 'MCP configs are checked.' }
				: {
						state: 'restricted',
						message:
							'Workspace not trusted: configs are checked by format only; no fix, no git, no keychain, no network.',
					},
		);
	}

	#status(status: ServerStatus): void {
		this.#notify(STATUS, status);
	}

	/** The editor may be gone when slow work ends; there is nobody left to tell then. */
	#notify(method: string, params?: unknown): void {
		this.session.connection.sendNotification(method, params).catch(() => undefined);
	}
}

function folderPaths(uris: readonly string[]): string[] {
	return uris.flatMap((uri) => {
		const path = filePath(uri);
		return path === undefined ? [] : [path.replace(/[/\\]$/, '')];
	});
}
