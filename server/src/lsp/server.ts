import { type Connection, type InitializeResult, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
	type ActWish,
	APPLY_FIX_COMMAND,
	APPROVE_REFUSAL,
	DECLARE,
	type DeclareAnswer,
	type DeclareSubject,
	DO_ACT,
	type FixRequest,
	FORGET_KEPT,
	IGNORE_COMMAND,
	type IgnoreRequest,
	LIST_BROKER_ITEMS,
	LIST_CREDENTIALS,
	LIST_KEPT,
	LIST_REFUSALS,
	LOOK_AGAIN,
	PREPARE_ACT,
	PREPARE_DECLARATION,
	TRUST_GRANTED,
} from '../protocol/index.ts';
import { capabilities } from './capabilities.ts';
import { listKept } from './fix/prompt.ts';
import { brokerItems } from './requests/broker-items.ts';
import { codeActions } from './requests/code-action.ts';
import { codeLenses } from './requests/code-lens.ts';
import { prepareDeclaration } from './requests/declare.ts';
import { pullDiagnostics } from './requests/diagnostic.ts';
import { hover } from './requests/hover.ts';
import { listCredentials } from './requests/list-credentials.ts';
import { Serving } from './serving.ts';
import type { World } from './world.ts';

/** Serves one connection. Everything is registered before it returns; the caller starts listening. */
export function serve(connection: Connection, world: World): void {
	const documents = new TextDocuments(TextDocument);
	let state: Serving | undefined;

	connection.onInitialize((params): InitializeResult => {
		state = new Serving(connection, documents, world, params);
		return { serverInfo: { name: 'mcp-credential-hygiene' }, capabilities: capabilities(state.pullsDiagnostics) };
	});
	connection.onInitialized(() => state?.start());
	connection.onShutdown(() => state?.dispose());

	documents.onDidChangeContent(({ document }) => state?.changed(document.uri));
	documents.onDidClose(({ document }) => state?.closed(document.uri));
	connection.onDidChangeWatchedFiles(() => state?.knowledge.schedule());
	connection.onDidChangeConfiguration(() => state?.settingsChanged());
	connection.onNotification(TRUST_GRANTED, () => state?.trustGranted());

	connection.languages.diagnostics.on((params) => pullDiagnostics(state!.session, params.textDocument.uri));
	connection.onHover((params) =>
		hover(state!.session, state!.knowledge.latest, params.textDocument.uri, params.position),
	);
	connection.onCodeLens((params) => codeLenses(state!.session, state!.knowledge.latest, params.textDocument.uri));
	connection.onCodeAction((params) => codeActions(state!.session, params));
	connection.onExecuteCommand(async ({ command, arguments: args }) => {
		if (command === IGNORE_COMMAND) return state!.ignore(args?.[0] as IgnoreRequest);
		if (command !== APPLY_FIX_COMMAND) return null;
		return state!.applyFix(args?.[0] as FixRequest);
	});
	connection.onRequest(LIST_BROKER_ITEMS, ({ broker }: { broker: string }) => brokerItems(state!.session, broker));
	connection.onRequest(LIST_REFUSALS, () => state!.refusals.list());
	connection.onRequest(APPROVE_REFUSAL, ({ id }: { id: string }) => state!.approve(id));
	connection.onRequest(PREPARE_ACT, (wish: ActWish) => state!.acts.prepare(wish));
	connection.onRequest(DO_ACT, ({ id }: { id: string }) => state!.act(id));
	connection.onRequest(PREPARE_DECLARATION, async (about: DeclareSubject) =>
		prepareDeclaration(state!.session, await state!.knowledge.snapshot(), about),
	);
	connection.onRequest(DECLARE, (answer: DeclareAnswer) => state!.declare(answer));
	connection.onRequest(LIST_KEPT, () => listKept(state!.session));
	connection.onRequest(FORGET_KEPT, ({ account }: { account: string }) => state!.forget(account));
	connection.onRequest(LOOK_AGAIN, async () => {
		await state!.knowledge.refresh();
		return null;
	});
	connection.onRequest(LIST_CREDENTIALS, async () =>
		listCredentials(state!.session, await state!.knowledge.snapshot()),
	);
	documents.listen(connection);
}
