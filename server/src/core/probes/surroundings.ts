import type { Credential } from '../finding.ts';
import { looksLikeReference } from '../references.ts';
import type { McpServer, NamedPart } from '../servers.ts';

/** What stands around a token in its server's entry. A name with an undefined value is there, but not written out: a reference, a variable of the host. */
export interface Surroundings {
	readonly env: ReadonlyMap<string, string | undefined>;
	/** `--host x` and `--host=x` as `host` to `x`. */
	readonly flags: ReadonlyMap<string, string | undefined>;
	readonly url?: string;
	/** The text that the token is a part of, without the token: `postgres://app:@db.internal/shop`. */
	readonly inside?: string;
	/** What `npm config get registry` says outside of any project; the caller asks npm, because a token goes nowhere else. */
	readonly npmRegistry?: string;
}

export const NO_SURROUNDINGS: Surroundings = { env: new Map(), flags: new Map() };

/** `variables`: what else sets the environment of this entry (a `.env` file, the config as a whole); the entry's own go first. */
export function surroundingsOf(server: McpServer | undefined, variables: readonly NamedPart[] = []): Surroundings {
	const outer = variables.map(({ name, value }) => [name, literal(value)] as const);
	if (!server) return { env: new Map(outer), flags: new Map() };
	const url = literal((server.launcher?.url ?? server.url)?.value);
	const args = server.launcher?.mode === 'run' ? server.launcher.args : server.args;
	return {
		env: new Map([...outer, ...server.env.map(({ name, value }) => [name, literal(value)] as const)]),
		flags: flagsOf(args.map(({ value }) => value)),
		...(url === undefined ? {} : { url }),
	};
}

/** These, with what the token is a part of, if it is one. */
export function withInside(
	around: Surroundings,
	{ part, classification: { from, to } }: Pick<Credential, 'part' | 'classification'>,
): Surroundings {
	const inside = part.value.slice(0, from) + part.value.slice(to);
	return inside === '' ? around : { ...around, inside };
}

function literal(value: string | undefined): string | undefined {
	if (value === undefined || looksLikeReference(value) || value.includes('${')) return undefined;
	return value.trim() || undefined;
}

const FLAG = /^--([A-Za-z][A-Za-z0-9_-]{0,63})(?:=(.*))?$/s;

function flagsOf(args: readonly string[]): ReadonlyMap<string, string | undefined> {
	const flags = new Map<string, string | undefined>();
	for (const [index, arg] of args.entries()) {
		const [, name, inline] = FLAG.exec(arg) ?? [];
		const value = inline ?? args[index + 1];
		if (name !== undefined && value !== undefined && !value.startsWith('--'))
			flags.set(name.toLowerCase(), literal(value));
	}
	return flags;
}

/** The first of these variables that is there, or the flag of the same name (`GITLAB_URL`, `--gitlab-url`). */
export function variable(
	around: Surroundings,
	...names: readonly string[]
): { readonly name: string; readonly value: string | undefined } | undefined {
	for (const name of names) {
		const flag = name.toLowerCase().replaceAll('_', '-');
		if (around.env.has(name)) return { name, value: around.env.get(name) };
		if (around.flags.has(flag)) return { name: `--${flag}`, value: around.flags.get(flag) };
	}
	return undefined;
}
