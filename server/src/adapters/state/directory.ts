import { mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { posix, win32 } from 'node:path';

/**
 * Where this person's index, refusals and installed launcher live. From the account's home, never from HOME or XDG_*: a config
 * can set those for the launcher, and would then choose its own index.
 */
export function stateDirectory(
	home: string = userInfo().homedir,
	platform: NodeJS.Platform = process.platform,
): string {
	if (platform === 'win32') return win32.join(home, 'AppData', 'Local', 'mcp-hygiene');
	if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'mcp-hygiene');
	return posix.join(home, '.local', 'share', 'mcp-hygiene');
}

/** Creates a folder of ours, readable by this person only. */
export function ensureFolder(folder: string): void {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
}
