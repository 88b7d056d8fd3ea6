import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
	type ActId,
	type ActQuestion,
	type ActWish,
	DO_ACT,
	type FixOutcome,
	PREPARE_ACT,
} from '../../server/src/protocol/index.ts';
import { modalFor } from './act-modal.ts';

/** Asks an issuer, revokes or rotates, after a modal that names everything. Nothing is remembered: each time is asked for. */
export async function runAct(
	client: LanguageClient,
	act: ActId,
	row: string,
	show: (outcome: FixOutcome) => void,
): Promise<void> {
	const wish: ActWish = { act, row };
	const question = await client.sendRequest<ActQuestion>(PREPARE_ACT, wish);
	const { id } = question;
	if (id === undefined) {
		show({ status: 'refused', message: question.blocked ?? 'This cannot be done now.' });
		return;
	}
	const { title, detail, yes, warns } = modalFor(act, question);
	const ask = warns ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
	const answer = await ask(title, { modal: true, detail }, yes);
	if (answer !== yes) return;
	// In the status bar: with a notification for the progress, VS Code does not always show the one that tells the outcome.
	const outcome = await vscode.window.withProgress(
		{ location: vscode.ProgressLocation.Window, title: `Waiting for ${question.issuer}…` },
		() => client.sendRequest<FixOutcome>(DO_ACT, { id }),
	);
	show(outcome);
}
