import { closeSync, openSync, readSync } from 'node:fs';

/** Bytes that nobody can guess. From the system's own source where there is one: loading `node:crypto` takes longer than a scan. */
export async function randomKey(length: number): Promise<Uint8Array> {
	return fromDevice(length) ?? (await import('node:crypto')).randomBytes(length);
}

function fromDevice(length: number): Uint8Array | undefined {
	if (process.platform === 'win32') return undefined;
	try {
		const device = openSync('/dev/urandom', 'r');
		try {
			const bytes = new Uint8Array(length);
			return readSync(device, bytes) === length ? bytes : undefined;
		} finally {
			closeSync(device);
		}
	} catch {
		return undefined;
	}
}
