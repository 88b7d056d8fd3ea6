// How figures and tokens are printed.
import type { Level } from './analysis.ts';

function percent(part: number, whole: number): string {
	return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} % (${part}/${whole})`;
}

/** Never more of a token than this. */
export function masked(token: string): string {
	return `${JSON.stringify(token.slice(0, 4)).slice(1, -1)}.. (${token.length})`;
}

export function loud(level: Level | undefined): boolean {
	return level === 'error' || level === 'warning';
}

export function rate<T>(items: readonly T[], test: (item: T) => boolean): string {
	return percent(items.filter(test).length, items.length);
}
