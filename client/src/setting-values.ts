import type { RuleLevel, Settings } from '../../server/src/protocol/index.ts';

/** What VS Code tells of one setting: who set it to what. */
export interface Inspected {
	readonly defaultValue?: unknown;
	readonly globalValue?: unknown;
	readonly workspaceValue?: unknown;
	readonly workspaceFolderValue?: unknown;
}

const LEVELS: ReadonlySet<unknown> = new Set<RuleLevel>(['error', 'warning', 'note', 'off']);

/**
 * A workspace can only tighten. It may call a credential old sooner than the person does, never later; it has no say in
 * the rules and in which files are looked at.
 */
export function effectiveSettings(inspect: (name: keyof Settings) => Inspected | undefined): Settings {
	return {
		...days(inspect('oldAfterDays') ?? {}),
		rules: levels(personal(inspect('rules') ?? {})),
		userConfigs: personal(inspect('userConfigs') ?? {}) !== false,
		codeLens: personal(inspect('codeLens') ?? {}) !== false,
		ignore: globs(personal(inspect('ignore') ?? {})),
		// As it is: what does not fit is told by the server, which every editor has.
		needs: personal(inspect('needs') ?? {}),
		...number('expiresSoonDays', personal(inspect('expiresSoonDays') ?? {})),
		...number('longLivedDays', personal(inspect('longLivedDays') ?? {})),
	};
}

function personal(setting: Inspected): unknown {
	return setting.globalValue ?? setting.defaultValue;
}

function days(setting: Inspected): Pick<Settings, 'oldAfterDays'> {
	const own = isDays(setting.globalValue) ? setting.globalValue : setting.defaultValue;
	const candidates = [own, setting.workspaceValue, setting.workspaceFolderValue].filter(isDays);
	return candidates.length > 0 ? { oldAfterDays: Math.min(...candidates) } : {};
}

function isDays(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value) && value >= 1;
}

function number<Name extends string>(name: Name, value: unknown): { readonly [N in Name]?: number } {
	return typeof value === 'number' ? ({ [name]: value } as { [N in Name]: number }) : {};
}

function globs(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.filter((glob) => typeof glob === 'string') : [];
}

/** `default` is the settings editor's word for "not set". */
function levels(value: unknown): Readonly<Record<string, RuleLevel>> {
	if (typeof value !== 'object' || value === null) return {};
	return Object.fromEntries(Object.entries(value).filter(([, level]) => LEVELS.has(level))) as Record<
		string,
		RuleLevel
	>;
}
