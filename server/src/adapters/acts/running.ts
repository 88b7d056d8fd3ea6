import type { StoredSecret } from '../../core/bindings/binding.ts';
import { isRunning, stopTree } from '../processes/stop.ts';
import { processTable } from '../processes/table.ts';
import { dropRun, type Run, readRuns } from '../state/runs.ts';
import { ActRefused, type ActSession } from './session.ts';

/** What the launcher started with one of these and what still runs; undefined where this system does not tell. Forgets what ended. */
export function runningWith(stateDir: string, items: readonly Pick<StoredSecret, 'id'>[]): Run[] | undefined {
	const table = processTable();
	if (!table) return undefined;
	const noted = readRuns(stateDir);
	for (const run of noted) if (!isRunning(table, run)) dropRun(stateDir, run);
	return noted.filter((run) => isRunning(table, run) && items.some(({ id }) => run.items.includes(id)));
}

/**
 * Stops every server that runs with one of these.
 *
 * @param said a run in words
 * @returns what was stopped, in words; undefined where this system does not tell what runs
 * @throws ActRefused where one goes on running
 */
export async function stopRunning(
	{ world }: ActSession,
	items: readonly StoredSecret[],
	said: (run: Run) => string,
): Promise<string[] | undefined> {
	const runs = runningWith(world.stateDir, items);
	if (!runs) return undefined;
	const ended = await Promise.all(runs.map((run) => stopTree(run)));
	const left = runs.filter((_, i) => !ended[i]).map(said);
	if (left.length === 0) return runs.map(said);
	throw new ActRefused(
		`This could not be stopped, so nothing was sent: ${left.join(', ')}. Stop it in its host, then ask again.`,
	);
}
