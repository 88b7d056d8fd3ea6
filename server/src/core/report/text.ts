import type { Level } from '../finding.ts';
import { LEVELS, type Report, type ReportedFinding, reportedFindings, type Summary, summary } from './model.ts';
import { count, plain } from './words.ts';

const COLOURS: Readonly<Record<Level, number>> = { error: 31, warning: 33, note: 36 };

/** `path:line:column level message [rule]`, one finding a line, then what it adds up to. */
export function textReport(report: Report, options: { readonly colours: boolean }): string {
	const paint = options.colours ? colour : (text: string) => text;
	const findings = reportedFindings(report);
	const lines = findings.flatMap((finding, i) => {
		const isNewFile = i > 0 && findings[i - 1]!.path !== finding.path;
		return isNewFile ? ['', line(finding, paint)] : [line(finding, paint)];
	});
	return `${[...lines, ...(lines.length > 0 ? [''] : []), summaryLine(report)].join('\n')}\n`;
}

function line(finding: ReportedFinding, paint: typeof colour): string {
	const { startLine, startColumn } = finding.region;
	const place = paint(`${plain(finding.path)}:${startLine}:${startColumn}`, 1);
	const level = paint(finding.level, COLOURS[finding.level]);
	return `${place} ${level} ${plain(finding.message)} ${paint(`[${finding.ruleId}]`, 2)}`;
}

/** What decides how the command ends, then secrets and not copies: one token pasted five times is one problem with five places. */
function summaryLine(report: Report): string {
	const { findings, files, accepted, ...held } = summary(report);
	const found = LEVELS.filter((level) => findings[level] > 0).map((level) => count(findings[level], level));
	return [
		...(found.length === 0 ? [] : [`${found.join(', ')}.`]),
		heldIn(held, count(files, 'config')),
		...(accepted === 0 ? [] : [`${count(accepted, 'finding')} accepted.`]),
	].join(' ');
}

function heldIn(
	{ secrets, places, possible }: Pick<Summary, 'secrets' | 'places' | 'possible'>,
	configs: string,
): string {
	if (secrets > 0)
		return `${count(secrets, 'secret')} in ${count(places, 'place')}${possible > 0 ? `, ${count(possible, 'possible secret')}` : ''} (${configs} read).`;
	return `No secret found in ${configs}${possible > 0 ? `, but ${count(possible, 'possible one')}` : ''}.`;
}

function colour(text: string, code: number): string {
	return `\u001b[${code}m${text}\u001b[0m`;
}
