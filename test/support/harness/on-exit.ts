// What must not outlive this process, even if it ends early: done in reverse order, as it was set up.
const leftovers = new Set<() => void>();
process.on('exit', () => {
	for (const cleanUp of [...leftovers].reverse()) cleanUp();
});

/** Registers a clean-up that must not wait for anything; the result takes it back. */
export function onExit(cleanUp: () => void): () => void {
	leftovers.add(cleanUp);
	return () => leftovers.delete(cleanUp);
}
