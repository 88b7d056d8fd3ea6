import type { ConfigDocument } from '../document.ts';
import type { Found } from '../finding.ts';
import { isForm } from '../issuers/attribution.ts';
import { classify } from '../issuers/classify.ts';
import type { Classification } from '../issuers/issuer.ts';
import type { Part } from '../servers.ts';
import type { Span } from '../text.ts';

/** Comments beyond this length are licences and manuals. */
const LONGEST = 20_000;
/** `"NAME": "value"`, anywhere. */
const MEMBER = /"([A-Za-z_][\w.-]{1,100})"[ \t]{0,8}[:=][ \t]{0,8}"([^"\n]{4,8192})"/g;
/** `NAME = "value"`, `NAME: value`: a whole line. */
const LINE =
	/^[ \t/#*;-]{0,40}(?:export[ \t]{1,8})?([A-Za-z_][\w.-]{1,100})[ \t]{0,8}[:=][ \t]{0,8}["']?([^\s"',]{4,8192})["']?[ \t,]{0,8}\r?$/;

/**
 * Secrets in lines that were commented out, in a file that holds servers or variables. They start nothing, but they are as readable as
 * before: weak findings, without a server, so that no fix edits a comment.
 */
export function commentedSecrets({ tree, text, servers, variables, dialect }: ConfigDocument): Found[] {
	if (servers.length + variables.length === 0 && dialect.format !== 'dotenv') return [];
	return tree.comments.flatMap((span) => (span.end - span.start > LONGEST ? [] : inComment(span, text)));
}

function inComment(span: Span, text: string): Found[] {
	const comment = text.slice(span.start, span.end);
	const found = [...inMembers(comment), ...classify(comment, { position: 'other' }).filter(identifiesItself)];
	const part = commentPart(span, comment);
	const places = new Map(found.toReversed().map((one) => [one.from, one]));
	return [...places.values()].map((one) => ({ part, classification: { ...one, confidence: 'weak' as const } }));
}

function* inMembers(comment: string): Iterable<Classification> {
	for (const match of comment.matchAll(MEMBER)) yield* inValue(match, match.index);
	let start = 0;
	for (const line of comment.split('\n')) {
		const match = LINE.exec(line);
		if (match) yield* inValue(match, start);
		start += line.length + 1;
	}
}

/** @param start where the match starts in the comment */
function* inValue([whole, name, value]: RegExpExecArray, start: number): Iterable<Classification> {
	const at = start + whole!.lastIndexOf(value!);
	for (const one of classify(value!, { position: 'env', name: name! })) {
		if (!one.kind.public) yield { ...one, from: at + one.from, to: at + one.to };
	}
}

/** In prose only what cannot be anything else. */
function identifiesItself({ kind, confidence }: Classification): boolean {
	return !kind.public && confidence !== 'weak' && (!isForm(kind.issuer) || kind.issuer === 'jwt');
}

function commentPart(span: Span, value: string): Part {
	const node = {
		kind: 'string' as const,
		span,
		value,
		spanOf: (from: number, to: number) => ({ start: span.start + from, end: span.start + to }),
	};
	return { position: 'other', name: 'a comment', value, node, pointer: '' };
}
