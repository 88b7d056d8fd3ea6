import { realpathSync } from 'node:fs';
import { type ConfigFile, readConfigSync } from '../adapters/files.ts';
import { namedEnvFiles } from '../adapters/workload/env-files.ts';
import { countsAs } from '../core/credentials/counts-as.ts';
import { dialectById, dialectFor } from '../core/dialects/index.ts';
import type { EnvFileUser } from '../core/entries/env-files.ts';
import { plainName } from '../core/names-shown.ts';
import type { ReportFile } from '../core/report/model.ts';
import type { EnvFile } from '../core/rules/rule.ts';
import type { Context } from './context.ts';
import { type Source, sourceAt } from './source.ts';

/** The `.env` files that servers name, and who names which. */
export interface EnvFiles {
	/** Those that are not among the configs already. */
	readonly read: readonly Source[];
	readonly problems: readonly string[];
	/** Path of a `.env` file to the entries that are started with it. */
	readonly users: ReadonlyMap<string, readonly NamedBy[]>;
	/** URI of a config to its `envFile` fields: JSON pointer and path. */
	readonly named: ReadonlyMap<string, readonly { readonly pointer: string; readonly path: string }[]>;
}

export interface Sources {
	readonly read: readonly Source[];
	/** What could not be read, one line each. */
	readonly problems: readonly string[];
	/** The `.env` files that they name, where these do not lie on disk. */
	readonly envFiles?: EnvFiles;
}

/** A server's `envFile`, and who that is. */
export interface NamedBy extends EnvFileUser {
	/** Of the `.env` file. */
	readonly path: string;
}

/** Who names which `.env` file. */
export function namedBy(sources: readonly Source[], { home }: Context): NamedBy[] {
	return sources.flatMap(({ document, file, path: displayPath }) =>
		file === undefined
			? []
			: namedEnvFiles(document, { config: file, home }).map((named) => ({
					...named,
					document,
					displayPath,
					realPath: realpathSync(file),
				})),
	);
}

/** What lies on disk. A file that is named and is not there is no problem: it is made on each machine. */
export function readEnvFiles(sources: readonly Source[], context: Context): EnvFiles {
	return collectEnvFiles(namedBy(sources, context), sources, context, readConfigSync);
}

/** @param read only what it hands out is looked at */
export function collectEnvFiles(
	named: readonly NamedBy[],
	sources: readonly Source[],
	{ cwd, home }: Pick<Context, 'cwd' | 'home'>,
	read: (path: string) => ConfigFile,
): EnvFiles {
	const known = new Set(sources.map(({ file }) => file));
	const found = [...new Set(named.map(({ path }) => path))]
		.filter((path) => !known.has(path))
		.flatMap((path): (Source | string)[] => {
			const file = read(path);
			if (file.state === 'absent') return [];
			if (file.state === 'failed') return [file.message];
			const scope = dialectFor(path, home)?.scope ?? 'workspace';
			return [sourceAt({ path, dialect: dialectById('dotenv'), scope }, file.text, cwd)];
		});
	return {
		read: found.filter((one) => typeof one === 'object'),
		problems: found.filter((one) => typeof one === 'string'),
		users: Map.groupBy(named, ({ path }) => path),
		named: Map.groupBy(
			named.map(({ document, part, path }) => ({ uri: document.uri, pointer: part.pointer, path })),
			({ uri }) => uri,
		),
	};
}

/** The servers that read a file, as people call them. */
export function readersOf(path: string, { users }: EnvFiles): readonly string[] | undefined {
	const all = users.get(path)?.map(({ server, displayPath }) => `server "${plainName(server.name)}" in ${displayPath}`);
	return all && [...new Set(all)];
}

/** What lies in the files that a config names, by the pointer of the field. */
export function envFilesOf(
	uri: string,
	{ named }: EnvFiles,
	byPath: ReadonlyMap<string, ReportFile>,
): ReadonlyMap<string, EnvFile> {
	return new Map(
		(named.get(uri) ?? []).flatMap(({ pointer, path }) => {
			const file = byPath.get(path);
			if (!file) return [];
			const held = file.analysis.credentials.filter((one) => countsAs(one) !== 'default');
			const secrets = held.map(({ span, label, confidence }) => ({ span, label, confidence }));
			return [[pointer, { uri: file.document.uri, displayPath: file.path, secrets }] as const];
		}),
	);
}
