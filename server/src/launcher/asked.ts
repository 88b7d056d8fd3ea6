import type { RunTarget } from '../core/bindings/binding.ts';
import { type CredentialReference, parseReference } from '../core/references.ts';
import { Refused } from './refuse.ts';

/** What a host asks of `run`: the command line as handed, and the references in it. */
export interface Asked {
	readonly server?: string;
	/** Index 0 is the command. */
	readonly commandLine: readonly string[];
	readonly environment: NodeJS.ProcessEnv;
	/** Real path. */
	readonly cwd: string;
	readonly references: readonly AskedReference[];
}

export interface AskedReference {
	readonly reference: CredentialReference;
	readonly target: RunTarget;
}

export class UsageError extends Error {
	override readonly name = 'UsageError';
}

const USAGE = 'usage: mcp-hygiene run [--server NAME] -- COMMAND [ARG...]';

export function readRunArguments(args: readonly string[], environment: NodeJS.ProcessEnv, cwd: string): Asked {
	const dashes = args.indexOf('--');
	const options = dashes < 0 ? args : args.slice(0, dashes);
	const commandLine = dashes < 0 ? [] : args.slice(dashes + 1);
	if (commandLine.length === 0) throw new UsageError(USAGE);
	const server = serverOption(options);
	return {
		...(server === undefined ? {} : { server }),
		commandLine,
		environment,
		cwd,
		references: [...referencesInEnvironment(environment), ...referencesInArguments(commandLine)],
	};
}

function serverOption(options: readonly string[]): string | undefined {
	if (options.length === 0) return undefined;
	if (options.length === 2 && options[0] === '--server') return options[1];
	throw new UsageError(USAGE);
}

function referencesInEnvironment(environment: NodeJS.ProcessEnv): AskedReference[] {
	return Object.entries(environment).flatMap(([name, text]) => {
		const reference = text === undefined ? undefined : referenceIn(text, `the environment variable ${name}`);
		return reference ? [{ reference, target: { env: name } }] : [];
	});
}

function referencesInArguments(commandLine: readonly string[]): AskedReference[] {
	return commandLine.flatMap((text, index) => {
		const reference = referenceIn(text, `argument ${index}`);
		return reference ? [{ reference, target: { arg: index } }] : [];
	});
}

/** A text that is meant as a reference of ours and is none must not reach the server as if it were the secret. */
function referenceIn(text: string, place: string): CredentialReference | undefined {
	if (!text.startsWith('cred://') && !text.startsWith('op://')) return undefined;
	const reference = parseReference(text);
	if (reference) return reference;
	throw new Refused(`${place} holds a reference that is not well formed. Use only letters, digits and -_.:/@ in it.`);
}
