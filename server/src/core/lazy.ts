/** Builds a table on its first use: programs that never ask do not pay for it when they start. */
export function lazy<T>(build: () => T): () => T {
	let built: { readonly value: T } | undefined;
	return () => {
		built ??= { value: build() };
		return built.value;
	};
}
