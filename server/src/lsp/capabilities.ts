import { type InitializeResult, TextDocumentSyncKind } from 'vscode-languageserver/node';
import { APPLY_FIX_COMMAND, IGNORE_COMMAND, type OwnCapabilities } from '../protocol/index.ts';
import { configGlobs } from './config-globs.ts';

/** What the server can do, as LSP says it. */
export function capabilities(pullsDiagnostics: boolean): InitializeResult['capabilities'] {
	return {
		textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
		hoverProvider: true,
		codeLensProvider: { resolveProvider: false },
		codeActionProvider: { codeActionKinds: ['quickfix'] },
		executeCommandProvider: { commands: [APPLY_FIX_COMMAND, IGNORE_COMMAND] },
		workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
		...(pullsDiagnostics
			? { diagnosticProvider: { identifier: 'mcp-hygiene', interFileDependencies: true, workspaceDiagnostics: false } }
			: {}),
		experimental: { configGlobs: configGlobs() } satisfies OwnCapabilities,
	};
}
