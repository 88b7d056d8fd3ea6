import type { HostFilter } from './host-filters.ts';
import type { Invocation } from './invocation.ts';
import type { Filters, Group, KnownServer, Row } from './need.ts';
import { isOn, list, mayBeOn, type Setting, settingOf, spacedValues } from './switches.ts';

/** One tool that is on; `*` stands for those that the data does not list. */
export interface Tool {
	readonly name: string;
	readonly access: 'read' | 'write';
	readonly row: Row;
}

/** The tools that are on, and how the config chose them. */
export interface Selection {
	readonly tools: readonly Tool[];
	/** Listed tools of the server, on or off. */
	readonly total: number;
	/** For people: "read-only", "toolsets issues and labels". */
	readonly reasons: readonly string[];
	readonly readOnlyBy?: string;
	/** `false`: the config names groups or tools that the data does not know. */
	readonly understood: boolean;
}

export function select(known: KnownServer, invocation: Invocation, host: HostFilter): Selection {
	const filters = known.filters ?? {};
	const features = featuresOf(filters, invocation);
	const groups = chosenGroups(known, invocation);
	const all = toolsOf(known.groups, features);
	const named = namedTools(known, invocation, all);
	const grouped = toolsOf(
		known.groups.filter(({ id }) => groups.ids.has(id)),
		features,
	);
	const excluded = excludedTools(known, invocation);
	const readOnlyBy = known.readOnlyByDesign ? 'the server itself' : readOnlySetting(filters, invocation);
	const writesOff = filters.writes !== undefined && !isWriting(filters, invocation);
	const base = combine(filters, grouped, named, groups.explicit);
	const tools = base.filter(
		({ name, access }) =>
			!excluded.has(name) &&
			(access === 'read' || !(readOnlyBy || writesOff)) &&
			(name === '*' || ((host.allow?.has(name) ?? true) && !host.deny.has(name))),
	);
	return {
		tools,
		total: new Set(all.filter(({ name }) => name !== '*').map(({ name }) => name)).size,
		reasons: [
			...(readOnlyBy ? ['read-only'] : []),
			...(writesOff ? ['tools that write are off by default'] : []),
			...groups.reasons,
			...(named ? ['tools named in the config'] : []),
			...(excluded.size > 0 ? [`without ${listed([...excluded])}`] : []),
			...(host.by ? [`the host’s ${host.by}`] : []),
		],
		...(readOnlyBy ? { readOnlyBy } : {}),
		understood: groups.understood && (named?.understood ?? true),
	};
}

function toolsOf(groups: readonly Group[], features: ReadonlySet<string> | 'any'): Tool[] {
	const tools = new Map<string, Tool>();
	for (const { rows } of groups) {
		for (const row of rows) {
			if (row.feature !== undefined && features !== 'any' && !features.has(row.feature)) continue;
			for (const access of ['read', 'write'] as const) {
				for (const name of row[access]?.split(' ') ?? []) {
					const key = name === '*' ? `${access} ${row.needs} ${tools.size}` : name;
					if (!tools.has(key)) tools.set(key, { name, access, row });
				}
			}
		}
	}
	return [...tools.values()];
}

function featuresOf({ features }: Filters, invocation: Invocation): ReadonlySet<string> | 'any' {
	const setting = settingOf(invocation, features);
	if (!setting) return new Set();
	return setting.value === undefined ? 'any' : new Set(list(setting.value));
}

interface ChosenGroups {
	readonly ids: ReadonlySet<string>;
	/** The config names them. */
	readonly explicit: boolean;
	readonly reasons: readonly string[];
	readonly understood: boolean;
}

function chosenGroups(known: KnownServer, invocation: Invocation): ChosenGroups {
	const { groups, excludeGroups, disablePrefix } = known.filters ?? {};
	const setting = groupSetting(known.filters, invocation);
	const isOpen =
		(setting && setting.value === undefined) || (!setting && groups?.env !== undefined && invocation.envFile);
	const wanted = setting?.value === undefined ? undefined : list(setting.value);
	const usual = known.groups.filter((group) => isUsual(group, invocation)).map(({ id }) => id);
	const every = known.groups.map(({ id }) => id);
	const chosen = isOpen ? every : wanted ? wanted.flatMap((word) => expanded(word, groups, every, usual)) : usual;
	const without = settingOf(invocation, excludeGroups);
	const off = new Set([
		...(without?.value === undefined ? [] : list(without.value)),
		...(disablePrefix ? every.filter((id) => invocation.args.includes(disablePrefix + id)) : []),
	]);
	const always = known.groups.filter((group) => group.always).map(({ id }) => id);
	const ids = new Set([...chosen, ...always].filter((id) => !off.has(id)));
	const strangers = (wanted ?? []).filter((word) => !isKnown(word, known, every));
	return {
		ids,
		explicit: wanted !== undefined && !isOpen,
		reasons: [
			...(isOpen ? [`all that ${setting?.by ?? 'a file with variables'} could turn on`] : []),
			...(wanted && !isOpen
				? [
						`${wanted.length === 1 ? 'group' : 'groups'} ${listed(wanted.filter((word) => isKnown(word, known, every)))}`,
					]
				: []),
			...(off.size > 0
				? [`without the ${off.size === 1 ? 'group' : 'groups'} ${listed([...off].filter((id) => every.includes(id)))}`]
				: []),
		],
		understood: strangers.length === 0 || groups?.unknown === true,
	};
}

function groupSetting(filters: Filters | undefined, invocation: Invocation): Setting | undefined {
	const { groups } = filters ?? {};
	if (!groups) return undefined;
	const inPath = groups.path === undefined ? undefined : pathWord(invocation.url?.path, groups.path);
	if (inPath !== undefined) return { by: 'the URL', value: inPath };
	if (groups.spaced) {
		for (const flag of groups.flags ?? []) {
			const values = spacedValues(invocation.args, flag);
			if (values)
				return { by: flag, value: values.some((value) => value.includes('$')) ? undefined : values.join(',') };
		}
	}
	const setting = settingOf(invocation, groups);
	// An empty value is the default of every server here.
	return setting?.value !== undefined && list(setting.value).length === 0 ? undefined : setting;
}

/** `/mcp/x/issues/readonly` with `/x/` is `issues`. */
function pathWord(path: string | undefined, before: string): string | undefined {
	const at = path?.indexOf(before) ?? -1;
	if (path === undefined || at < 0) return undefined;
	return path.slice(at + before.length).split('/', 1)[0] || undefined;
}

function isUsual(group: Group, invocation: Invocation): boolean {
	if (group.enabledBy) {
		const setting = settingOf(invocation, group.enabledBy);
		return setting ? mayBeOn(setting, group.enabledBy) : invocation.envFile;
	}
	return !group.off;
}

function expanded(
	word: string,
	groups: Filters['groups'],
	every: readonly string[],
	usual: readonly string[],
): readonly string[] {
	if (word === groups?.all) return every;
	return word === groups?.default ? usual : [word];
}

function isKnown(word: string, { filters }: KnownServer, every: readonly string[]): boolean {
	return (
		every.includes(word) ||
		word === filters?.groups?.all ||
		word === filters?.groups?.default ||
		filters?.ignoredGroups?.includes(word) === true
	);
}

interface NamedTools {
	readonly tools: readonly Tool[];
	readonly understood: boolean;
}

/** Tools that the config names one by one; undefined if it names none, or hides which. */
function namedTools(known: KnownServer, invocation: Invocation, all: readonly Tool[]): NamedTools | undefined {
	const setting = settingOf(invocation, known.filters?.tools);
	if (setting?.value === undefined) return undefined;
	const wanted = list(setting.value).map((name) => own(known.renamed, name) ?? name);
	if (wanted.length === 0) return undefined;
	const tools = all.filter(({ name }) => wanted.includes(name));
	return { tools, understood: wanted.every((name) => tools.some((tool) => tool.name === name)) };
}

function combine(
	{ tools: filter }: Filters,
	grouped: readonly Tool[],
	named: NamedTools | undefined,
	explicit: boolean,
) {
	if (!named) return grouped;
	if (filter?.mode === 'only' || (filter?.mode === 'add' && !explicit)) return named.tools;
	const names = new Set(named.tools.map(({ name }) => name));
	if (filter?.mode === 'both') return grouped.filter(({ name }) => names.has(name));
	return [...grouped, ...named.tools.filter(({ name }) => !grouped.some((tool) => tool.name === name))];
}

function excludedTools({ filters, renamed }: KnownServer, invocation: Invocation): ReadonlySet<string> {
	const setting = settingOf(invocation, filters?.exclude);
	return new Set(list(setting?.value ?? '').map((name) => own(renamed, name) ?? name));
}

function readOnlySetting({ readOnly }: Filters, invocation: Invocation): string | undefined {
	if (!readOnly) return undefined;
	const { path, equals } = readOnly;
	if (path !== undefined && invocation.url?.path.replace(/\/$/, '').endsWith(path)) return 'the URL';
	for (const [name, value] of Object.entries(equals ?? {})) {
		const setting = settingOf(invocation, name.startsWith('-') ? { flags: [name] } : { env: [name] });
		if (setting?.value === value) return `${name}=${value}`;
	}
	const setting = settingOf(invocation, readOnly);
	return setting && isOn(setting, readOnly) ? setting.by : undefined;
}

function isWriting({ writes }: Filters, invocation: Invocation): boolean {
	const setting = settingOf(invocation, writes);
	return setting ? mayBeOn(setting, writes!) : writes?.env !== undefined && invocation.envFile;
}

function own(record: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
	return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

const MOST_SHOWN = 4;

/** Group and tool names of the data, or names that the config has for them. */
function listed(names: readonly string[]): string {
	if (names.length <= MOST_SHOWN) return names.join(', ');
	return `${names.slice(0, MOST_SHOWN).join(', ')} and ${names.length - MOST_SHOWN} more`;
}
