import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { mock } from 'node:test';

/**
 * Runs something while the system refuses to open these files and folders, each with its error code. No mode does that for
 * everyone who runs the tests: root may read anything.
 */
export async function refusing<T>(codes: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
	const refused = (['readdirSync', 'openSync'] as const).map((name) => {
		const original = fs[name] as (...args: unknown[]) => unknown;
		return mock.method(fs, name, (...args: unknown[]) => {
			const code = codes[String(args[0])];
			if (code !== undefined) throw Object.assign(new Error(code), { code });
			return original(...args);
		});
	});
	syncBuiltinESMExports();
	try {
		return await work();
	} finally {
		for (const one of refused) one.mock.restore();
		syncBuiltinESMExports();
	}
}
