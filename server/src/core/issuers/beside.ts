import { hostIn, isForm, issuerAtHost, issuerNamed, issuerOfScheme } from './attribution.ts';
import type { ClassifyContext } from './context.ts';
import { matchHinted } from './formats.ts';
import { issuerById } from './index.ts';
import type { Classification, TokenKind } from './issuer.ts';
import { nameWords, secretName } from './names.ts';
import { standOf } from './placeholders.ts';
import type { Segment } from './segments.ts';

/**
 * An id that only names a secret counts as one where the name says that a secret stands there. `AWS_ACCESS_KEY` is said of
 * the id as often as of the secret, and a default password stays what it is.
 */
export function raised(found: Classification, value: string, segments: readonly Segment[]): Classification {
	const { kind, from, to } = found;
	if (kind.ceiling === undefined || isForm(kind.issuer)) return found;
	const said = segments.some(
		(segment) =>
			segment.from === from &&
			segment.to === to &&
			segment.name !== undefined &&
			secretName(segment.name) === 'secret' &&
			!nameWords(segment.name).includes('access'),
	);
	if (!said || standOf(value.slice(from + (kind.prefix?.length ?? 0), to)) !== undefined) return found;
	return { ...found, confidence: 'likely' };
}

/** Where the bytes leave the issuer open, what stands nearest tells it: the name, the host, the server. */
export function attributed(
	found: Classification,
	value: string,
	segments: readonly Segment[],
	context: ClassifyContext,
): Classification {
	if (!isForm(found.issuer) || found.kind.public) return found;
	const issuer = issuerBeside(found, value, segments, context);
	return issuer === undefined ? found : { ...found, issuer, issuerName: issuerById(issuer).name, attributed: 'name' };
}

function issuerBeside(
	{ from, to }: Classification,
	value: string,
	segments: readonly Segment[],
	context: ClassifyContext,
): string | undefined {
	const around = segments.filter((segment) => segment.from <= from && to <= segment.to);
	for (const { name, scheme } of around.toReversed()) {
		const issuer = issuerOfScheme(scheme) ?? (name === undefined ? undefined : issuerNamed(name));
		if (issuer) return issuer;
	}
	const host = hostIn(value);
	return (
		(context.name === undefined ? undefined : issuerNamed(context.name)) ??
		(host === undefined ? undefined : issuerAtHost(host)) ??
		context.issuer ??
		(context.serverName === undefined ? undefined : issuerNamed(context.serverName))
	);
}

/** The name beside the value says more than the server's. */
export function hintedKind(text: string, name: string, { serverName }: ClassifyContext): TokenKind | undefined {
	const kinds = matchHinted(text);
	if (kinds.length === 0) return undefined;
	return kinds.find(accepting(name, undefined)) ?? kinds.find(accepting(name, serverName));
}

/** The name speaks of an issuer all of whose tokens identify themselves, and this value did not. */
export function contradicts(name: string): boolean {
	const issuer = issuerNamed(name);
	const kinds = issuer === undefined ? [] : issuerById(issuer).kinds.filter((kind) => !kind.public);
	return kinds.length > 0 && kinds.every(({ prefix, marker, nameHints }) => (prefix ?? marker) && !nameHints);
}

/** Does a kind that needs a telling name have one? The words are split only if somebody asks. */
export function accepting(name: string | undefined, serverName: string | undefined): (kind: TokenKind) => boolean {
	let words: ReadonlySet<string> | undefined;
	return ({ nameHints }) => {
		if (!nameHints) return true;
		words ??= new Set([...nameWords(name ?? ''), ...nameWords(serverName ?? '')]);
		return hasHint(nameHints, words);
	};
}

function hasHint(hints: readonly string[], words: ReadonlySet<string>): boolean {
	return hints.some((hint) => hint.split(' ').every((word) => words.has(word)));
}
