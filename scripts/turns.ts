// Output of what runs side by side, so that it reads as if one thing had run after the other.

export type Write = (text: string | Uint8Array) => void;

export interface Turn {
	/** Shows at once when all before have ended; keeps it until then. */
	readonly write: Write;
	end(): void;
}

/** One turn for each of `count`, in this order. */
export function takeTurns(count: number, show: Write): readonly Turn[] {
	const kept: (string | Uint8Array)[][] = Array.from({ length: count }, () => []);
	const ended = new Set<number>();
	let current = 0;
	return kept.map((mine, index) => ({
		write: (text) => (index === current ? show(text) : void mine.push(text)),
		end: () => {
			ended.add(index);
			while (ended.has(current)) {
				current += 1;
				for (const text of kept[current] ?? []) show(text);
			}
		},
	}));
}
