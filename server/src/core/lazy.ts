/** Builds a table on its first use: programs that never ask do not pay for it when they start. */
export function lazy<T>(build: () => T): () => T {
	let built: { readonly value: T } | undefined;
	return () => {
		built ??= { value: build() };
		return built.value;
	};
}

/** Asks once for each different text: for one document, whose names repeat from server to server. */
export function remembered<T extends {}>(answer: (text: string) => T): (text: string) => T {
	const known = new Map<string, T>();
	return (text) => {
		const before = known.get(text);
		if (before !== undefined) return before;
		const found = answer(text);
		known.set(text, found);
		return found;
	};
}
