import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
	DECLARE,
	type DeclareAnswer,
	type DeclaredWords,
	type DeclareQuestion,
	type DeclareSubject,
	type FixOutcome,
	PREPARE_DECLARATION,
} from '../../server/src/protocol/index.ts';
import { type DeclareItem, declaredWords, declareItems, wrongDay } from './declare-items.ts';
import { oneLine } from './panel/words.ts';

/** Lets a person say what a token may do where its issuer does not tell, or take that back. */
export async function declareGrant(
	client: LanguageClient,
	about: DeclareSubject,
	show: (outcome: FixOutcome) => void,
): Promise<void> {
	const question = await client.sendRequest<DeclareQuestion>(PREPARE_DECLARATION, about);
	if (question.blocked !== undefined) {
		show({ status: 'refused', message: question.blocked });
		return;
	}
	const answer = await askFor(question);
	if (!answer) return;
	const request: DeclareAnswer = { about, ...(answer === 'take back' ? {} : { words: answer }) };
	show(await client.sendRequest<FixOutcome>(DECLARE, request));
}

/** Undefined: cancelled. */
async function askFor(question: DeclareQuestion): Promise<DeclaredWords | 'take back' | undefined> {
	const title = oneLine(question.label);
	if (question.said) {
		const wish = await changeOrTakeBack(title, question.said.on);
		if (wish !== 'change') return wish;
	}
	const picked = await vscode.window.showQuickPick(declareItems(question).map(toQuickPick), {
		title,
		placeHolder: 'What may this token do? Tick what you know; it is kept with the date, and shown as declared by you.',
		canPickMany: true,
		matchOnDescription: true,
		ignoreFocusOut: true,
	});
	if (!picked) return undefined;
	const items = picked.map(({ item }) => item);
	const typed = items.some(({ isOther }) => isOther) ? await typeOthers(title, question.issuer) : '';
	if (typed === undefined) return undefined;
	const expires = await vscode.window.showInputBox({
		title,
		prompt: 'When does it end? Leave it empty if you do not know.',
		placeHolder: 'YYYY-MM-DD or never',
		value: question.said?.expires ?? '',
		validateInput: wrongDay,
		ignoreFocusOut: true,
	});
	return expires === undefined ? undefined : declaredWords(items, typed, expires);
}

async function changeOrTakeBack(title: string, on: string): Promise<'change' | 'take back' | undefined> {
	const picked = await vscode.window.showQuickPick(
		[
			{ label: 'Change what you said', wish: 'change' as const },
			{ label: 'Take it back', wish: 'take back' as const },
		],
		{ title, placeHolder: `You said on ${on} what it may do.` },
	);
	return picked?.wish;
}

function typeOthers(title: string, issuer: string): Thenable<string | undefined> {
	return vscode.window.showInputBox({
		title,
		prompt: `Scopes or permissions as ${oneLine(issuer)} names them, parted by commas. Never the token itself.`,
		placeHolder: 'issues:read, contents:write',
		ignoreFocusOut: true,
	});
}

function toQuickPick(item: DeclareItem): vscode.QuickPickItem & { readonly item: DeclareItem } {
	const { label, description, picked = false, isHeading } = item;
	const kind = isHeading ? vscode.QuickPickItemKind.Separator : vscode.QuickPickItemKind.Default;
	return { label, kind, picked, item, ...(description === undefined ? {} : { description }) };
}
