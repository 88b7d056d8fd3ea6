import { userInfo } from 'node:os';
import { brokersFor } from '../adapters/brokers/index.ts';
import { nativeKeychain } from '../adapters/keychain/native.ts';
import { sessionBus } from '../adapters/keychain/session-bus.ts';
import { handedEnvironment } from '../adapters/shim/scripts.ts';
import { type PersonalConfig, readPersonalConfig } from '../adapters/state/config.ts';
import { keyFileStore } from '../adapters/state/index-key.ts';
import type { Broker, SecretStore } from '../core/ports.ts';
import { type ReadAheadStore, readAhead } from './read-ahead.ts';

/** Everything outside of the config that a launch touches. */
export interface LauncherWorld {
	readonly stateDir: string;
	/** The account's home. */
	readonly home: string;
	readonly keychain: ReadAheadStore;
	/** Where the key of the index rests. */
	readonly indexKeys: SecretStore;
	readonly brokers: readonly Broker[];
	readonly config: PersonalConfig;
	/** The environment that the host handed over, as it was. */
	readonly environment: NodeJS.ProcessEnv;
	/** Epoch milliseconds. */
	now(): number;
}

/** @throws ConfigError when the person's own configuration cannot be used. */
export function launcherWorld(stateDir: string): LauncherWorld {
	const environment = handedEnvironment(process.env);
	const { homedir: home, uid } = userInfo();
	const config = readPersonalConfig(stateDir);
	// The keyring library reads these itself, so they must be in this process's own environment.
	Object.assign(process.env, sessionBus(environment, uid));
	const keychain = readAhead(nativeKeychain());
	return {
		stateDir,
		home,
		keychain,
		indexKeys: config.indexKey === 'file' ? keyFileStore(stateDir) : keychain,
		brokers: brokersFor(config),
		config,
		environment,
		now: () => Date.now(),
	};
}
