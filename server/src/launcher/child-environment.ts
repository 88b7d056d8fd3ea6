import { readFileSync } from 'node:fs';
import { safeEnvironment } from '../adapters/environment.ts';
import { isLoaderVariable } from '../core/loader-variables.ts';
import type { SecretValue } from '../core/secret-value.ts';
import { Refused } from './refuse.ts';

export interface ChildEnvironmentRequest {
	readonly handed: NodeJS.ProcessEnv;
	/** Names that the approved entry and its approved envFile set. */
	readonly approved: readonly string[];
	/** The person's own list. */
	readonly passed: readonly string[];
	readonly secrets: readonly { readonly name: string; readonly value: SecretValue }[];
}

/**
 * The environment of the server: built from a short list, not inherited, so that a variable which a host or a shell left
 * behind decides nothing about the process that gets the secret.
 *
 * @throws Refused if the entry itself names a variable that decides which code runs.
 */
export function childEnvironment({
	handed,
	approved,
	passed,
	secrets,
}: ChildEnvironmentRequest): Record<string, string> {
	const loader = approved.find((name) => isLoaderVariable(name) && !passed.includes(name));
	if (loader !== undefined) {
		throw new Refused(
			`the entry sets ${loader} beside a credential, which can change what code or whose certificates get it. Remove it, or allow it with "passEnvironment" in your own config.json.`,
		);
	}
	const named = [...passed, ...approved].flatMap((name) =>
		handed[name] === undefined ? [] : [[name, handed[name]] as const],
	);
	return {
		...safeEnvironment(handed),
		...Object.fromEntries(named),
		...Object.fromEntries(secrets.map(({ name, value }) => [name, value.reveal()])),
	};
}

/** Variable names of an envFile; the values come from the host, which read the same file. */
export function envFileNames(path: string | undefined): string[] {
	if (path === undefined) return [];
	const lines = readText(path).split(/\r?\n/);
	return lines.flatMap(
		(line) => /^\s{0,64}(?:export\s{1,16})?([A-Za-z_][A-Za-z0-9_.-]{0,255})\s{0,64}=/.exec(line)?.[1] ?? [],
	);
}

function readText(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}
