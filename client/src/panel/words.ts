import { endOfPath } from '../../table/names.ts';

/** Small pieces of text for the panel. Names come from configs, which anybody may have written. */

/** Why much is unknown in a workspace that is not trusted, with the way out. */
export const RESTRICTED =
	'Restricted Mode: only the form of each token is looked at. Trust this workspace to see ages and to fix.';

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

export function counted(count: number, one: string, many = `${one}s`): string {
	return `${count} ${count === 1 ? one : many}`;
}

/** The end of a file's path, as one harmless line. */
export function shortPath(uri: string): string {
	return oneLine(endOfPath(uri));
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
