import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearest } from '../../core/nearest.ts';

/** The person's own settings for launcher and brokers: `config.json` in the state directory. No workspace can set them. */
export interface PersonalConfig {
	/** Names of environment variables that every started server receives as the host has them. */
	readonly passEnvironment: readonly string[];
	/** Where the key of the index is kept. `file` is for machines without a keychain, and is weaker: any program can read it. */
	readonly indexKey: 'keychain' | 'file';
	/** `http://host:port` for `connect`. */
	readonly proxy?: string;
	/** PEM file with further certificate authorities for `connect`. */
	readonly ca?: string;
	readonly pass: { readonly store?: string; readonly gnupgHome?: string };
	readonly op: { readonly account?: string; readonly vault?: string };
}

export class ConfigError extends Error {
	override readonly name = 'ConfigError';
}

/** Every name that the file may hold, by the section that it stands in. */
export const KNOWN_SETTINGS = {
	'': ['passEnvironment', 'indexKey', 'proxy', 'ca', 'needs', 'pass', 'op'],
	pass: ['store', 'gnupgHome'],
	op: ['account', 'vault'],
} as const;

const DEFAULTS: PersonalConfig = { passEnvironment: [], indexKey: 'keychain', pass: {}, op: {} };

/** @throws ConfigError when the file is there but cannot be used: a setting that is not understood must not be dropped silently. */
export function readPersonalConfig(stateDir: string): PersonalConfig {
	const path = configPath(stateDir);
	const data = read(path);
	return data ? checked(data, path) : DEFAULTS;
}

/** Another entry of the same file, as it stands there. @throws ConfigError when the file cannot be used */
export function readPersonalSetting(stateDir: string, name: string): unknown {
	return read(configPath(stateDir))?.[name];
}

function configPath(stateDir: string): string {
	return join(stateDir, 'config.json');
}

function read(path: string): Record<string, unknown> | undefined {
	const text = readIfPresent(path);
	return text === undefined ? undefined : parse(text, path);
}

function readIfPresent(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw new ConfigError(`${path} cannot be read. Check its permissions.`);
	}
}

function parse(text: string, path: string): Record<string, unknown> {
	try {
		const data: unknown = JSON.parse(text);
		if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Record<string, unknown>;
	} catch {
		// Said below, together with JSON that is no object.
	}
	throw new ConfigError(`${path} is not a JSON object. Correct it or delete it.`);
}

function checked(data: Record<string, unknown>, path: string): PersonalConfig {
	const wrong = (name: string, what: string) => new ConfigError(`"${name}" in ${path} must be ${what}.`);
	const text = (from: Record<string, unknown>, name: string): string | undefined => {
		const value = from[name];
		if (value === undefined || typeof value === 'string') return value;
		throw wrong(name, 'a text');
	};
	const section = (name: string): Record<string, unknown> => {
		const value = data[name] ?? {};
		if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
		throw wrong(name, 'an object');
	};
	refuseStrangers(data, '', path);
	refuseStrangers(section('pass'), 'pass', path);
	refuseStrangers(section('op'), 'op', path);
	const names = data.passEnvironment ?? [];
	if (!Array.isArray(names) || !names.every((name) => typeof name === 'string'))
		throw wrong('passEnvironment', 'a list of names');
	const indexKey = data.indexKey ?? 'keychain';
	if (indexKey !== 'keychain' && indexKey !== 'file') throw wrong('indexKey', '"keychain" or "file"');
	return {
		passEnvironment: names,
		indexKey,
		...defined({ proxy: text(data, 'proxy'), ca: text(data, 'ca') }),
		pass: defined({ store: text(section('pass'), 'store'), gnupgHome: text(section('pass'), 'gnupgHome') }),
		op: defined({ account: text(section('op'), 'account'), vault: text(section('op'), 'vault') }),
	};
}

function refuseStrangers(data: Record<string, unknown>, section: keyof typeof KNOWN_SETTINGS, path: string): void {
	const known: readonly string[] = KNOWN_SETTINGS[section];
	const stranger = Object.keys(data).find((name) => !known.includes(name));
	if (stranger === undefined) return;
	const full = (name: string) => (section === '' ? name : `${section}.${name}`);
	const meant = nearest(stranger, known);
	const hint = meant ? `Did you mean "${full(meant)}"?` : `Known are ${known.map(full).join(', ')}.`;
	// What is no word of letters could be a secret in the wrong place; to look closer, the launcher would have to know all issuers.
	const shown = /^[A-Za-z]{1,24}$/.test(stranger) ? `"${full(stranger)}"` : 'A name';
	throw new ConfigError(`${shown} in ${path} means nothing. ${hint}`);
}

function defined<K extends string>(values: Record<K, string | undefined>): { [P in K]?: string } {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [P in K]?: string };
}
