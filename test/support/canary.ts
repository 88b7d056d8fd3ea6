import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Long enough to be no accident, short enough to catch a label made of a token's characters. */
const PIECE = 12;

/** A token that is looked for everywhere: whole, in pieces, and as encodings write it. */
export class Canary {
	readonly token: string;
	readonly #forms: readonly string[];

	constructor(token: string) {
		this.token = token;
		// Without its prefix, which stands in many texts; but some issuers have `_` anywhere in their tokens.
		const tail = token.slice(token.lastIndexOf('_') + 1);
		const body = tail.length >= 2 * PIECE ? tail : token;
		const pieces = Array.from({ length: body.length - PIECE + 1 }, (_, at) => body.slice(at, at + PIECE));
		this.#forms = [...pieces, ...base64Forms(token), Buffer.from(token).toString('hex')];
	}

	isIn(text: string): boolean {
		return this.#forms.some((form) => text.includes(form));
	}

	/** Paths of the regular files below these folders that hold it. */
	filesIn(...folders: readonly string[]): string[] {
		return folders.flatMap((folder) => regularFiles(folder)).filter((path) => this.isIn(bytesOf(path)));
	}
}

/** What a base64 text that holds the token somewhere must contain, for each of the three ways it can fall on the blocks. */
function base64Forms(token: string): string[] {
	return [0, 1, 2].map((shift) =>
		Buffer.from('\0'.repeat(shift) + token)
			.toString('base64')
			.slice(4, 4 + 2 * PIECE),
	);
}

function bytesOf(path: string): string {
	try {
		return readFileSync(path).toString('latin1');
	} catch {
		// It went away meanwhile, as sockets and locks do.
		return '';
	}
}

function regularFiles(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		const info = lstatSync(path, { throwIfNoEntry: false });
		if (info?.isDirectory()) return regularFiles(path);
		return info?.isFile() ? [path] : [];
	});
}
