/** A command cannot go on; the message is one line for people with the way out. */
export class CommandError extends Error {
	override readonly name = 'CommandError';
}

/** Errors of ours say what to do; of any other only the kind is told, because its text could quote what it failed on. */
export function messageOf(error: unknown): string {
	if (!(error instanceof Error)) return unforeseen('unknown error');
	if (error.name === 'UsageError') return `${error.message} See "mcp-hygiene help".`;
	if (OWN_ERRORS.has(error.name)) return error.message;
	return unforeseen((error as NodeJS.ErrnoException).code ?? error.name);
}

function unforeseen(what: string): string {
	return `Something unexpected went wrong (${what}). Run "mcp-hygiene doctor".`;
}

/** By name: commands come of bundles with classes of their own. */
const OWN_ERRORS: ReadonlySet<string> = new Set([
	'StoreError',
	'IndexError',
	'ConfigError',
	'ApprovalError',
	'CommandError',
	'ActRefused',
	'ConsentError',
	'BaselineError',
]);
