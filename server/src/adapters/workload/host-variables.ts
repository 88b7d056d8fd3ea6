import { basename, sep } from 'node:path';

/** What a host puts in place of its own variables. Absent: this entry starts from anywhere, so nobody can say beforehand. */
export interface HostValues {
	readonly workspaceFolder?: string;
	readonly userHome: string;
}

/** `${...}`, and `$NAME` as some hosts write it. Bounded. */
const VARIABLE = /\$\{([^{}]{1,1024})\}|\$([A-Za-z_][A-Za-z0-9_]{0,255})/g;

/** A piece of text, or `undefined` for what only the host knows (`${env:X}`, `${input:x}`). */
type Piece = string | undefined;

function pieces(text: string, values: HostValues): Piece[] {
	const found: Piece[] = [];
	let at = 0;
	for (const match of text.matchAll(VARIABLE)) {
		found.push(text.slice(at, match.index), known(match[1], values));
		at = match.index + match[0].length;
	}
	found.push(text.slice(at));
	return found;
}

function known(name: string | undefined, values: HostValues): string | undefined {
	switch (name) {
		case 'workspaceFolder':
			return values.workspaceFolder;
		case 'workspaceFolderBasename':
			return values.workspaceFolder && basename(values.workspaceFolder);
		case 'userHome':
			return values.userHome;
		case 'pathSeparator':
		case '/':
			return sep;
		default:
			return undefined;
	}
}

/** The text with every variable in place; undefined if one of them is only known to the host. */
export function resolveVariables(text: string, values: HostValues): string | undefined {
	const found = pieces(text, values);
	return found.every((piece) => piece !== undefined) ? found.join('') : undefined;
}

/** Could the host have made `handed` from what the config writes? Hosts without interpolation hand the text as it is. */
export function couldBe(text: string, handed: string, values: HostValues): boolean {
	return text === handed || fits(merged(pieces(text, values)), handed);
}

/** Adjacent texts joined, so that gaps and texts alternate, text first and last. */
function merged(found: readonly Piece[]): string[] {
	const texts = [''];
	for (const piece of found) {
		if (piece === undefined) texts.push('');
		else texts[texts.length - 1] += piece;
	}
	return texts;
}

/** The texts in order with anything between them; the first at the start, the last at the end. Linear. */
function fits(texts: readonly string[], handed: string): boolean {
	const first = texts[0]!;
	if (texts.length === 1) return handed === first;
	const last = texts.at(-1)!;
	if (!handed.startsWith(first) || !handed.endsWith(last) || handed.length < first.length + last.length) return false;
	const end = handed.length - last.length;
	let at = first.length;
	for (const text of texts.slice(1, -1)) {
		const found = handed.indexOf(text, at);
		if (found < 0 || found + text.length > end) return false;
		at = found + text.length;
	}
	return true;
}
