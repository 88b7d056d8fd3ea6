import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, parse } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brokersFor } from '../adapters/brokers.ts';
import { configFolder } from '../adapters/discover.ts';
import { exposureOf } from '../adapters/exposure.ts';
import { firstSeen } from '../adapters/git/history.ts';
import { movedFolders, windowsHomes } from '../adapters/homes.ts';
import { npmRegistry } from '../adapters/issuer-http/npm-registry.ts';
import { keychainClient, keychainProgram } from '../adapters/keychain/client.ts';
import { routeOf } from '../adapters/route.ts';
import { installShim, launcherCommand } from '../adapters/shim/install.ts';
import { findRuntimes } from '../adapters/shim/runtimes.ts';
import { readPersonalConfig } from '../adapters/state/config.ts';
import { carryDeclared, declare, readDeclared } from '../adapters/state/declared-grants.ts';
import { stateDirectory } from '../adapters/state/directory.ts';
import { openIndex, readIndex } from '../adapters/state/index.ts';
import { keyFileStore } from '../adapters/state/index-key.ts';
import { noteSeen } from '../adapters/state/seen.ts';
import type { World } from './world.ts';

/** The world as it is on this machine. `distFolder` is where this bundle lies. */
export function realWorld(distFolder: string): World {
	const { homedir: home } = userInfo();
	const stateDir = stateDirectory();
	const keychain = keychainClient(keychainProgram(distFolder));
	/** The person's own configuration may change while the server runs. */
	const indexKeys = () => (readPersonalConfig(stateDir).indexKey === 'file' ? keyFileStore(stateDir) : keychain);
	return {
		home,
		stateDir,
		...rulePagesOf(distFolder),
		keychain,
		get brokers() {
			return configuredBrokers(stateDir);
		},
		configFolder: configFolder(process.platform, home, process.env),
		otherPlaces,
		now: () => Date.now(),
		environmentNames: () => new Set(Object.keys(process.env)),
		issuers: async (fingerprinter) => {
			const network = routeOf(readPersonalConfig(stateDir));
			return (await import('../adapters/issuers.ts')).issuerHttp({ fingerprinter, network });
		},
		npmRegistry: () => npmRegistry(),
		openIndex: async () => openIndex(stateDir, indexKeys()),
		readIndex: async () => readIndex(stateDir, indexKeys()),
		declared: () => readDeclared(stateDir),
		declare: (fingerprint, grant) => declare(stateDir, fingerprint, grant),
		carryDeclared: (old, renewed) => carryDeclared(stateDir, old, renewed, Date.now()),
		seen: (fingerprints) => noteSeen(stateDir, fingerprints, Date.now()),
		firstSeen: (path, secrets) => firstSeen(path, secrets),
		exposure: (path) => exposureOf(path),
		installLauncher: async (scope) => {
			const { binFolder } = await installShim({ stateDir, distDir: distFolder, runtimes: await findRuntimes() });
			return { command: launcherCommand(scope, stateDir), binFolder };
		},
	};
}

/** A configuration that cannot be read is told when the index is opened; until then there are no brokers. */
function configuredBrokers(stateDir: string): World['brokers'] {
	try {
		return brokersFor(readPersonalConfig(stateDir));
	} catch {
		return [];
	}
}

function rulePagesOf(distFolder: string): Pick<World, 'rulePages'> {
	const folder = join(distFolder, '../docs/rules');
	return existsSync(folder) ? { rulePages: pathToFileURL(folder).href } : {};
}

async function otherPlaces(): ReturnType<World['otherPlaces']> {
	const places = { moved: movedFolders(process.env), root: parse(process.cwd()).root };
	// Set by WSL in every session of its own.
	return process.env.WSL_DISTRO_NAME ? { ...places, otherHomes: await windowsHomes('/mnt/c/Users') } : places;
}
