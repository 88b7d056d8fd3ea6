import { randomUUID } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';

/**
 * Replaces a file of ours in one step, readable by this person only: a new file beside it, flushed to the disk, takes its
 * name. Nothing of the old file has to be kept (we made it, with this mode), so these lines do what a library would, and the
 * launcher stays small.
 */
export async function writePrivate(path: string, text: string): Promise<void> {
	const aside = `${path}.${randomUUID()}`;
	try {
		const file = await open(aside, 'wx', 0o600);
		try {
			await file.writeFile(text);
			await file.sync();
		} finally {
			await file.close();
		}
		await rename(aside, path);
	} catch (error) {
		await unlink(aside).catch(() => undefined);
		throw error;
	}
}
