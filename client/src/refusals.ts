import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
	APPROVE_REFUSAL,
	type FixOutcome,
	LIST_REFUSALS,
	REFUSALS_CHANGED,
	type RefusedStart,
} from '../../server/src/protocol/index.ts';
import { oneLine, shortPath } from './panel/words.ts';

/** Tells, without a pop-up, that the launcher refused a start: a badge on the view's title, and its command. */
export function followRefusals(client: LanguageClient): void {
	client.onNotification(REFUSALS_CHANGED, ({ count }: { count: number }) => {
		void vscode.commands.executeCommand('setContext', 'mcpHygiene.refusals', count);
	});
}

/** Shows what was refused and why; a person may allow one in a modal that names who would receive the secret. */
export async function reviewRefusals(client: LanguageClient, show: (outcome: FixOutcome) => void): Promise<void> {
	const refused = await client.sendRequest<RefusedStart[]>(LIST_REFUSALS);
	if (refused.length === 0) {
		void vscode.window.showInformationMessage('The launcher has refused no start that still waits for you.');
		return;
	}
	const picked = await vscode.window.showQuickPick(
		refused.map((start) => ({
			label: oneLine(start.server || start.reference),
			description: shortPath(start.config),
			detail: start.differences.map(oneLine).join(' · '),
			start,
		})),
		{ title: 'Refused starts', placeHolder: 'Which one do you want to look at?', matchOnDetail: true },
	);
	if (picked) await review(client, picked.start, show);
}

async function review(client: LanguageClient, start: RefusedStart, show: (outcome: FixOutcome) => void): Promise<void> {
	const differences = start.differences.map((line) => `• ${oneLine(line)}`).join('\n');
	const title = `Allow ${oneLine(start.server)} to receive ${oneLine(start.reference)}?`;
	if (start.blocked) {
		const detail = `${differences}\n\nIt cannot be allowed: ${oneLine(start.blocked)}`;
		await vscode.window.showWarningMessage(title, { modal: true, detail });
		return;
	}
	const receiver = `It would be given to ${oneLine(start.receiver ?? '')},\nas written in ${oneLine(start.config)}.`;
	const detail = `Not as approved:\n${differences}\n\n${receiver}\n\nAllow it only if you made this change yourself.`;
	const answer = await vscode.window.showWarningMessage(title, { modal: true, detail }, 'Allow');
	if (answer === 'Allow') show(await client.sendRequest<FixOutcome>(APPROVE_REFUSAL, { id: start.id }));
}
