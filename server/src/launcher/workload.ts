import { dirname, join } from 'node:path';
import { configFolder, discoverUser } from '../adapters/discover.ts';
import { readConfigNow, realOrSame, referencesIn, rootsOf } from '../adapters/workload/config-entry.ts';
import { isInside } from '../adapters/workload/local-code.ts';
import type { Binding } from '../core/bindings/binding.ts';
import type { Dialect, FilePlace } from '../core/dialects/dialect.ts';
import { DIALECTS, dialectFor } from '../core/dialects/index.ts';

/** A question to the index: who may have this reference, asked from this folder? */
export interface Claim {
	readonly reference: string;
	/** As asked with `--server`. */
	readonly server?: string;
	/** Real path. */
	readonly cwd: string;
}

/** A config on disk that names the reference: where a refusal points, and what shadows a user-level approval. */
export interface NamingConfig {
	readonly path: string;
	readonly server: string;
	/** As `Workload.folder`. */
	readonly folder?: string;
	readonly dialect: string;
	readonly isUserLevel: boolean;
}

/**
 * The bindings that this launch can mean, by name and place. A workspace's binding counts inside its folders only, so a copied
 * config elsewhere finds none; a user-level binding counts everywhere, unless a config of the folder names the same label.
 */
export function candidates(bindings: readonly Binding[], claim: Claim, home: string): Binding[] {
	const named = bindings.filter(
		(binding) =>
			binding.reference === claim.reference && (claim.server === undefined || binding.workload.server === claim.server),
	);
	const local = named.filter((binding) => startsHere(binding, claim.cwd));
	const userLevel = named.filter((binding) => binding.workload.roots.length === 0);
	if (userLevel.length === 0) return local;
	return configsNaming(claim, home).length > 0 ? local : [...local, ...userLevel];
}

function startsHere({ workload, destination }: Binding, cwd: string): boolean {
	if (workload.roots.some((root) => isInside(cwd, root))) return true;
	// An entry may choose a working folder outside of its workspace; it was approved with it.
	const chosen = destination.kind === 'run' ? destination.cwd : undefined;
	return chosen !== undefined && workload.roots.length > 0 && realOrSame(chosen) === cwd;
}

/** Workspace configs in this folder or above it that hand this reference to this server. */
export function configsNaming(claim: Claim, home: string): NamingConfig[] {
	return foldersUp(claim.cwd).flatMap((folder) =>
		workspacePlaces().flatMap((place) => namingIn(join(folder, place), claim, home)),
	);
}

/** Files at fixed places; a `*.code-workspace` can lie anywhere and is found by its binding only. */
function workspacePlaces(): string[] {
	return DIALECTS.flatMap((dialect) => dialect.files)
		.filter((place) => place.scope === 'workspace' && !place.path.includes('*'))
		.map((place) => place.path);
}

/** User-level configs of every known host that hand this reference to this server. */
export async function userConfigsNaming(claim: Claim, home: string): Promise<NamingConfig[]> {
	const { platform } = process;
	const files = await discoverUser({ home, platform, configFolder: configFolder(platform, home, {}) });
	return files.flatMap(({ path, dialect }) => namedIn(path, dialect, 'user', claim, home));
}

function namingIn(path: string, claim: Claim, home: string): NamingConfig[] {
	const match = dialectFor(path, home);
	return !match || match.scope === 'user' ? [] : namedIn(path, match.dialect, 'workspace', claim, home);
}

function namedIn(
	path: string,
	dialect: Dialect,
	scope: FilePlace['scope'],
	claim: Claim,
	home: string,
): NamingConfig[] {
	const document = readConfigNow(path, dialect, scope);
	if (!document) return [];
	return document.servers
		.filter((server) => claim.server === undefined || server.name === claim.server)
		.filter(({ folder }) => folder === undefined || isInside(claim.cwd, realOrSame(folder)))
		.filter((server) => {
			const surroundings = { roots: rootsOf(path, document, server), environment: {}, home };
			return referencesIn(server, surroundings).some(({ reference }) => reference === claim.reference);
		})
		.map(({ name, folder }) => ({
			path,
			server: name,
			...(folder === undefined ? {} : { folder }),
			dialect: dialect.id,
			isUserLevel: scope === 'user',
		}));
}

function foldersUp(folder: string): string[] {
	const above = dirname(folder);
	return above === folder ? [folder] : [folder, ...foldersUp(above)];
}
