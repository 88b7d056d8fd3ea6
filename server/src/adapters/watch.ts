import { type FSWatcher, mkdirSync, watch } from 'node:fs';

/**
 * Calls back when something in a folder of ours changes. Where the system cannot watch, nothing is called: the caller's
 * list is then as old as its last look. Returns how to stop.
 */
export function watchFolder(folder: string, changed: () => void): () => void {
	let timer: NodeJS.Timeout | undefined;
	const later = () => {
		clearTimeout(timer);
		timer = setTimeout(changed, 100);
	};
	const watcher = tryToWatch(folder, later);
	return () => {
		clearTimeout(timer);
		watcher?.close();
	};
}

function tryToWatch(folder: string, changed: () => void): FSWatcher | undefined {
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		const watcher = watch(folder, { persistent: false }, changed);
		watcher.on('error', () => watcher.close());
		return watcher;
	} catch {
		return undefined;
	}
}
