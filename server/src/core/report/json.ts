import { type Report, reportedFindings, summary } from './model.ts';

/** The stable JSON of `scan --format json`; `format` grows when a member changes its meaning. */
export function jsonReport(report: Report): string {
	const findings = reportedFindings(report).map(({ ruleId, level, message, path, region, related, properties }) => ({
		ruleId,
		level,
		message,
		path,
		region,
		...(related.length > 0 ? { related } : {}),
		properties,
	}));
	const value = {
		format: 1,
		tool: { name: 'mcp-hygiene', version: report.version },
		summary: summary(report),
		problems: report.problems,
		findings,
	};
	return `${JSON.stringify(value, null, '\t')}\n`;
}
