/** Small pieces of text for the panel. Names come from configs, which anybody may have written. */

const LONGEST = 300;
/** Control characters, line breaks, and the marks that turn the reading direction: a name could fake the rest of its line. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text from outside as one harmless line. */
export function oneLine(text: string): string {
	const line = text
		.slice(0, LONGEST * 2)
		.replace(INVISIBLE, ' ')
		.trim();
	return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

/** "github", "github and 1 more". Names are counted once. */
export function firstAndMore(names: readonly string[]): string {
	const distinct = [...new Set(names)];
	const first = distinct[0] ?? '';
	return distinct.length > 1 ? `${first} and ${distinct.length - 1} more` : first;
}

export function counted(count: number, one: string, many = `${one}s`): string {
	return `${count} ${count === 1 ? one : many}`;
}

/** `file:///home/me/shop/.vscode/mcp.json` -> `.vscode/mcp.json`: the name alone is the same in every project. */
export function shortPath(uri: string): string {
	const path = uri.replace(/[?#].*$/s, '');
	const segments = path.split('/').filter((segment) => segment !== '');
	return oneLine(segments.slice(-2).map(decoded).join('/'));
}

function decoded(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}

/** `credential-in-args` -> `Credential in args`. */
export function ruleWords(ruleId: string): string {
	const words = oneLine(ruleId).replaceAll('-', ' ');
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Ends a part of a spoken sentence: a screen reader pauses at the dot. */
export function sentence(text: string): string {
	const line = oneLine(text);
	return line === '' || /[.!?…]$/.test(line) ? line : `${line}.`;
}
