import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BASELINE_NAME } from '../core/accepted/baseline.ts';
import type { Level } from '../core/finding.ts';
import { LEVELS, type Report, type ReportFile } from '../core/report/model.ts';
import { textReport } from '../core/report/text.ts';
import { plain } from '../core/report/words.ts';
import { RULES } from '../core/rules/index.ts';
import { Fingerprinter } from '../core/secret-value.ts';
import type { BaselineOptions } from './baseline.ts';
import { type Command, type Context, EXIT } from './context.ts';
import { judgeAll } from './judge.ts';
import { personalNeeds } from './personal-needs.ts';
import { Progress } from './progress.ts';
import { randomKey } from './random.ts';
import { displayPath } from './source.ts';
import { envFilesOf, readSources, SOURCE_OPTIONS } from './sources.ts';
import { THRESHOLD_OPTIONS, thresholdsOf } from './thresholds.ts';
import { oneOf, parse, UsageError } from './usage.ts';

/**
 * `scan`: looks for credentials in configs and reports them. Reads files, and asks git who else gets those that hold a secret; no
 * keychain, no network.
 */
export const scan: Command = async (args, context) => {
	const { values, positionals } = parse(args, {
		...SOURCE_OPTIONS,
		...THRESHOLD_OPTIONS,
		staged: { type: 'boolean', default: false },
		baseline: { type: 'string' },
		'write-baseline': { type: 'boolean', default: false },
		reason: { type: 'string' },
		format: { type: 'string', default: 'text' },
		'fail-on': { type: 'string', default: 'warning' },
		rule: { type: 'string', multiple: true, default: [] },
	});
	const format = oneOf(values.format, ['text', 'json', 'sarif'], '--format');
	const failOn = oneOf(values['fail-on'], LEVELS, '--fail-on');
	const levels = new Map(values.rule.map(readLevel));
	const thresholds = thresholdsOf(values);
	const baseline = { file: values.baseline, write: values['write-baseline'], reason: values.reason };
	if (baseline.write && values.staged)
		throw new UsageError('--write-baseline accepts what lies in the folder: leave --staged out.');
	const progress = await Progress.start(context);
	const { user, staged, dialect } = values;
	const sources = await readSources({ paths: positionals, user, staged, dialect }, context, progress);
	const envFiles = sources.envFiles ?? (await envFilesOf(sources.read, context));
	const problems = [...sources.problems, ...(envFiles?.problems ?? [])].map(plain);
	progress.end();
	for (const problem of problems) context.err(`mcp-hygiene scan: ${problem}\n`);
	// Made for this run: a fingerprint in a report cannot be tested against guesses, by anyone, ever.
	const fingerprinter = new Fingerprinter(await randomKey(32));
	const settings = { fingerprinter, levels };
	const all = await judgeAll([...sources.read, ...(envFiles?.read ?? [])], {
		settings,
		needs: personalNeeds('scan', context),
		thresholds,
		staged,
		envFiles,
		progress,
		context,
	});
	const files = await accepting(all, baseline, context);
	progress.end();
	const report: Report = { version: context.version, files, problems };
	const hint = hasFinding(report, 'note') && baselineHint(positionals, baseline, context);
	if (hint) context.err(`mcp-hygiene scan: ${plain(hint)}\n`);
	context.out(await print(report, format, context));
	if (problems.length > 0) return EXIT.failure;
	return hasFinding(report, failOn) ? EXIT.findings : EXIT.ok;
};

async function accepting(files: ReportFile[], options: BaselineOptions, context: Context): Promise<ReportFile[]> {
	if (options.file === undefined && !options.write) return files;
	return (await import('./more.ts')).applyBaseline(files, options, context);
}

/** A baseline counts only where it is named. Who made one by the light bulb, and sees all of it reported, should hear why. */
function baselineHint(
	paths: readonly string[],
	{ file, write }: BaselineOptions,
	{ cwd }: Context,
): string | undefined {
	if (file !== undefined || write) return undefined;
	const found = [cwd, ...paths.map((path) => resolve(cwd, path))]
		.map((folder) => join(folder, BASELINE_NAME))
		.find((path) => existsSync(path));
	if (found === undefined) return undefined;
	const shown = displayPath(found, cwd);
	return `${shown} is here, and does not count by itself: name it with --baseline ${shown}`;
}

function readLevel(setting: string): [string, Level | 'off'] {
	const [id, level, ...rest] = setting.split('=');
	if (!RULES.some((rule) => rule.id === id))
		throw new UsageError('--rule names a rule that does not exist; "mcp-hygiene rules" lists them.');
	if (level === undefined || rest.length > 0) throw new UsageError('--rule is written ID=LEVEL.');
	return [id!, oneOf(level, [...LEVELS, 'off'], '--rule ID=LEVEL: the level')];
}

async function print(report: Report, format: 'text' | 'json' | 'sarif', context: Context): Promise<string> {
	switch (format) {
		case 'json':
			return (await import('./more.ts')).jsonReport(report);
		case 'sarif':
			return (await import('./more.ts')).sarifReport(report);
		case 'text':
			return textReport(report, { colours: await context.hasColours() });
	}
}

function hasFinding(report: Report, failOn: Level): boolean {
	const counting = LEVELS.slice(0, LEVELS.indexOf(failOn) + 1);
	return report.files.some((file) => file.analysis.findings.some((finding) => counting.includes(finding.level)));
}
