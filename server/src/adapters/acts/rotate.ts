import { randomUUID } from 'node:crypto';
import type { StoredSecret } from '../../core/bindings/binding.ts';
import { isoDay } from '../../core/dates.ts';
import type { RotateAct, RotateOutcome } from '../../core/probes/probe.ts';
import type { Fingerprinter, SecretValue } from '../../core/secret-value.ts';
import type { StoredToken } from '../keychain/stored-token.ts';
import { storeVerified } from '../keychain/verified.ts';
import type { StateIndex } from '../state/index.ts';
import type { Run } from '../state/runs.ts';
import { stopRunning } from './running.ts';
import { type ActEnd, ActRefused, type ActSession } from './session.ts';
import type { Use } from './use.ts';

/** What one rotation needs of its issuer and of the keychain. */
interface Means {
	readonly rotate: Pick<RotateAct, 'keepsRights'>;
	/** What is stored, as far as it is the token. @throws ActRefused, StoreError */
	open(item: StoredSecret, fingerprinter: Fingerprinter): Promise<StoredToken>;
	/** A server that runs, in words. */
	said(run: Run, index: StateIndex): string;
	/** Asks the issuer. */
	ask(old: SecretValue): Promise<RotateOutcome>;
}

/**
 * Asks for a new value and puts it in the place of the old one. The place for it is made and proven before the issuer is asked,
 * because from then on the issuer's answer is the only copy; and whatever runs on the old one is stopped before.
 *
 * @throws ActRefused, StoreError, IndexError before anything was sent
 */
export async function rotateStored(session: ActSession, uses: readonly Use[], means: Means): Promise<ActEnd> {
	const index = await session.world.openIndex();
	const fingerprint = uses.flatMap(({ secret }) => (secret.at === 'stored' ? [secret.fingerprint] : []))[0];
	const items = index.items.filter((item) => item.fingerprint === fingerprint);
	const renewable = await Promise.all(
		items.map(async (item) => renewableAs(item, await means.open(item, index.fingerprinter))),
	);
	const old = renewable[0]?.old;
	if (!old) throw new ActRefused('The stored item is not there any more. Look at the list again.');
	const safe = `rotating:${randomUUID()}`;
	await storeVerified(session.world.keychain, safe, old);
	const { outcome, stopped } = await withoutSafe(session, safe, async () => ({
		stopped: await stopRunning(session, items, (run) => means.said(run, index)),
		outcome: await means.ask(old),
	}));
	if (outcome.state !== 'confirmed') {
		await succeeds(() => session.world.keychain.remove(safe));
		return { status: outcome.state, message: `${outcome.message}${stoppedText(stopped)}` };
	}
	const end = await keep(session, index, renewable, safe, outcome.secret);
	const renewed = means.rotate.keepsRights === undefined ? undefined : index.fingerprinter.of(outcome.secret);
	const said = await session.world.carryDeclared(fingerprint!, renewed).catch(() => 'nothing' as const);
	const ends = outcome.expiresAt === undefined ? '' : ` The new value ends on ${isoDay(outcome.expiresAt)}.`;
	return { ...end, message: `${end.message}${stoppedText(stopped)}${ends}${ABOUT_SAID[said]}` };
}

function stoppedText(stopped: readonly string[] | undefined): string {
	if (!stopped) return ' Start every server that uses it again.';
	return stopped.length === 0 ? '' : ` Stopped before it was sent: ${stopped.join(', ')}. Start that again.`;
}

/** For the old value nothing is to be said any more, and a person should know whether the new one has their word. */
const ABOUT_SAID = {
	carried: ' What you said that it may do counts for the new value too.',
	dropped: ' What you said that it may do was of the old value; say it of the new one, if it still holds.',
	nothing: '',
} as const;

/** Where it cannot even be asked for, the place that was made for the new value goes again. */
async function withoutSafe<T>(session: ActSession, safe: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
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

/** @throws ActRefused */
function renewableAs(item: StoredSecret, { token, replaced }: StoredToken): Renewable {
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
			message: 'Rotated: the keychain holds the new value, and the old one is dead.',
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
