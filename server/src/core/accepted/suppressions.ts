import type { ConfigDocument } from '../document.ts';
import type { Finding } from '../finding.ts';
import type { Span } from '../text.ts';

/** A finding that a person accepted, with their reason. It is not a problem any more; the secret is counted all the same. */
export interface SuppressedFinding {
	readonly finding: Finding;
	/** Where it was accepted. */
	readonly by: 'comment' | 'baseline';
	readonly reason: string;
}

/** What a comment starts with: `// mcp-hygiene-ignore RULE[, RULE...] -- REASON`. */
export const IGNORE_MARKER = 'mcp-hygiene-ignore';
/** Stands where a reason is still to be written; it is none. */
export const REASON_TO_WRITE = '(write the reason here)';

/** A comment that asks for findings to be ignored, whether or not it is complete. */
export interface IgnoreComment {
	readonly span: Span;
	readonly rules: readonly string[];
	/** Empty = none is given. */
	readonly reason: string;
	/** The line that it is about: its own, or the next one if nothing else stands on its own. */
	readonly line: Span;
}

/** In document order. */
export function ignoreComments({ text, tree }: Pick<ConfigDocument, 'text' | 'tree'>): IgnoreComment[] {
	if (!text.includes(IGNORE_MARKER)) return [];
	const found: IgnoreComment[] = [];
	for (const span of tree.comments) {
		const comment = text.slice(span.start, Math.min(span.end, span.start + LONGEST));
		const marker = MARKER.exec(comment);
		if (marker) found.push({ span, ...parts(comment.slice(marker[0].length)), line: lineOf(span, text) });
		if (found.length === MOST) break;
	}
	return found;
}

const LONGEST = 2_000;
/** Nobody explains more findings in one file by hand. */
const MOST = 1_000;
const MARKER = new RegExp(`^(?://|#|/\\*)[ \\t]{0,8}${IGNORE_MARKER}(?![\\w-])`);

function parts(rest: string): Pick<IgnoreComment, 'rules' | 'reason'> {
	const dashes = rest.indexOf('--');
	const names = (dashes < 0 ? rest : rest.slice(0, dashes)).replace(/\*\/\s{0,8}$/, '');
	const reason =
		dashes < 0
			? ''
			: rest
					.slice(dashes + 2)
					.replace(/\*\/\s{0,8}$/, '')
					.trim();
	return { rules: names.split(/[\s,]+/).filter((name) => name !== ''), reason: isReason(reason) ? reason : '' };
}

export function isReason(reason: string): boolean {
	return (reason.match(/\p{L}/gu)?.length ?? 0) > 1 && reason !== REASON_TO_WRITE;
}

function lineOf(span: Span, text: string): Span {
	const start = text.lastIndexOf('\n', span.start - 1) + 1;
	const end = endOfLine(text, span.end);
	const isAlone = text.slice(start, span.start).trim() === '' && text.slice(span.end, end).trim() === '';
	return isAlone ? nextLine(text, end) : { start, end };
}

/** The next line that is no comment: several can stand above one line. */
function nextLine(text: string, end: number): Span {
	let start = end + 1;
	while (start < text.length) {
		const next = endOfLine(text, start);
		if (!/^\s{0,200}(?:\/\/|#)/.test(text.slice(start, Math.min(next, start + 210)))) return { start, end: next };
		start = next + 1;
	}
	return { start: text.length, end: text.length };
}

function endOfLine(text: string, from: number): number {
	const at = text.indexOf('\n', from);
	return at < 0 ? text.length : at;
}

/** Findings that were accepted beforehand, as {@link acceptedKey} writes them, each with its reason. */
export type Accepted = ReadonlyMap<string, string>;

/** A finding by what stays when the file is edited elsewhere, and by the value that was accepted. */
export function acceptedKey(ruleId: string, pointer: string, fingerprint: string): string {
	return `${ruleId}\n${pointer}\n${fingerprint}`;
}

export interface Judged {
	readonly findings: readonly Finding[];
	readonly suppressed: readonly SuppressedFinding[];
}

/** Sorts out what a person accepted. `keyOf` tells under which key a baseline has a finding. */
export function suppress(
	findings: readonly Finding[],
	document: ConfigDocument,
	accepted: Accepted,
	keyOf: (finding: Finding) => string,
): Judged {
	const commentOf = commentFinder(document);
	const kept: Finding[] = [];
	const suppressed: SuppressedFinding[] = [];
	for (const finding of findings) {
		const comment = commentOf(finding);
		const reason = comment?.reason ?? (accepted.size > 0 ? accepted.get(keyOf(finding)) : undefined);
		if (reason === undefined) kept.push(finding);
		else suppressed.push({ finding, by: comment ? 'comment' : 'baseline', reason });
	}
	return { findings: kept, suppressed };
}

/** Findings are many; the comment for one is looked up by its line. */
function commentFinder(document: ConfigDocument): (finding: Finding) => IgnoreComment | undefined {
	if (!document.dialect.syntax.comments) return () => undefined;
	const complete = ignoreComments(document).filter(({ reason }) => reason !== '');
	const lines = [...Map.groupBy(complete, ({ line }) => line.start).values()].toSorted(
		([a], [b]) => a!.line.start - b!.line.start,
	);
	return ({ ruleId, span }) =>
		lineAt(lines, span.start)?.find(({ rules, line }) => rules.includes(ruleId) && span.start <= line.end);
}

/** The comments about the last line that begins at or before this offset. */
function lineAt(lines: readonly (readonly IgnoreComment[])[], offset: number): readonly IgnoreComment[] | undefined {
	let low = 0;
	let high = lines.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (lines[middle]![0]!.line.start <= offset) low = middle + 1;
		else high = middle;
	}
	return lines[low - 1];
}
