import { randomUUID } from 'node:crypto';
import type { StoredSecret } from '../../core/bindings/binding.ts';
import { isoDay } from '../../core/inventory/grant.ts';
import type { RotateAct, RotateOutcome } from '../../core/probes/probe.ts';
import type { SecretValue } from '../../core/secret-value.ts';
import { storeVerified } from '../keychain/verified.ts';
import type { StateIndex } from '../state/index.ts';
import { type ActEnd, ActRefused, type ActSession } from './session.ts';
import { storedToken, type Use } from './use.ts';

/** A written token would have its new value written too, through the editor's messages. */
export const WRITTEN =
	'It stands in plain text in a config, and its new value would stand there too. Move every copy to the OS keychain first; then rotate it there.';

/**
 * Asks for a new value and puts it in the place of the old one. The place for it is made and proven before the issuer is asked,
 * because from then on the issuer's answer is the only copy.
 *
 * @throws ActRefused, StoreError, IndexError before anything was sent
 */
export async function rotateStored(
	session: ActSession,
	uses: readonly Use[],
	{ keepsRights }: Pick<RotateAct, 'keepsRights'>,
	ask: (old: SecretValue) => Promise<RotateOutcome>,
): Promise<ActEnd> {
	if (uses.some(({ secret }) => secret.at === 'written')) throw new ActRefused(WRITTEN);
	const index = await session.world.openIndex();
	const fingerprint = uses.flatMap(({ secret }) => (secret.at === 'stored' ? [secret.fingerprint] : []))[0];
	const items = index.items.filter((item) => item.fingerprint === fingerprint);
	const renewable = await Promise.all(items.map((item) => renewableAs(session, item, index)));
	const old = renewable[0]?.old;
	if (!old) throw new ActRefused('The stored item is not there any more. Look at the list again.');
	const safe = `rotating:${randomUUID()}`;
	await storeVerified(session.world.keychain, safe, old);
	const outcome = await asked(session, safe, () => ask(old));
	if (outcome.state !== 'confirmed') {
		await succeeds(() => session.world.keychain.remove(safe));
		return { status: outcome.state, message: outcome.message };
	}
	const end = await keep(session, index, renewable, safe, outcome.secret);
	const renewed = keepsRights === undefined ? undefined : index.fingerprinter.of(outcome.secret);
	const said = await session.world.carryDeclared(fingerprint!, renewed).catch(() => 'nothing' as const);
	const ends = outcome.expiresAt === undefined ? '' : ` The new value ends on ${isoDay(outcome.expiresAt)}.`;
	return { ...end, message: `${end.message}${ends}${ABOUT_SAID[said]}` };
}

/** For the old value nothing is to be said any more, and a person should know whether the new one has their word. */
const ABOUT_SAID = {
	carried: ' What you said that it may do counts for the new value too.',
	dropped: ' What you said that it may do was of the old value; say it of the new one, if it still holds.',
	nothing: '',
} as const;

async function asked(session: ActSession, safe: string, ask: () => Promise<RotateOutcome>): Promise<RotateOutcome> {
	try {
		return await ask();
	} catch (error) {
		await succeeds(() => session.world.keychain.remove(safe));
		throw error;
	}
}

interface Renewable {
	readonly item: StoredSecret;
	readonly old: SecretValue;
	/** What is stored, with another token in it. */
	readonly replaced: (token: SecretValue) => SecretValue;
}

/** @throws ActRefused, StoreError */
async function renewableAs(session: ActSession, item: StoredSecret, index: StateIndex): Promise<Renewable> {
	const held = { itemId: item.id, fingerprint: item.fingerprint };
	const { token, replaced } = await storedToken(session, held, index.fingerprinter);
	if (replaced) return { item, old: token, replaced };
	throw new ActRefused(
		`What is stored as ${item.path} is a whole URL, and only a token by itself is replaced there. Use the token page of the issuer, and store the new URL.`,
	);
}

/** The copy first, then each item; the copy stays where an item could not be renewed. */
async function keep(
	session: ActSession,
	index: StateIndex,
	items: readonly Renewable[],
	safe: string,
	value: SecretValue,
): Promise<ActEnd> {
	const { keychain } = session.world;
	const isSafe = await succeeds(() => storeVerified(keychain, safe, value));
	const failed: string[] = [];
	for (const { item, replaced } of items) {
		const renewed = await succeeds(async () => {
			await storeVerified(keychain, item.id, replaced(value));
			await index.addItem(renewedItem(session, item, index.fingerprinter.of(value)));
		});
		if (!renewed) failed.push(item.path);
	}
	if (failed.length === 0) {
		await succeeds(() => keychain.remove(safe));
		return {
			status: 'done',
			message: 'Rotated: the keychain holds the new value, and the old one is dead. Start the servers again.',
		};
	}
	const lost = failed.join(', ');
	const made = `The token was rotated, but the keychain did not take the new value for ${lost}.`;
	if (!isSafe)
		return { status: 'failed', message: `${made} It is lost: make a new token on the issuer’s page and store that.` };
	const path = `rotated/${items[0]!.item.path}`;
	const copy = { ...renewedItem(session, items[0]!.item, index.fingerprinter.of(value)), id: safe, path };
	const isListed = await succeeds(() => index.addItem(copy));
	const where = isListed ? `"mcp-hygiene store get ${path} --reveal" shows it` : `its keychain account is "${safe}"`;
	return { status: 'failed', message: `${made} A copy of it is safe: ${where}. Store it again under ${lost}.` };
}

function renewedItem(session: ActSession, { since: _, ...item }: StoredSecret, fingerprint: string): StoredSecret {
	const now = session.world.now();
	return { ...item, fingerprint, storedAt: now, rotatedAt: now };
}

async function succeeds(work: () => Promise<unknown>): Promise<boolean> {
	try {
		await work();
		return true;
	} catch {
		return false;
	}
}
