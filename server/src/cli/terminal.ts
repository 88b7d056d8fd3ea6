import { fstatSync, writeSync } from 'node:fs';

/** Milliseconds between two tries while the other end of a pipe is busy. */
const PATIENCE = 5;

/**
 * Writes all of a text before it returns. `process.stdout` would do as well, but loading it costs a short command a tenth of
 * its time, and a process that ends right after writing to a pipe could lose the rest.
 */
export function writeAll(fd: 1 | 2, text: string): void {
	const bytes = Buffer.from(text);
	for (let at = 0; at < bytes.length; ) {
		const written = writeSome(fd, bytes.subarray(at));
		if (written === 'closed') return;
		at += written;
	}
}

function writeSome(fd: number, bytes: Buffer): number | 'closed' {
	try {
		return writeSync(fd, bytes);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		// `scan | head` closes the pipe early: that is the reader's right and no error.
		if (code === 'EPIPE' || code === 'EOF') return 'closed';
		if (code !== 'EAGAIN') throw error;
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PATIENCE);
		return 0;
	}
}

/** A terminal is a character device; most reports go to a pipe or file, which this tells without loading `node:tty`. */
export async function isTerminal(fd: 0 | 1 | 2): Promise<boolean> {
	try {
		if (!fstatSync(fd).isCharacterDevice() && process.platform !== 'win32') return false;
	} catch {
		return false;
	}
	return (await import('node:tty')).isatty(fd);
}
