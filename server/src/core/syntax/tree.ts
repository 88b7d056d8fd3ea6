import type { Span } from '../text.ts';

/** What every parser produces: a tree with spans, as far as the text parses. Parsing never fails. */
export interface ConfigTree {
	readonly root: ConfigNode | undefined;
	readonly problems: readonly SyntaxProblem[];
	/** Spans of comments, in order. */
	readonly comments: readonly Span[];
	/** YAML: what an alias repeats elsewhere, so that a change of it changes several places. */
	readonly shared?: readonly Span[];
}

export interface SyntaxProblem {
	readonly message: string;
	readonly span: Span;
}

export type ConfigNode = ObjectNode | ArrayNode | StringNode | ScalarNode;

export interface ObjectNode {
	readonly kind: 'object';
	readonly span: Span;
	/** In document order; a repeated key appears as often as it is written. Readers take the last, as JSON.parse does. */
	readonly members: readonly Member[];
}

export interface Member {
	readonly key: string;
	readonly keySpan: Span;
	/** From the key to the end of the value. */
	readonly span: Span;
	readonly value: ConfigNode | undefined;
}

export interface ArrayNode {
	readonly kind: 'array';
	readonly span: Span;
	readonly items: readonly ConfigNode[];
}

export interface StringNode {
	readonly kind: 'string';
	/** With the quotes. */
	readonly span: Span;
	/** Decoded: escapes resolved. */
	readonly value: string;
	/** The span in the document of a piece of the decoded value; exact across escapes. */
	spanOf(from: number, to: number): Span;
}

export interface ScalarNode {
	readonly kind: 'number' | 'boolean' | 'null';
	readonly span: Span;
	readonly value: number | boolean | null;
}

/** The last member with this key, which is the one that hosts read. */
export function member(node: ConfigNode | undefined, key: string): Member | undefined {
	if (node?.kind !== 'object') return undefined;
	// A loop and no closure: readers ask for a dozen fields of every entry, present or not.
	const { members } = node;
	for (let i = members.length - 1; i >= 0; i--) {
		if (members[i]!.key === key) return members[i];
	}
	return undefined;
}

export function child(node: ConfigNode | undefined, key: string): ConfigNode | undefined {
	return member(node, key)?.value;
}

export function stringAt(node: ConfigNode | undefined, key: string): StringNode | undefined {
	const value = child(node, key);
	return value?.kind === 'string' ? value : undefined;
}

/** A JSON pointer (RFC 6901) from its parts. */
export function pointer(...parts: readonly (string | number)[]): string {
	return parts.reduce<string>(below, '');
}

/** The pointer one step below another. */
export function below(pointer: string, part: string | number): string {
	return `${pointer}/${typeof part === 'number' ? part : escaped(part)}`;
}

function escaped(part: string): string {
	if (!part.includes('~') && !part.includes('/')) return part;
	return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
