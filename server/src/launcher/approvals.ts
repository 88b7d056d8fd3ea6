import { type ReadOnlyIndex, readIndex, unverifiedItems } from '../adapters/state/index.ts';
import type { CredentialReference } from '../core/references.ts';
import { announce } from './announce.ts';
import { Refused } from './refuse.ts';
import type { LauncherWorld } from './world.ts';

export const WAY_OUT = 'Approve it in the editor, or run "mcp-hygiene approve" in a terminal.';

/** The index, or the refusal of everything: without it nothing is approved. */
export async function approvals(
	world: LauncherWorld,
	asked: readonly CredentialReference[],
	server?: string,
): Promise<ReadOnlyIndex> {
	const items = unverifiedItems(world.stateDir, new Set(asked.map((reference) => reference.text)));
	await announce(world, items, server);
	const reading = readIndex(world.stateDir, world.indexKeys);
	world.keychain.start(items.map(({ id }) => id));
	const index = await reading;
	if (index) return index;
	throw new Refused(`no credential is approved for any server on this machine. ${WAY_OUT}`);
}
