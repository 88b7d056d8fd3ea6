import { type AnalysisSettings, analyze } from '../core/analyze.ts';
import type { Level } from '../core/finding.ts';
import type { Report, ReportFile } from '../core/report/model.ts';
import { plain } from '../core/report/words.ts';
import { RULES } from '../core/rules/index.ts';
import { type Elsewhere, type Knowledge, NO_KNOWLEDGE } from '../core/rules/rule.ts';
import { Fingerprinter } from '../core/secret-value.ts';
import { type Command, type Context, EXIT } from './context.ts';
import { randomKey } from './random.ts';
import { readSources, SOURCE_OPTIONS, type Source } from './sources.ts';
import { oneOf, parse, UsageError } from './usage.ts';

const LEVELS = ['error', 'warning', 'note'] as const;
const OLD_AFTER_DAYS = 90;

/** `scan`: looks for credentials in configs and reports them. Reads files and nothing else: no keychain, no git, no network. */
export const scan: Command = async (args, context) => {
	const { values, positionals } = parse(args, {
		...SOURCE_OPTIONS,
		format: { type: 'string', default: 'text' },
		'fail-on': { type: 'string', default: 'warning' },
		rule: { type: 'string', multiple: true, default: [] },
	});
	const format = oneOf(values.format, ['text', 'json', 'sarif'], '--format');
	const failOn = oneOf(values['fail-on'], LEVELS, '--fail-on');
	const levels = new Map(values.rule.map(readLevel));
	const sources = await readSources({ paths: positionals, user: values.user, dialect: values.dialect }, context);
	for (const problem of sources.problems) context.err(`mcp-hygiene scan: ${plain(problem)}\n`);
	// Made for this run: a fingerprint in a report cannot be tested against guesses, by anyone, ever.
	const fingerprinter = new Fingerprinter(await randomKey(32));
	const files = analyzeAll(sources.read, { fingerprinter, levels }, context.now());
	const report: Report = { version: context.version, files };
	context.out(await print(report, format, context));
	if (sources.problems.length > 0) return EXIT.failure;
	return hasFinding(report, failOn) ? EXIT.findings : EXIT.ok;
};

function readLevel(setting: string): [string, Level | 'off'] {
	const [id, level, ...rest] = setting.split('=');
	if (!RULES.some((rule) => rule.id === id))
		throw new UsageError('--rule names a rule that does not exist; "mcp-hygiene rules" lists them.');
	if (level === undefined || rest.length > 0) throw new UsageError('--rule is written ID=LEVEL.');
	return [id!, oneOf(level, [...LEVELS, 'off'], '--rule ID=LEVEL: the level')];
}

/** Files are looked at alone first; those which share a secret once more, now that each can name the others. */
function analyzeAll(
	sources: readonly Source[],
	settings: Omit<AnalysisSettings, 'knowledge'>,
	now: number,
): ReportFile[] {
	const alone = { ...NO_KNOWLEDGE, now, oldAfterDays: OLD_AFTER_DAYS };
	const files = sources.map(({ document, path }): ReportFile => {
		return { document, path, analysis: analyze(document, { ...settings, knowledge: alone }) };
	});
	const holders = holdersOf(files);
	return files.map((file) => {
		const elsewhere = elsewhereOf(file, holders);
		if (elsewhere.size === 0) return file;
		return { ...file, analysis: analyze(file.document, { ...settings, knowledge: { ...alone, elsewhere } }) };
	});
}

type Holders = ReadonlyMap<string, readonly Elsewhere[]>;

/** One place for each file that holds a secret. */
function holdersOf(files: readonly ReportFile[]): Holders {
	const holders = new Map<string, Elsewhere[]>();
	for (const { document, path, analysis } of files) {
		for (const { fingerprint, span, server } of analysis.credentials) {
			const known = holders.get(fingerprint) ?? [];
			if (known.some((place) => place.uri === document.uri)) continue;
			const description = server ? `server "${server.name}" in ${path}` : path;
			holders.set(fingerprint, [...known, { uri: document.uri, span, description }]);
		}
	}
	return holders;
}

function elsewhereOf({ document, analysis }: ReportFile, holders: Holders): Knowledge['elsewhere'] {
	const elsewhere = new Map<string, readonly Elsewhere[]>();
	for (const { fingerprint } of analysis.credentials) {
		const others = (holders.get(fingerprint) ?? []).filter((place) => place.uri !== document.uri);
		if (others.length > 0) elsewhere.set(fingerprint, others);
	}
	return elsewhere;
}

async function print(report: Report, format: 'text' | 'json' | 'sarif', context: Context): Promise<string> {
	switch (format) {
		case 'json':
			return (await import('../core/report/json.ts')).jsonReport(report);
		case 'sarif':
			return (await import('../core/report/sarif.ts')).sarifReport(report);
		case 'text':
			return (await import('../core/report/text.ts')).textReport(report, { colours: await context.hasColours() });
	}
}

function hasFinding(report: Report, failOn: Level): boolean {
	const counting = LEVELS.slice(0, LEVELS.indexOf(failOn) + 1);
	return report.files.some((file) => file.analysis.findings.some((finding) => counting.includes(finding.level)));
}
