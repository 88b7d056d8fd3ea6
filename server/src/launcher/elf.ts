import { accessSync, constants } from 'node:fs';

/** Enough for the headers: linkers put the loader's name right behind the program headers. */
export const HEADER_BYTES = 4096;

const PT_INTERP = 3;

/**
 * Whether the kernel surely runs this ELF file: it is made for the same machine as `runtime` (the file of the running
 * program), and its loader is there. A file that names no loader (a static one) needs none. ELF specification, "Program
 * Header", 64-bit and little-endian only: what every Node build with `execve` runs on.
 */
export function isRunnableElf(header: Buffer, runtime: Buffer): boolean {
	// Class, byte order, and e_machine.
	if (!header.subarray(4, 6).equals(Buffer.of(2, 1)) || header.length < 64) return false;
	if (!header.subarray(18, 20).equals(runtime.subarray(18, 20))) return false;
	const first = Number(header.readBigUInt64LE(32));
	const size = header.readUInt16LE(54);
	const end = first + size * header.readUInt16LE(56);
	if (size < 56 || end > header.length) return false;
	for (let at = first; at < end; at += size) {
		if (header.readUInt32LE(at) === PT_INTERP) return hasLoader(header, at);
	}
	return true;
}

function hasLoader(header: Buffer, at: number): boolean {
	const start = Number(header.readBigUInt64LE(at + 8));
	const end = header.indexOf(0, start);
	if (start >= header.length || end < 0) return false;
	try {
		accessSync(header.toString('utf8', start, end), constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
