/** By name: what comes of another bundle has a class of its own. */
const OURS: ReadonlySet<string> = new Set([
	'ApprovalError',
	'StoreError',
	'IndexError',
	'ConfigError',
	'ActRefused',
	'ConsentError',
]);

/** One that stopped what was wanted before it began, with a message for people. */
export function isForPeople(error: unknown): error is Error {
	return error instanceof Error && OURS.has(error.name);
}

/** What a person is told of an error. The message of an unforeseen one may quote anything, so only its name is told. */
export function told(error: unknown): string {
	if (isForPeople(error)) return error.message;
	return `It failed (${error instanceof Error ? error.name : 'unknown error'}). Run "mcp-hygiene doctor".`;
}
