import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type AnalysisSettings, analyze } from '../core/analyze.ts';
import { plainName } from '../core/names-shown.ts';
import type { NeedOverride } from '../core/needs/need.ts';
import type { ReportFile } from '../core/report/model.ts';
import { type Elsewhere, type Knowledge, NO_KNOWLEDGE } from '../core/rules/rule.ts';
import type { Context } from './context.ts';
import type { EnvFiles } from './env-files.ts';
import type { Progress } from './progress.ts';
import type { Source } from './source.ts';
import type { Thresholds } from './thresholds.ts';

export interface Judging {
	readonly settings: Pick<AnalysisSettings, 'fingerprinter' | 'levels'>;
	readonly needs: readonly NeedOverride[];
	readonly thresholds: Thresholds;
	readonly staged: boolean;
	readonly envFiles: EnvFiles | undefined;
	readonly progress: Progress;
	readonly context: Context;
}

/** Files are looked at alone first; those of which more is known then once more: who shares a secret, reads it, gets the file. */
export async function judgeAll(sources: readonly Source[], judging: Judging): Promise<ReportFile[]> {
	const { settings, needs, thresholds, progress, context } = judging;
	const alone = { ...NO_KNOWLEDGE, ...thresholds, now: context.now(), needs };
	const files: ReportFile[] = [];
	for (const { document, path } of sources) {
		files.push({ document, path, analysis: analyze(document, { ...settings, knowledge: alone }) });
		const pulse = progress.pulse(() => `${files.length} of ${sources.length} configs judged`);
		if (pulse) await pulse;
	}
	const learn = await learner(sources, files, judging);
	const judged: ReportFile[] = [];
	for (const [i, file] of files.entries()) {
		const more = await learn(file, sources[i]!);
		judged.push(
			more ? { ...file, analysis: analyze(file.document, { ...settings, knowledge: { ...alone, ...more } }) } : file,
		);
		const pulse = progress.pulse(() => `${judged.length} of ${files.length} configs compared`);
		if (pulse) await pulse;
	}
	return judged;
}

type More = Pick<Partial<Knowledge>, 'elsewhere' | 'exposure' | 'envFiles' | 'readBy'>;

/** What is known of a file beyond its text; undefined where it is nothing. */
async function learner(
	sources: readonly Source[],
	files: readonly ReportFile[],
	{ envFiles, staged, context }: Judging,
) {
	const holders = holdersOf(files);
	const byPath = new Map(sources.flatMap(({ file }, i) => (file === undefined ? [] : [[file, files[i]!] as const])));
	const env = envFiles && (await import('./more.ts'));
	return async (file: ReportFile, source: Source): Promise<More | undefined> => {
		const elsewhere = elsewhereOf(file, holders);
		const named = envFiles && env!.envFilesOf(file.document.uri, envFiles, byPath);
		const readBy = source.file === undefined || !envFiles ? undefined : env!.readersOf(source.file, envFiles);
		const exposure = await exposureOf(file, source, staged, context);
		const more = {
			...(elsewhere.size > 0 ? { elsewhere } : {}),
			...(named && named.size > 0 ? { envFiles: named } : {}),
			...(readBy ? { readBy } : {}),
			...(exposure ? { exposure } : {}),
		};
		return Object.keys(more).length > 0 ? more : undefined;
	};
}

/**
 * Only of files that hold a secret: of the others nobody wants to know. The mode of a project's file says how this machine checks out,
 * and nothing of the project, so it counts for a person's own files alone.
 */
async function exposureOf(
	{ document, analysis }: ReportFile,
	{ file }: Source,
	staged: boolean,
	context: Context,
): Promise<Knowledge['exposure']> {
	if (file === undefined || analysis.credentials.length === 0) return undefined;
	if (staged) return { git: { tracked: true, ignored: false } };
	if (document.scope === 'workspace' && !isInRepository(file)) return undefined;
	const { exposureOf: look } = await import('./more.ts');
	const seen = await look(file, { searchPath: context.env.PATH ?? '' });
	if (document.scope === 'user') return seen;
	return seen.git ? { git: seen.git } : undefined;
}

/** Looked at here, because starting git only to hear that there is no repository takes longer than the whole scan. */
function isInRepository(file: string): boolean {
	for (let folder = dirname(file); ; folder = dirname(folder)) {
		if (existsSync(join(folder, '.git'))) return true;
		if (folder === dirname(folder)) return false;
	}
}

type Holders = ReadonlyMap<string, readonly Elsewhere[]>;

/** One place for each file that holds a secret. */
function holdersOf(files: readonly ReportFile[]): Holders {
	const holders = new Map<string, Elsewhere[]>();
	for (const { document, path, analysis } of files) {
		for (const { fingerprint, span, server } of analysis.credentials) {
			const known = holders.get(fingerprint) ?? [];
			if (known.some((place) => place.uri === document.uri)) continue;
			const description = server ? `server "${plainName(server.name)}" in ${path}` : path;
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
