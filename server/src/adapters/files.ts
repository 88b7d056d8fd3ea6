import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** No host reads a config of this size; whatever is larger is something else. */
export const MAX_CONFIG_BYTES = 10 * 1024 * 1024;

export type ConfigFile =
	| {
			readonly state: 'read';
			/** Without a byte order mark, as editors count offsets. */
			readonly text: string;
			/** Set when the file starts with a byte order mark, which a writer has to put back. */
			readonly byteOrderMark: boolean;
			readonly encoding: 'utf8' | 'utf16le';
	  }
	| { readonly state: 'absent' }
	/** `message` is one line for people and names the path; `code` is there where the system refused. */
	| { readonly state: 'failed'; readonly message: string; readonly code?: string };

/**
 * Reads a config file, through symbolic links, up to {@link MAX_CONFIG_BYTES}. Bytes that are no text come back as
 * replacement characters, so that a damaged file is still looked at. Never throws.
 */
export async function readConfig(path: string): Promise<ConfigFile> {
	// Loaded here, because the command line reads synchronously and does without: it is a tenth of a scan.
	const { open } = await import('node:fs/promises');
	let file: FileHandle | undefined;
	try {
		file = await open(path, OPEN_FLAGS);
		return refusal(path, await file.stat()) ?? decodeBounded(path, await file.readFile());
	} catch (error) {
		return unreadable(path, error);
	} finally {
		await file?.close();
	}
}

/** The same for a program that has nothing else to do meanwhile. */
export function readConfigSync(path: string): ConfigFile {
	let file: number | undefined;
	try {
		file = openSync(path, OPEN_FLAGS);
		return refusal(path, fstatSync(file)) ?? decodeBounded(path, readFileSync(file));
	} catch (error) {
		return unreadable(path, error);
	} finally {
		if (file !== undefined) closeSync(file);
	}
}

/** The text of a file for the launcher, which only wants to know whether there is one. */
export function textNow(path: string): string | undefined {
	try {
		const info = statSync(path);
		return info.isFile() && info.size <= MAX_CONFIG_BYTES ? decode(readFileSync(path)).text : undefined;
	} catch {
		return undefined;
	}
}

/** Without O_NONBLOCK, opening a named pipe would wait for a writer for ever. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

function refusal(path: string, info: Stats): ConfigFile | undefined {
	if (info.isDirectory()) return failed(path, 'is a folder, not a file');
	if (!info.isFile()) return failed(path, 'is not a regular file');
	return info.size > MAX_CONFIG_BYTES ? tooLarge(path) : undefined;
}

/** The file may have grown since its size was asked. */
function decodeBounded(path: string, bytes: Uint8Array): ConfigFile {
	return bytes.length > MAX_CONFIG_BYTES ? tooLarge(path) : decode(bytes);
}

/** The text of bytes that came from elsewhere (standard input), under the same rules as a file. */
export function decode(bytes: Uint8Array): Extract<ConfigFile, { state: 'read' }> {
	const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
	const utf8Mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
	const encoding = utf16 ? 'utf16le' : 'utf8';
	const body = bytes.subarray(utf16 ? 2 : utf8Mark ? 3 : 0);
	return {
		state: 'read',
		text: Buffer.from(body.buffer, body.byteOffset, body.length).toString(encoding),
		byteOrderMark: utf16 || utf8Mark,
		encoding,
	};
}

function tooLarge(path: string): ConfigFile {
	return failed(
		path,
		`is larger than ${MAX_CONFIG_BYTES / 1024 / 1024} MB, so it is not read: no MCP host keeps such a config`,
	);
}

function failed(path: string, what: string): Extract<ConfigFile, { state: 'failed' }> {
	return { state: 'failed', message: `${path} ${what}.` };
}

const REASONS: ReadonlyMap<string, string> = new Map([
	['EACCES', 'cannot be read: permission denied. Check its owner and mode'],
	['EPERM', 'cannot be read: the operating system refuses'],
	['ELOOP', 'cannot be read: its symbolic links form a circle'],
	['EISDIR', 'is a folder, not a file'],
	['ENAMETOOLONG', 'cannot be read: the path is too long'],
	['EIO', 'cannot be read: the disk reports an error'],
]);

function unreadable(path: string, error: unknown): ConfigFile {
	const code = codeOf(error);
	if (code === 'ENOENT' || code === 'ENOTDIR') return { state: 'absent' };
	return { ...failed(path, reasonOf(code)), code };
}

/** Why a folder cannot be looked into, as one line for people; undefined where it only is not there. */
export function folderProblem(path: string, error: unknown): string | undefined {
	const code = codeOf(error);
	return code === 'ENOENT' ? undefined : `${path} ${reasonOf(code)}.`;
}

function codeOf(error: unknown): string {
	return (error as NodeJS.ErrnoException).code ?? 'unknown error';
}

function reasonOf(code: string): string {
	return REASONS.get(code) ?? `cannot be read (${code})`;
}

/** The path of a `file:` URI; undefined for every other scheme. */
export function filePath(uri: string): string | undefined {
	if (!uri.startsWith('file:')) return undefined;
	try {
		return fileURLToPath(uri);
	} catch {
		return undefined;
	}
}
