import * as vscode from 'vscode';
import { State } from 'vscode-languageclient/node';
import {
	CREDENTIALS_CHANGED,
	type CredentialAction,
	type CredentialList,
	type CredentialRow,
	LIST_CREDENTIALS,
	LOOK_AGAIN,
	type OwnCapabilities,
	type ServerStatus,
	SHIM_INSTALLED,
	type ShimInstalled,
	STATUS,
} from '../../server/src/protocol/index.ts';
import { createClient } from './client.ts';
import { act, fixPlace, goTo, ignore, registerCommands, showOutcome } from './commands.ts';
import { declareGrant } from './declare.ts';
import { pathWith } from './environment.ts';
import { CLIPBOARD_SECONDS, copyKeptSecret } from './kept-secret.ts';
import { OnePaste } from './one-paste.ts';
import { Panel } from './panel/panel.ts';
import { followRefusals, reviewRefusals } from './refusals.ts';
import { StatusItem } from './status.ts';
import { CredentialsTable } from './table/table.ts';

const GAVE_UP: ServerStatus = { state: 'problem', message: 'The language server stopped. The log says why.' };

export interface Session {
	stop(): Promise<void>;
}

/** Wires the parts and returns at once: the server starts beside the editor's own start. */
export function startSession(context: vscode.ExtensionContext): Session {
	const log = vscode.window.createOutputChannel('MCP Credential Hygiene', { log: true });
	const status = new StatusItem();
	const client = createClient(context, log, { fixed: showOutcome, gaveUp });
	const panel = new Panel({
		list: () => client.sendRequest<CredentialList>(LIST_CREDENTIALS),
		failed: (error) =>
			log.error(`The credentials could not be listed: ${error instanceof Error ? error.message : 'unknown error'}`),
	});
	const paste = new OnePaste(vscode.env.clipboard, CLIPBOARD_SECONDS);
	const actOn = (row: CredentialRow, action: CredentialAction) => act(client, row, action);
	const table = new CredentialsTable({
		extensionUri: context.extensionUri,
		list: () => client.sendRequest<CredentialList>(LIST_CREDENTIALS),
		go: goTo,
		fix: fixPlace,
		ignore,
		act: actOn,
		retry: refresh,
		showLog: () => log.show(),
		manageTrust: () => void vscode.commands.executeCommand('workbench.trust.manage'),
	});
	function gaveUp(): void {
		status.show(GAVE_UP);
		panel.model.lost();
		table.lost();
	}

	function start(): void {
		panel.model.starting();
		client.start().catch(gaveUp);
	}
	async function refresh(): Promise<void> {
		if (!client.isRunning()) {
			start();
			return;
		}
		// A server that ends meanwhile cannot answer; the list below says so.
		await client.sendRequest(LOOK_AGAIN).catch(() => undefined);
		await panel.model.refresh();
	}

	client.onNotification(STATUS, (told: ServerStatus) => status.show(told));
	client.onNotification(CREDENTIALS_CHANGED, () => {
		panel.model.changed();
		void table.refresh();
	});
	client.onNotification(SHIM_INSTALLED, ({ binFolder }: ShimInstalled) => {
		process.env.PATH = pathWith(process.env.PATH ?? '', binFolder);
	});
	followRefusals(client);
	context.subscriptions.push(
		log,
		status,
		panel,
		table,
		registerCommands({
			refresh,
			log,
			extensionUri: context.extensionUri,
			openTable: () => table.open(),
			declare: (about) => declareGrant(client, about, showOutcome),
			act: actOn,
			reviewRefusals: () => reviewRefusals(client, showOutcome),
			copyKeptSecret: () => copyKeptSecret(client, context.asAbsolutePath('dist/launcher.js'), paste),
		}),
		client.onDidChangeState(({ newState }) => {
			if (newState !== State.Running) return;
			const { configGlobs }: Partial<OwnCapabilities> = client.initializeResult?.capabilities.experimental ?? {};
			status.showBeside(configGlobs ?? []);
			void panel.model.refresh();
		}),
	);
	start();
	return {
		stop: async () => {
			await Promise.allSettled([paste.stop(), client.stop()]);
		},
	};
}
