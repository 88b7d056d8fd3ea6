/**
 * Globs of settings: `*` and `?` within one part of a path, `**` for any number of parts, `{a,b}` for a choice. Without a `/` a
 * glob fits the file's name in any folder. Matching is linear in path times glob, whatever the glob.
 */
export function globMatches(glob: string, path: string): boolean {
	const parts = path.replaceAll('\\', '/').split('/');
	return alternatives(glob.replaceAll('\\', '/')).some((one) => {
		const wanted = one.replace(/^\.\//, '').replace(/\/$/, '/**').split('/');
		return wanted.length === 1 ? partMatches(wanted[0]!, parts.at(-1)!) : partsMatch(wanted, parts);
	});
}

/** So many choices a glob may stand for; what goes beyond is not expanded and fits nothing. */
const MOST_ALTERNATIVES = 64;

function alternatives(glob: string): string[] {
	const done: string[] = [];
	const open = [glob];
	while (open.length > 0 && done.length + open.length <= MOST_ALTERNATIVES) {
		const next = open.pop()!;
		const choice = /^([^{}]{0,1024})\{([^{}]{0,1024})\}(.{0,1024})$/s.exec(next);
		if (!choice) done.push(next);
		else open.push(...choice[2]!.split(',').map((one) => choice[1] + one + choice[3]));
	}
	return done;
}

/** Row by row: which ends of the path does the glob fit up to here? */
function partsMatch(wanted: readonly string[], parts: readonly string[]): boolean {
	let reached = new Set([0]);
	for (const want of wanted) {
		const next = new Set<number>();
		for (const at of reached) {
			if (want === '**') {
				for (let i = at; i <= parts.length; i++) next.add(i);
			} else if (at < parts.length && partMatches(want, parts[at]!)) next.add(at + 1);
		}
		reached = next;
	}
	return reached.has(parts.length);
}

/** Goes back to the last star only, so it needs no more than length times length steps. */
function partMatches(want: string, part: string): boolean {
	let w = 0;
	let p = 0;
	let star = -1;
	let mark = 0;
	while (p < part.length) {
		if (want[w] === '*') {
			star = w++;
			mark = p;
		} else if (w < want.length && (want[w] === '?' || want[w] === part[p])) {
			w++;
			p++;
		} else if (star >= 0) {
			w = star + 1;
			p = ++mark;
		} else return false;
	}
	while (want[w] === '*') w++;
	return w === want.length;
}
