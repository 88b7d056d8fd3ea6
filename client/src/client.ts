import * as vscode from 'vscode';
import {
	CloseAction,
	LanguageClient,
	type LanguageClientOptions,
	type Middleware,
	RevealOutputChannelOn,
	TransportKind,
} from 'vscode-languageclient/node';
import {
	APPLY_FIX_COMMAND,
	type FixOutcome,
	type FixRequest,
	IGNORE_COMMAND,
	type IgnoreRequest,
	type InitializationOptions,
	SETTINGS_SECTION,
	TRUST_GRANTED,
} from '../../server/src/protocol/index.ts';
import { chooseItem } from './broker-choice.ts';
import { CONFIG_DOCUMENTS } from './config-files.ts';
import { remoteElsewhere, userDataFolder } from './environment.ts';
import { askReason } from './ignore-reason.ts';
import { onSettingsChange, readSettings } from './settings.ts';
import { redactingTrace } from './trace.ts';

export interface ClientHooks {
	/** A person chose a fix; this came of it. */
	readonly fixed: (outcome: FixOutcome) => void;
	/** The server ended too often and stays down. */
	readonly gaveUp: () => void;
}

/** The language client, not started. The server is a process of its own, so that it can do nothing to the editor. */
export function createClient(
	context: vscode.ExtensionContext,
	log: vscode.LogOutputChannel,
	hooks: ClientHooks,
): LanguageClient {
	const options: LanguageClientOptions = {
		documentSelector: [...CONFIG_DOCUMENTS],
		initializationOptions: () => initializationOptions(context),
		outputChannel: log,
		traceOutputChannel: redactingTrace(log),
		revealOutputChannelOn: RevealOutputChannelOn.Never,
		middleware: middleware(() => client, hooks),
		errorHandler: {
			error: (...problem) => defaults().error(...problem),
			closed: async () => {
				const result = await defaults().closed();
				if (result.action === CloseAction.DoNotRestart) hooks.gaveUp();
				// The status item and the panel say it; a pop-up would say it again.
				return { ...result, handled: true };
			},
		},
		initializationFailedHandler: (error) => {
			log.error(`The language server did not start: ${String(error?.message ?? error)}`);
			return false;
		},
	};
	const module = context.asAbsolutePath('dist/server.js');
	const client: LanguageClient = new LanguageClient(
		SETTINGS_SECTION,
		'MCP Credential Hygiene',
		// The working directory is ours: a workspace folder could hold files that change how a process starts.
		{ module, transport: TransportKind.ipc, options: { cwd: context.extensionPath } },
		options,
	);
	const handler = client.createDefaultErrorHandler();
	const defaults = () => handler;
	context.subscriptions.push(
		onSettingsChange(
			() => void tell(client, 'workspace/didChangeConfiguration', { settings: { [SETTINGS_SECTION]: readSettings() } }),
		),
		vscode.workspace.onDidGrantWorkspaceTrust(() => void tell(client, TRUST_GRANTED)),
		// Trust that came while the server was starting; it is told again to one that knows.
		client.onDidChangeState(() => {
			if (vscode.workspace.isTrusted) void tell(client, TRUST_GRANTED);
		}),
	);
	return client;
}

/** A server that is down learns the state of the world when it starts again. */
async function tell(client: LanguageClient, method: string, parameters?: object): Promise<void> {
	if (client.isRunning()) await client.sendNotification(method, parameters).catch(() => undefined);
}

function initializationOptions(context: vscode.ExtensionContext): InitializationOptions {
	const remoteName = remoteElsewhere(vscode.env.remoteName);
	const folder = userDataFolder(context.globalStorageUri);
	return {
		trusted: vscode.workspace.isTrusted,
		...(remoteName ? { remoteName } : {}),
		...(folder ? { userDataFolder: folder } : {}),
		editor: vscode.env.appName,
		showsOutcomes: true,
	};
}

function middleware(client: () => LanguageClient, hooks: ClientHooks): Middleware {
	return {
		executeCommand: async (command, args, next) => {
			if (command !== APPLY_FIX_COMMAND && command !== IGNORE_COMMAND) return next(command, args);
			const request =
				command === IGNORE_COMMAND
					? await askReason(args[0] as IgnoreRequest)
					: await chooseItem(client(), args[0] as FixRequest);
			if (!request) return undefined;
			const result: unknown = await next(command, [request]);
			if (isOutcome(result)) hooks.fixed(result);
			return result;
		},
		workspace: {
			// Whatever section is asked for, the server learns our own settings and no others.
			configuration: ({ items }) =>
				items.map(({ section, scopeUri }) =>
					section === SETTINGS_SECTION ? readSettings(scopeUri ? vscode.Uri.parse(scopeUri) : undefined) : null,
				),
		},
	};
}

function isOutcome(value: unknown): value is FixOutcome {
	return typeof value === 'object' && value !== null && 'status' in value && 'message' in value;
}
