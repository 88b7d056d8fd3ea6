import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { IndexError, indexPath } from '../adapters/state/index.ts';
import { withLock } from '../adapters/state/lock.ts';
import { type Context, EXIT } from './context.ts';
import { CommandError } from './error.ts';
import { readState } from './state.ts';

/**
 * `doctor --reset-index`: moves an index aside that is damaged or that somebody else wrote, so that a new one can start. An act
 * of a person: whoever could have it done would undo every approval. Nothing is deleted.
 */
export async function resetIndex(context: Context): Promise<number> {
	if (!(await context.isInteractive())) {
		throw new CommandError('Resetting the index is for a person: run it yourself, in a terminal.');
	}
	const path = indexPath(context.stateDir);
	const wrong = await whatIsWrong(context);
	if (!wrong) {
		context.err('The index of approved servers is in order, so it stays where it is.\n');
		return EXIT.ok;
	}
	context.err(
		`${wrong}\nReset, and every server needs your approval once more. Your secrets stay in the keychain: store each again with "mcp-hygiene store put", or name it by its id with "mcp-hygiene approve --item ID"; the ids stand in the file that is moved.\n`,
	);
	const answer = await context.ask('Move the index aside and start with an empty one? Type yes: ');
	if (answer.trim() !== 'yes') {
		context.err('Nothing was changed.\n');
		return EXIT.ok;
	}
	const aside = await moveAside(path, context);
	context.err(`Moved to ${aside}. The next approval starts a new index.\n`);
	return EXIT.ok;
}

/** Undefined: nothing is. A keychain that does not answer is an error, because then nobody knows. */
async function whatIsWrong(context: Context): Promise<string | undefined> {
	try {
		await readState(context);
		return undefined;
	} catch (error) {
		if (error instanceof IndexError) return error.message;
		throw error;
	}
}

async function moveAside(path: string, { stateDir, now }: Context): Promise<string> {
	const stamp = new Date(now()).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
	return withLock(`${path}.lock`, async () => {
		const aside = freeName(join(stateDir, `index-${stamp}`));
		renameSync(path, aside);
		return aside;
	});
}

/** An older copy is somebody's only list of ids: it is never overwritten. */
function freeName(start: string): string {
	for (let n = 0; ; n++) {
		const path = `${start}${n === 0 ? '' : `-${n}`}.json`;
		if (!existsSync(path)) return path;
	}
}
