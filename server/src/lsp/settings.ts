import type { Connection } from 'vscode-languageserver/node';
import type { Level } from '../core/finding.ts';
import type { NeedOverride } from '../core/needs/need.ts';
import { readNeeds } from '../core/needs/override.ts';

/** The person's settings for one resource. Read per resource, never kept in a global: folders may differ. */
export interface Settings {
	readonly oldAfterDays: number;
	readonly rules: ReadonlyMap<string, Level | 'off'>;
	readonly userConfigs: boolean;
	readonly codeLens: boolean;
	/** Globs of files that are not looked at. */
	readonly ignore: readonly string[];
	/** The person's own word on what a server needs. */
	readonly needs: readonly NeedOverride[];
	/** What could not be used, one line each. */
	readonly problems: readonly string[];
	/** Absent = the rule's own. */
	readonly expiresSoonDays?: number;
	readonly longLivedDays?: number;
}

const DEFAULTS: Settings = {
	oldAfterDays: 90,
	rules: new Map(),
	userConfigs: true,
	codeLens: true,
	ignore: [],
	needs: [],
	problems: [],
};

/** Asks the editor once per resource and change; an editor without `workspace/configuration` gets the defaults. */
export class SettingsCache {
	readonly #connection: Connection;
	readonly #byUri = new Map<string, Promise<Settings>>();
	readonly #isSupported: boolean;

	constructor(connection: Connection, isSupported: boolean) {
		this.#connection = connection;
		this.#isSupported = isSupported;
	}

	of(uri: string): Promise<Settings> {
		if (!this.#isSupported) return Promise.resolve(DEFAULTS);
		let settings = this.#byUri.get(uri);
		if (!settings) {
			settings = this.#ask(uri);
			this.#byUri.set(uri, settings);
		}
		return settings;
	}

	async #ask(uri: string): Promise<Settings> {
		try {
			return read(await this.#connection.workspace.getConfiguration({ scopeUri: uri, section: 'mcpHygiene' }));
		} catch {
			return DEFAULTS;
		}
	}

	forget(uri?: string): void {
		if (uri === undefined) this.#byUri.clear();
		else this.#byUri.delete(uri);
	}
}

/** What a person typed into settings.json may be anything; what does not fit falls back to its default. */
function read(raw: unknown): Settings {
	const value = (raw ?? {}) as {
		oldAfterDays?: unknown;
		rules?: unknown;
		userConfigs?: unknown;
		codeLens?: unknown;
		ignore?: unknown;
		needs?: unknown;
		expiresSoonDays?: unknown;
		longLivedDays?: unknown;
	};
	const soon = readDays(value.expiresSoonDays, 0);
	const long = readDays(value.longLivedDays, 1);
	const { needs, problems } = readNeeds(value.needs);
	return {
		oldAfterDays: readDays(value.oldAfterDays, 1) ?? DEFAULTS.oldAfterDays,
		...(soon === undefined ? {} : { expiresSoonDays: soon }),
		...(long === undefined ? {} : { longLivedDays: long }),
		needs,
		problems: problems.map((problem) => `Setting mcpHygiene.needs, ${problem}`),
		rules: readLevels(value.rules),
		userConfigs: value.userConfigs !== false,
		codeLens: value.codeLens !== false,
		ignore: Array.isArray(value.ignore) ? value.ignore.filter((glob) => typeof glob === 'string') : [],
	};
}

function readDays(value: unknown, least: number): number | undefined {
	return typeof value === 'number' && value >= least && value <= 36_500 ? value : undefined;
}

const LEVELS: ReadonlySet<unknown> = new Set(['error', 'warning', 'note', 'off']);

function readLevels(raw: unknown): Settings['rules'] {
	if (typeof raw !== 'object' || raw === null) return DEFAULTS.rules;
	return new Map(Object.entries(raw).filter((entry): entry is [string, Level | 'off'] => LEVELS.has(entry[1])));
}
