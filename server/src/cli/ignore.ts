/**
 * Which folders a `.gitignore` prunes. Only folders: a config that is ignored is the very file to look at. The matcher walks
 * pattern and path once with one backtracking point a segment, so that no pattern can make it slow.
 */
export interface IgnoreRule {
	/** Folder that the file lies in, `/`-separated, relative to the walk; '' for its start. */
	readonly base: string;
	readonly segments: readonly string[];
	/** The pattern names a place below `base`, not a name anywhere below it. */
	readonly anchored: boolean;
	readonly negated: boolean;
}

/** A `.gitignore` longer than this is read as far. */
const MAX_RULES = 2_000;

export function parseIgnore(text: string, base: string): IgnoreRule[] {
	return text
		.split('\n', MAX_RULES)
		.map((line) => line.trim())
		.filter((line) => line !== '' && !line.startsWith('#'))
		.map((line) => {
			const negated = line.startsWith('!');
			const pattern = (negated ? line.slice(1) : line).replace(/^\\(?=[#!])/, '').replace(/\/$/, '');
			return { base, segments: pattern.replace(/^\//, '').split('/'), anchored: pattern.includes('/'), negated };
		});
}

/** Is this folder ignored? The last rule that fits decides. @param folder relative to the walk's start, with `/` */
export function isIgnored(folder: string, rules: readonly IgnoreRule[]): boolean {
	return rules.findLast((rule) => fits(folder, rule))?.negated === false;
}

function fits(folder: string, { base, segments, anchored }: IgnoreRule): boolean {
	const relative = base === '' ? folder : folder.startsWith(`${base}/`) ? folder.slice(base.length + 1) : undefined;
	if (relative === undefined) return false;
	if (!anchored) return segmentFits(relative.slice(relative.lastIndexOf('/') + 1), segments[0]!);
	return pathFits(relative.split('/'), segments);
}

/** `**` stands for any number of segments. Like `segmentFits`, one level up. */
function pathFits(path: readonly string[], pattern: readonly string[]): boolean {
	return wildcard(
		path.length,
		pattern.length,
		(p) => pattern[p] === '**',
		(i, p) => segmentFits(path[i]!, pattern[p]!),
	);
}

function segmentFits(name: string, pattern: string): boolean {
	return wildcard(
		name.length,
		pattern.length,
		(p) => pattern[p] === '*',
		(i, p) => pattern[p] === '?' || pattern[p] === name[i],
	);
}

/** The greedy wildcard walk: on a mismatch only the last star takes one more, which is enough for stars that match anything. */
function wildcard(
	length: number,
	patternLength: number,
	isStar: (p: number) => boolean,
	matches: (i: number, p: number) => boolean,
): boolean {
	let i = 0;
	let p = 0;
	let star = -1;
	let starAt = 0;
	while (i < length) {
		if (p < patternLength && isStar(p)) {
			star = p++;
			starAt = i;
		} else if (p < patternLength && matches(i, p)) {
			i++;
			p++;
		} else if (star >= 0) {
			p = star + 1;
			i = ++starAt;
		} else return false;
	}
	while (p < patternLength && isStar(p)) p++;
	return p === patternLength;
}
