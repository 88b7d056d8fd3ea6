import { storeVerified } from '../../adapters/keychain/verified.ts';
import type { StoredSecret } from '../../core/bindings/binding.ts';
import { planPrompt } from '../../core/fixes/prompt.ts';
import { isRefusal } from '../../core/fixes/target.ts';
import { pathSegment } from '../../core/references.ts';
import type { KeptSecret } from '../../protocol/index.ts';
import type { Session } from '../session.ts';
import { applyEdit } from './edit.ts';
import { describeItem } from './item.ts';
import { EditUncertain, FixRefused, type Place } from './place.ts';

/** Path of items that wait for VS Code's prompt: `waiting/<server>/<input id>`. They are bound to nothing and released to nobody. */
const WAITING = 'waiting/';

export function isWaiting(item: StoredSecret): boolean {
	return item.path.startsWith(WAITING);
}

/**
 * Replaces the secret by an encrypted VS Code input. VS Code cannot be handed the value and asks for it at the next start,
 * so it stays in the keychain until then.
 */
export async function promptForPassword(session: Session, place: Place): Promise<string> {
	const { current, credential } = place;
	const plan = planPrompt(current.document, credential);
	if (isRefusal(plan)) throw new FixRefused(plan.refused);
	const index = await session.world.openIndex();
	const path = `${WAITING}${pathSegment(credential.server?.name ?? plan.inputId)}/${plan.inputId}`;
	const item = describeItem(session, place, path, index);
	await storeVerified(session.world.keychain, item.id, plan.stored);
	try {
		await index.addItem(item);
	} catch (error) {
		await session.world.keychain.remove(item.id).catch(() => undefined);
		throw error;
	}
	const outcome = await applyEdit(session, current, plan.changes, 'Ask for the credential in a password input');
	if (outcome === 'unknown') throw new EditUncertain(item.path);
	if (outcome === 'rejected') {
		await index.removeItem(item.id);
		await session.world.keychain.remove(item.id);
		throw new FixRefused('The editor did not make the change, so nothing was moved. Open the light bulb again.');
	}
	return 'VS Code will ask for it when the server starts. Until then it is kept in the OS keychain: run "Copy Kept Secret Once" to paste it at the prompt.';
}

/** mcpHygiene/kept/list */
export async function listKept(session: Session): Promise<KeptSecret[]> {
	const index = session.trusted ? await session.world.readIndex() : undefined;
	return (index?.items ?? []).filter(isWaiting).map((item) => {
		const [, server = '', inputId = ''] = item.path.split('/');
		return { account: item.id, inputId, server, kind: item.kindName };
	});
}

/** mcpHygiene/kept/forget */
export async function forgetKept(session: Session, account: string): Promise<boolean> {
	if (!session.trusted) return false;
	const index = await session.world.openIndex();
	const item = index.items.find((i) => i.id === account && isWaiting(i));
	if (!item) return false;
	await session.world.keychain.remove(item.id);
	await index.removeItem(item.id);
	return true;
}
