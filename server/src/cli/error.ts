import { UsageError } from './usage.ts';

/** A command cannot go on; the message is one line for people with the way out. */
export class CommandError extends Error {
	override readonly name = 'CommandError';
}

/** Errors of ours say what to do; of any other only the kind is told, because its text could quote what it failed on. */
export function messageOf(error: unknown): string {
	if (error instanceof UsageError) return `${error.message} See "mcp-hygiene help".`;
	if (error instanceof Error && OWN_ERRORS.has(error.name)) return error.message;
	const code = (error as NodeJS.ErrnoException).code;
	const kind = error instanceof Error ? error.name : 'unknown error';
	return `Something unexpected went wrong (${code ?? kind}). Run "mcp-hygiene doctor".`;
}

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
