/**
 * Replaces a file of ours in one step, readable by this person only. The library is loaded when it is needed: the launcher
 * hardly ever writes, and starts sooner without it.
 */
export async function writePrivate(path: string, text: string): Promise<void> {
	const { default: writeFileAtomic } = await import('write-file-atomic');
	await writeFileAtomic(path, text, { mode: 0o600 });
}
