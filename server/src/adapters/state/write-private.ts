import { closeSync, fsyncSync, openSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';

/**
 * Replaces a file of ours in one step, readable by this person only: a new file beside it, flushed to the disk, takes its
 * name. Nothing of the old file has to be kept (we made it, with this mode), so these lines do what a library would. They load
 * neither `node:crypto` nor `node:fs/promises`: the launcher would pay for both at every start, and writes at hardly any.
 */
export function writePrivate(path: string, text: string): void {
	const aside = `${path}.${crypto.randomUUID()}`;
	try {
		const file = openSync(aside, 'wx', 0o600);
		try {
			writeFileSync(file, text);
			fsyncSync(file);
		} finally {
			closeSync(file);
		}
		renameSync(aside, path);
	} catch (error) {
		remove(aside);
		throw error;
	}
}

function remove(path: string): void {
	try {
		unlinkSync(path);
	} catch {
		// It was never made.
	}
}
