import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BaselineReader, newBaseline, type PlacedFinding, readBaseline, writeBaseline } from '../adapters/baseline.ts';
import { BASELINE_NAME, type Baseline, type BaselineEntry, baselineKey } from '../core/accepted/baseline.ts';
import { isReason, suppress } from '../core/accepted/suppressions.ts';
import type { Finding } from '../core/finding.ts';
import { classify } from '../core/issuers/classify.ts';
import type { ReportFile } from '../core/report/model.ts';
import type { Context } from './context.ts';
import { CommandError } from './error.ts';
import { UsageError } from './usage.ts';

export interface BaselineOptions {
	/** As it was said; absent = the usual name in the current folder. */
	readonly file: string | undefined;
	/** Accept what is left, for this reason. */
	readonly write: boolean;
	readonly reason: string | undefined;
}

/** Takes out what a committed baseline accepts; with `write` accepts the rest too, and says so in the file. */
export async function applyBaseline(
	files: readonly ReportFile[],
	options: BaselineOptions,
	context: Context,
): Promise<ReportFile[]> {
	const reason = options.write ? reasonOf(options) : undefined;
	const file = resolve(context.cwd, options.file ?? BASELINE_NAME);
	const found = await readBaseline(file);
	if (!found && reason === undefined)
		throw new CommandError(`The baseline ${file} does not exist. Write it with --write-baseline.`);
	const use: Use = {
		baseline: found ?? newBaseline(),
		folder: realOrSame(dirname(file)),
		reader: new BaselineReader(),
	};
	const judged: ReportFile[] = [];
	for (const one of files) judged.push(await judge(one, use));
	if (reason === undefined) return judged;
	return writeRest(judged, { file, reason, use }, context);
}

function reasonOf({ reason }: BaselineOptions): string {
	if (reason === undefined || !isReason(reason))
		throw new UsageError('--write-baseline needs --reason TEXT: why are these findings accepted?');
	if (classify(reason, { position: 'other' }).some(({ kind }) => !kind.public))
		throw new UsageError('The reason holds what looks like a secret, and the baseline is meant to be committed.');
	return reason;
}

interface Use {
	readonly baseline: Baseline;
	readonly folder: string;
	readonly reader: BaselineReader;
}

async function judge(file: ReportFile, use: Use): Promise<ReportFile> {
	const accepted = await use.reader.accepted(use.baseline, placed(file, file.analysis.findings, use));
	if (accepted.size === 0) return file;
	const { findings, suppressed } = suppress(file.analysis.findings, file.document, accepted, baselineKey);
	return {
		...file,
		analysis: { ...file.analysis, findings, suppressed: [...file.analysis.suppressed, ...suppressed] },
	};
}

/** What was accepted before keeps its reason, what is there no more goes, and files that were not looked at stay as they are. */
async function writeRest(
	files: readonly ReportFile[],
	{ file, reason, use }: { readonly file: string; readonly reason: string; readonly use: Use },
	context: Context,
): Promise<ReportFile[]> {
	const seen = new Set(files.map((one) => pathFrom(use.folder, one)));
	const entries: BaselineEntry[] = use.baseline.findings.filter(({ path }) => !seen.has(path));
	let added = 0;
	for (const one of files) {
		for (const { finding, by, reason: before } of one.analysis.suppressed) {
			if (by === 'baseline') entries.push(...(await entriesOf(one, [finding], before, use)));
		}
		const fresh = await entriesOf(one, one.analysis.findings, reason, use);
		added += fresh.length;
		entries.push(...fresh);
	}
	const baseline = { ...use.baseline, findings: entries };
	await writeBaseline(file, baseline);
	context.err(`mcp-hygiene scan: accepted ${added} more in ${file}.\n`);
	return Promise.all(files.map((one) => judge(one, { ...use, baseline })));
}

async function entriesOf(
	file: ReportFile,
	findings: readonly Finding[],
	reason: string,
	use: Use,
): Promise<BaselineEntry[]> {
	const entries: BaselineEntry[] = [];
	for (const one of placed(file, findings, use)) entries.push(await use.reader.entry(one, use.baseline, reason));
	return entries;
}

/** None for a file outside of the baseline's folder: a committed file tells nothing of a person's own. */
function placed(file: ReportFile, findings: readonly Finding[], { folder }: Use): PlacedFinding[] {
	const path = pathFrom(folder, file);
	return path === undefined ? [] : findings.map((finding) => ({ path, finding }));
}

function pathFrom(folder: string, { document }: ReportFile): string | undefined {
	if (!document.uri.startsWith('file:')) return undefined;
	const file = fileURLToPath(document.uri);
	const below = relative(folder, join(realOrSame(dirname(file)), basename(file)));
	return below.startsWith('..') || isAbsolute(below) ? undefined : below.replaceAll(sep, '/');
}

/** A file that is staged may lie in a folder that is gone. */
function realOrSame(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		return path;
	}
}
