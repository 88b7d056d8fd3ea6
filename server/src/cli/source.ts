import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Dialect, FilePlace } from '../core/dialects/dialect.ts';
import type { ConfigDocument } from '../core/document.ts';
import { readDocument } from '../core/read.ts';
import { PART_TOO_DEEP, TOO_DEEP } from '../core/syntax/limits.ts';
import { leaveOutSlowCompiler } from './compilers.ts';

/** A config that a command reads. */
export interface Source {
	readonly document: ConfigDocument;
	/** Relative to the current folder where it lies below it, with `/`. */
	readonly path: string;
	/** Where it lies; absent for standard input. */
	readonly file?: string;
}

/** A config file, and how to read it. */
export interface Place {
	readonly path: string;
	readonly dialect: Dialect;
	readonly scope: FilePlace['scope'];
}

/** A text is a problem. */
export function sourceAt({ path, dialect, scope }: Place, text: string, cwd: string): Source | string {
	leaveOutSlowCompiler(text);
	const document = readDocument(pathToFileURL(path).href, text, dialect, scope);
	const shown = displayPath(path, cwd);
	return unread(document, shown) ?? { document, path: shown, file: path };
}

/** A text of which nothing was understood must not pass for a clean one. */
export function unread({ tree, dialect }: ConfigDocument, shown: string): string | undefined {
	const [problem] = tree.problems;
	if (tree.root || !problem) return undefined;
	if (problem.message === TOO_DEEP) return `${shown} is not read: ${TOO_DEEP.toLowerCase()}.`;
	if (problem.message.endsWith('it is not read.')) return `${shown}: ${problem.message}`;
	return `${shown} is not read: it is no ${(dialect.format ?? 'json').toUpperCase()}.`;
}

/** Nor may one of which a part was left out. */
export function leftOut({ document: { tree }, path }: Source): string[] {
	return tree.problems.some(({ message }) => message === PART_TOO_DEEP) ? [`${path}: ${PART_TOO_DEEP}`] : [];
}

export function displayPath(path: string, cwd: string): string {
	const fromHere = relative(cwd, path);
	const isBelow = fromHere !== '' && !fromHere.startsWith('..') && !isAbsolute(fromHere);
	return (isBelow ? fromHere : path).replaceAll(sep, '/');
}
