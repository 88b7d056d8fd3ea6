import { safeEnvironment } from '../adapters/workload/environment.ts';
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
