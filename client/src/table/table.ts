import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type {
	CredentialAction,
	CredentialList,
	CredentialPlace,
	CredentialRow,
	IgnoreRequest,
} from '../../../server/src/protocol/index.ts';
import type { FromTable, ToTable } from '../../table/messages.ts';
import { type ExportFormat, exported } from './export.ts';
import { tablePage } from './html.ts';

export interface TableParts {
	readonly extensionUri: vscode.Uri;
	readonly list: () => Promise<CredentialList>;
	readonly go: (place: CredentialPlace) => Promise<void>;
	readonly fix: (place: CredentialPlace) => Promise<void>;
	readonly ignore: (request: IgnoreRequest) => Promise<void>;
	readonly act: (row: CredentialRow, action: CredentialAction) => Promise<void>;
	/** Starts the server again if it has to, and looks at every config again. */
	readonly retry: () => Promise<void>;
	readonly showLog: () => void;
	readonly manageTrust: () => void;
}

const TYPE = 'mcpHygiene.table';
const STYLES = ['table.css', 'table-rows.css', 'table-narrow.css'] as const;

/** The full table in an editor tab: one at a time, filled again whenever something changed. */
export class CredentialsTable {
	readonly #parts: TableParts;
	#tab: vscode.WebviewPanel | undefined;
	#rows: readonly CredentialRow[] = [];

	constructor(parts: TableParts) {
		this.#parts = parts;
	}

	open(): void {
		if (this.#tab) {
			this.#tab.reveal(undefined, false);
			return;
		}
		const { extensionUri } = this.#parts;
		const roots = [vscode.Uri.joinPath(extensionUri, 'media'), vscode.Uri.joinPath(extensionUri, 'dist')];
		const tab = vscode.window.createWebviewPanel(TYPE, 'MCP Credentials', vscode.ViewColumn.Active, {
			enableScripts: true,
			localResourceRoots: roots,
		});
		this.#tab = tab;
		const icon = (name: string) => vscode.Uri.joinPath(extensionUri, 'media', name);
		tab.iconPath = { light: icon('icon.svg'), dark: icon('icon-dark.svg') };
		tab.onDidDispose(() => {
			this.#tab = undefined;
		});
		tab.webview.onDidReceiveMessage((message: FromTable) => this.#receive(message));
		tab.webview.html = this.#page(tab.webview);
	}

	/** Asks again, if anybody looks. */
	async refresh(): Promise<void> {
		if (!this.#tab) return;
		try {
			const { rows, state, problems } = await this.#parts.list();
			this.#rows = rows;
			this.#send({ type: 'rows', rows, note: problems.join(' '), isRestricted: state === 'restricted' });
		} catch {
			this.lost();
		}
	}

	/** The server is gone, and with it what it knew. */
	lost(): void {
		this.#rows = [];
		this.#send({ type: 'failed' });
	}

	dispose(): void {
		this.#tab?.dispose();
	}

	#send(message: ToTable): void {
		void this.#tab?.webview.postMessage(message);
	}

	async #receive(message: FromTable): Promise<void> {
		if (message.type === 'ready') return this.refresh();
		if (message.type === 'export') return saveExport(this.#rows);
		if (message.type === 'log') return this.#parts.showLog();
		if (message.type === 'trust') return this.#parts.manageTrust();
		if (message.type === 'retry') {
			await this.#parts.retry();
			return this.refresh();
		}
		const row = this.#rows.find(({ id }) => id === message.row);
		if (!row) return;
		if (message.type === 'act') {
			const action = row.actions?.find(({ id }) => id === message.action);
			if (action) await this.#parts.act(row, action);
			return;
		}
		const place = row.places[message.place];
		if (message.type === 'ignore') {
			const request = place?.findings[message.finding]?.ignore;
			if (request) await this.#parts.ignore(request);
			return;
		}
		if (place) await (message.type === 'go' ? this.#parts.go(place) : this.#parts.fix(place));
	}

	#page(webview: vscode.Webview): string {
		const at = (...path: string[]) =>
			webview.asWebviewUri(vscode.Uri.joinPath(this.#parts.extensionUri, ...path)).toString();
		return tablePage({
			nonce: randomBytes(18).toString('base64url'),
			cspSource: webview.cspSource,
			script: at('dist', 'table.js'),
			styles: [at('dist', 'codicon.css'), ...STYLES.map((name) => at('media', name))],
		});
	}
}

const FORMATS: readonly { readonly label: string; readonly format: ExportFormat; readonly extension: string }[] = [
	{ label: 'CSV', format: 'csv', extension: 'csv' },
	{ label: 'JSON', format: 'json', extension: 'json' },
	{ label: 'Markdown', format: 'markdown', extension: 'md' },
];

async function saveExport(rows: readonly CredentialRow[]): Promise<void> {
	const title = `Export all ${rows.length} credentials of the list, without secrets`;
	const chosen = await vscode.window.showQuickPick(FORMATS, { title });
	if (!chosen) return;
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
	const defaultUri = vscode.Uri.joinPath(folder, `mcp-credentials.${chosen.extension}`);
	const target = await vscode.window.showSaveDialog({ saveLabel: 'Export', defaultUri });
	if (!target) return;
	try {
		await vscode.workspace.fs.writeFile(target, Buffer.from(exported(rows, chosen.format), 'utf8'));
	} catch {
		void vscode.window.showErrorMessage(`${target.fsPath} cannot be written. Choose another place.`);
	}
}
