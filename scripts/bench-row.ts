/** One measured pair, as `npm run bench` prints it. */
export interface Row {
	readonly what: string;
	readonly measured: string;
	readonly budget: string;
	/** Absent: shown for comparison only. */
	readonly held?: boolean;
}

export function ms(milliseconds: number): string {
	return `${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms`;
}
