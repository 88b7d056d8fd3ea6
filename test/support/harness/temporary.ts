import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onExit } from './on-exit.ts';

/** A fresh folder under the system's temporary folder, and how to get rid of it. */
export function temporaryFolder(label: string): { readonly path: string; remove(): void } {
	const path = mkdtempSync(join(tmpdir(), `mcp-hygiene-${label}-`));
	const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	const forget = onExit(remove);
	return {
		path,
		remove: () => {
			remove();
			forget();
		},
	};
}

/** Polls until `look` returns something. @throws Error that names what was waited for. */
export async function until<T>(
	what: string,
	look: () => T | undefined | Promise<T | undefined>,
	ms = 15_000,
): Promise<T> {
	const deadline = Date.now() + ms;
	for (;;) {
		const seen = await look();
		if (seen !== undefined) return seen;
		if (Date.now() > deadline) throw new Error(`Waited ${ms / 1000} s for ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}
