import * as vscode from 'vscode';
import type { IgnoreRequest } from '../../server/src/protocol/index.ts';

/** Asks why a finding is fine; undefined: cancelled. */
export async function askReason(request: IgnoreRequest): Promise<IgnoreRequest | undefined> {
	const reason = await vscode.window.showInputBox({
		title: `Ignore ${request.ruleId} here`,
		prompt: 'Why is this fine? The next reader sees the reason in a comment, or in the baseline file.',
		placeHolder: 'throw-away account of the demo',
		validateInput: (text) =>
			(text.match(/\p{L}/gu)?.length ?? 0) > 1 ? undefined : 'Say in a few words why this is fine.',
		ignoreFocusOut: true,
	});
	return reason === undefined ? undefined : { ...request, reason };
}
