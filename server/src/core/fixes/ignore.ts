import { IGNORE_MARKER, ignoreComments } from '../accepted/suppressions.ts';
import type { ConfigDocument } from '../document.ts';
import type { Finding } from '../finding.ts';
import { readDocument } from '../read.ts';
import { applyChanges, type TextChange } from '../text.ts';

/**
 * A comment on a line of its own above the finding. Undefined where the format or its readers have no comments, and where the
 * line above is no place for one, such as the inside of a text of several lines.
 */
export function ignoreComment(document: ConfigDocument, finding: Finding, reason: string): TextChange | undefined {
	const { dialect, text, uri, scope } = document;
	if (!dialect.syntax.comments) return undefined;
	const start = text.lastIndexOf('\n', finding.span.start - 1) + 1;
	const indent = /^[ \t]{0,200}/.exec(text.slice(start, start + 200))![0];
	const end = text.includes('\r\n') ? '\r\n' : '\n';
	const sign = (dialect.format ?? 'json') === 'json' ? '//' : '#';
	const newText = `${indent}${sign} ${IGNORE_MARKER} ${finding.ruleId} -- ${oneLine(reason)}${end}`;
	const change = { span: { start, end: start }, newText };
	const after = readDocument(uri, applyChanges(text, [change]), dialect, scope);
	const moved = finding.span.start + newText.length;
	const isRead = ignoreComments(after).some(
		({ span, line }) => span.start === start + indent.length && line.start <= moved && moved <= line.end,
	);
	return isRead ? change : undefined;
}

const LONGEST_REASON = 300;

/** A reason is one line of a comment and ends no comment. */
function oneLine(reason: string): string {
	return reason
		.replace(/\p{Cc}|\u2028|\u2029/gu, ' ')
		.replaceAll('*/', '* /')
		.trim()
		.slice(0, LONGEST_REASON);
}
