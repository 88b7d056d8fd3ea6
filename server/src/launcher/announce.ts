import { ownMark } from '../adapters/processes/mark.ts';
import { noteRun } from '../adapters/state/runs.ts';
import { secretAtRest } from '../adapters/state/secret-lock.ts';
import type { StoredSecret } from '../core/bindings/binding.ts';
import { Refused } from './refuse.ts';
import type { LauncherWorld } from './world.ts';

/** Less than the watchdog gives us, which would speak of a keychain that does not answer. */
const PATIENCE_MS = 8_000;

/**
 * Before anything is read: writes down which stored secrets this process wants, then waits while one of them is being changed. Whoever rotates a
 * secret holds its lock, and then stops everyone who wrote that down. So a process either is stopped, or reads the new value: an old
 * one that is used afterwards can make the issuer end the new one too.
 *
 * @throws Refused where that change does not end
 */
export async function announce(
	{ stateDir, now }: LauncherWorld,
	items: readonly Pick<StoredSecret, 'id' | 'fingerprint'>[],
	server: string | undefined,
	patience = PATIENCE_MS,
): Promise<void> {
	if (items.length === 0) return;
	const mark = ownMark();
	const named = server === undefined ? {} : { server };
	if (mark !== undefined)
		noteRun(stateDir, { pid: process.pid, mark, at: now(), items: items.map(({ id }) => id), ...named });
	const until = now() + patience;
	for (const { fingerprint } of items) {
		if (await secretAtRest(stateDir, fingerprint, until - now())) continue;
		throw new Refused(
			'its secret is just being moved, rotated or removed in another window or terminal. Start the server again when that has ended.',
		);
	}
}
