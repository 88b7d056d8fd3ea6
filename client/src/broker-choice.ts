import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type BrokerItems, type FixRequest, LIST_BROKER_ITEMS } from '../../server/src/protocol/index.ts';
import { oneLine } from './panel/words.ts';

/**
 * Lets the person choose the item of a secret manager that the reference shall name, or a new one. Undefined: cancelled.
 * A manager that cannot be asked is not an ending: the fix itself says why, with the way out.
 */
export async function chooseItem(client: LanguageClient, request: FixRequest): Promise<FixRequest | undefined> {
	if (request.fix !== 'swap-for-broker' || request.item !== undefined) return request;
	const { items, problem } = await client.sendRequest<BrokerItems>(LIST_BROKER_ITEMS, { broker: request.broker });
	if (problem !== undefined || items.length === 0) return request;
	const create = { label: '$(add) Create a new item', description: 'holds the value that stands in the config' };
	const existing = items.map(({ title, reference }) => ({
		label: `$(key) ${oneLine(title)}`,
		description: reference,
		reference,
	}));
	const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { reference?: string }>(
		[create, ...existing],
		{
			title: 'Swap for a reference',
			placeHolder: 'A new item, or one that holds the same value already?',
			matchOnDescription: true,
		},
	);
	if (!picked) return undefined;
	return picked.reference === undefined ? request : { ...request, item: picked.reference };
}
