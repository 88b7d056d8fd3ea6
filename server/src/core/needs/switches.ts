import type { Invocation } from './invocation.ts';
import type { Switch } from './need.ts';

/** A setting of the server as the config writes it. */
export interface Setting {
	/** Flag, variable, header or query parameter. */
	readonly by: string;
	/** `undefined`: set, but not to anything that can be read here. */
	readonly value: string | undefined;
}

/** The first place where a switch is set: arguments win over variables, as servers have it. */
export function settingOf(invocation: Invocation, places: Switch | undefined): Setting | undefined {
	if (!places) return undefined;
	return (
		first(places.flags, (name) => flagOf(invocation.args, name)) ??
		first(places.headers, (name) => entryOf(invocation.headers, name.toLowerCase())) ??
		first(places.query, (name) => entryOf(invocation.url?.query, name)) ??
		first(places.env, (name) => entryOf(invocation.env, name))
	);
}

function first(
	names: readonly string[] | undefined,
	find: (name: string) => { readonly value: string | undefined } | undefined,
): Setting | undefined {
	for (const name of names ?? []) {
		const found = find(name);
		if (found) return { by: name, value: found.value };
	}
	return undefined;
}

function entryOf(map: ReadonlyMap<string, string | undefined> | undefined, name: string) {
	return map?.has(name) ? { value: map.get(name) } : undefined;
}

/** `--name=value`, `--name value`, or a bare `--name`, which has the value `''`. */
function flagOf(args: readonly string[], name: string): { readonly value: string | undefined } | undefined {
	const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
	if (at < 0) return undefined;
	const arg = args[at]!;
	const value =
		arg === name ? (args[at + 1]?.startsWith('-') === false ? args[at + 1]! : '') : arg.slice(name.length + 1);
	return { value: value.includes('$') ? undefined : value };
}

/** Every argument after a flag up to the next flag: `--tools gmail drive`. */
export function spacedValues(args: readonly string[], name: string): string[] | undefined {
	const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
	if (at < 0) return undefined;
	const end = args.findIndex((arg, i) => i > at && arg.startsWith('-'));
	const [own, ...rest] = args.slice(at, end < 0 ? undefined : end);
	return own === name ? rest : [own!.slice(name.length + 1), ...rest];
}

const TRUE = /^(?:true|t|1)$/i;
const FALSE = /^(?:|false|f|no|n|0|off)$/i;

/** Only what every parser of booleans takes for true counts as on, so that doubt never narrows a need. */
export function isOn({ by, value }: Setting, places: Switch): boolean {
	if (value === undefined) return false;
	if (places.flags?.includes(by)) return value === '' || !FALSE.test(value);
	return TRUE.test(value);
}

/** A switch that widens counts as on in doubt. */
export function mayBeOn({ by, value }: Setting, places: Switch): boolean {
	return value === undefined || places.flags?.includes(by) === true || !FALSE.test(value);
}

export function list(value: string): string[] {
	return value
		.split(',', 500)
		.map((word) => word.trim())
		.filter((word) => word !== '');
}
