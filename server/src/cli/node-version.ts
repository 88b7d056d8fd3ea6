const OLDEST_NODE = 22;

/** What to do about a runtime that is too old; undefined for one that is not. */
export function nodeProblem(version: string): string | undefined {
	if (Number.parseInt(version, 10) >= OLDEST_NODE) return undefined;
	return `Node ${version} is too old. Install Node ${OLDEST_NODE} or newer.`;
}
