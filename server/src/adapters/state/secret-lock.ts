import { join } from 'node:path';
import type { Fingerprint } from '../../core/secret-value.ts';
import { ensureFolder } from './directory.ts';
import { freed, withLock } from './lock.ts';

/** Long enough for a move to the keychain to end, and too short to look broken. */
const PATIENCE = 3_000;

const BUSY =
	'This secret is just being moved, rotated, revoked or removed in another window or terminal, so nothing was done here. Let that end, look at the list again, and repeat what you wanted.';

/**
 * One change of a secret at a time on this machine: an editor must not move what a terminal rotates. By its fingerprint under the person's
 * own key; an editor that ends a token before there is an index has nobody to wait for but a fix, which makes one. Whoever gets the lock
 * reads everything again.
 *
 * @throws StoreError if another process goes on holding it
 */
export function withSecretLock<T>(stateDir: string, fingerprint: Fingerprint, work: () => Promise<T>): Promise<T> {
	ensureFolder(locksFolder(stateDir));
	return withLock(lockOf(stateDir, fingerprint), work, { giveUpAfter: PATIENCE, busy: BUSY });
}

/** For whoever is about to read it: waits while it is being changed. @returns false if that does not end in time (milliseconds) */
export function secretAtRest(stateDir: string, fingerprint: Fingerprint, giveUpAfter: number): Promise<boolean> {
	return freed(lockOf(stateDir, fingerprint), giveUpAfter);
}

function locksFolder(stateDir: string): string {
	return join(stateDir, 'locks');
}

function lockOf(stateDir: string, fingerprint: Fingerprint): string {
	return join(locksFolder(stateDir), `${fingerprint}.lock`);
}
