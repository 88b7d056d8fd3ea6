import { namedEnvFiles } from '../adapters/env-files.ts';
import { readConfigSync } from '../adapters/files.ts';
import { dialectById, dialectFor } from '../core/dialects/index.ts';
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
	/** Path of a `.env` file to the servers that read it, as people call them. */
	readonly readBy: ReadonlyMap<string, readonly string[]>;
	/** URI of a config to its `envFile` fields: JSON pointer and path. */
	readonly named: ReadonlyMap<string, readonly { readonly pointer: string; readonly path: string }[]>;
}

/** A file that is named and is not there is no problem: it is made on each machine. */
export function readEnvFiles(sources: readonly Source[], { cwd, home }: Context): EnvFiles {
	const named = sources.flatMap(({ document, file, path: shown }) =>
		file === undefined
			? []
			: namedEnvFiles(document, { config: file, home }).map(({ server, part, path }) => ({
					uri: document.uri,
					pointer: part.pointer,
					path,
					reader: `server "${plainName(server.name)}" in ${shown}`,
				})),
	);
	const known = new Set(sources.map(({ file }) => file));
	const read = [...new Set(named.map(({ path }) => path))]
		.filter((path) => !known.has(path))
		.flatMap((path): (Source | string)[] => {
			const file = readConfigSync(path);
			if (file.state === 'absent') return [];
			if (file.state === 'failed') return [file.message];
			const scope = dialectFor(path, home)?.scope ?? 'workspace';
			return [sourceAt({ path, dialect: dialectById('dotenv'), scope }, file.text, cwd)];
		});
	return {
		read: read.filter((one) => typeof one === 'object'),
		problems: read.filter((one) => typeof one === 'string'),
		readBy: new Map(
			[...Map.groupBy(named, ({ path }) => path)].map(([path, all]) => [
				path,
				[...new Set(all.map(({ reader }) => reader))],
			]),
		),
		named: Map.groupBy(named, ({ uri }) => uri),
	};
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
			const secrets = file.analysis.credentials.map(({ span, label, confidence }) => ({ span, label, confidence }));
			return [[pointer, { uri: file.document.uri, displayPath: file.path, secrets }] as const];
		}),
	);
}
