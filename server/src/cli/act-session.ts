import type { ActSession } from '../adapters/acts/session.ts';
import { npmRegistry } from '../adapters/issuer-http/npm-registry.ts';
import { routeOf } from '../adapters/route.ts';
import { readPersonalConfig } from '../adapters/state/config.ts';
import { carryDeclared } from '../adapters/state/declared-grants.ts';
import type { ReadOnlyIndex } from '../adapters/state/index.ts';
import { inventory } from '../core/inventory/index.ts';
import type { CredentialRecord, InventoryDocument } from '../core/inventory/model.ts';
import { NO_KNOWLEDGE } from '../core/rules/rule.ts';
import type { Fingerprinter } from '../core/secret-value.ts';
import type { Context } from './context.ts';
import { type EnvFiles, readEnvFiles } from './env-files.ts';
import { answersOf, inventoryDocument } from './inventory.ts';
import { Progress } from './progress.ts';
import type { Source } from './source.ts';
import { readSources } from './sources.ts';
import { openState, readState } from './state.ts';

/** Everything that is known here, as it is now. */
export interface Surveyed {
	readonly session: ActSession;
	readonly index: ReadOnlyIndex | undefined;
	readonly records: readonly CredentialRecord[];
	/** What could not be read, and so could use a secret unseen; one line each. */
	readonly problems: readonly string[];
}

/**
 * Looks at these configs and at all of the person's own, with the `.env` files that they name: who else uses a secret is the
 * first thing to know before it ends. `fallback` makes the fingerprints where there is no index yet.
 */
export async function survey(
	options: { readonly paths: readonly string[]; readonly dialect: string | undefined },
	fallback: Fingerprinter,
	context: Context,
): Promise<Surveyed> {
	const { dialect } = options;
	const paths = options.paths.length > 0 ? options.paths : ['.'];
	const progress = await Progress.start(context);
	const sources = await readSources({ paths, user: true, staged: false, dialect }, context, progress);
	progress.end();
	const envFiles = readEnvFiles(sources.read, context);
	const index = await readState(context);
	const fingerprinter = index?.fingerprinter ?? fallback;
	const all = [...sources.read, ...envFiles.read];
	const knowledge = { ...NO_KNOWLEDGE, now: context.now() };
	const documents = all.map((source) => inventoryDocument(source, knowledge, fingerprinter, envFiles.users));
	return {
		session: await sessionOf(documents, filesOf(all, envFiles), fingerprinter, context),
		index,
		records: inventory({
			documents,
			items: index?.items ?? [],
			bindings: index?.bindings ?? [],
			ages: new Map(),
			grants: answersOf(index, documents, context),
			now: context.now(),
			oldAfterDays: NO_KNOWLEDGE.oldAfterDays,
		}),
		problems: [...sources.problems, ...envFiles.problems],
	};
}

/** For its question the session reads what was surveyed, not the disk again. */
export async function sessionOf(
	documents: readonly InventoryDocument[],
	files: ActSession['knowledge']['files'],
	fingerprinter: Fingerprinter,
	context: Context,
): Promise<ActSession> {
	const byUri = new Map(documents.map((one) => [one.document.uri, one]));
	const { home, now, stateDir } = context;
	return {
		trusted: true,
		knowledge: { fingerprinter, files },
		current: async (uri) => byUri.get(uri),
		world: {
			home,
			stateDir,
			now,
			keychain: await context.keychain(),
			issuers: async (known) => {
				const network = routeOf(readPersonalConfig(stateDir));
				return (await import('../adapters/issuers.ts')).issuerHttp({ fingerprinter: known, network, now });
			},
			npmRegistry: () => npmRegistry({ ...context.env }),
			openIndex: () => openState(context),
			carryDeclared: (old, renewed) => carryDeclared(stateDir, old, renewed, now()),
		},
	};
}

/** The `.env` files that were read, by the config and the field that name them. */
export function filesOf(
	sources: readonly Source[],
	{ named }: Pick<EnvFiles, 'named'>,
): ActSession['knowledge']['files'] {
	const uris = new Map(sources.map(({ file, document }) => [file, document.uri]));
	return new Map(
		[...named].map(([config, fields]) => {
			const envFiles = fields.flatMap(({ pointer, path }) => {
				const uri = uris.get(path);
				return uri === undefined ? [] : [[pointer, { uri }] as const];
			});
			return [config, { envFiles: new Map(envFiles) }];
		}),
	);
}
