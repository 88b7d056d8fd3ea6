/** What was probably meant: the known word that takes the fewest changes, if these are few. Case does not count. */
export function nearest(word: string, known: readonly string[]): string | undefined {
	const lower = word.slice(0, LONGEST).toLowerCase();
	const [best] = known
		.map((one) => ({ one, distance: changes(lower, one.toLowerCase()) }))
		.toSorted((a, b) => a.distance - b.distance);
	return best && best.distance <= Math.max(1, Math.floor(best.one.length / 3)) ? best.one : undefined;
}

const LONGEST = 100;

/** Letters to insert, delete or replace (Levenshtein), one row of the table at a time. */
function changes(from: string, to: string): number {
	let row = Array.from({ length: to.length + 1 }, (_, i) => i);
	for (let i = 1; i <= from.length; i++) {
		const next = [i];
		for (let j = 1; j <= to.length; j++) {
			const replaced = row[j - 1]! + Number(from[i - 1] !== to[j - 1]);
			next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
		}
		row = next;
	}
	return row[to.length]!;
}
