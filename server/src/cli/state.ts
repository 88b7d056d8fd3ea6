import { readPersonalConfig } from '../adapters/state/config.ts';
import { openIndex, type ReadOnlyIndex, readIndex, type StateIndex } from '../adapters/state/index.ts';
import { keyFileStore } from '../adapters/state/index-key.ts';
import type { SecretStore } from '../core/ports.ts';
import type { Context } from './context.ts';

/** Where the index's key rests: the person's configuration decides. */
export async function keyStore({ stateDir, keychain }: Pick<Context, 'stateDir' | 'keychain'>): Promise<SecretStore> {
	return readPersonalConfig(stateDir).indexKey === 'file' ? keyFileStore(stateDir) : keychain();
}

/** The index to change. Makes one if there is none. */
export async function openState(context: Context): Promise<StateIndex> {
	return openIndex(context.stateDir, await keyStore(context));
}

/** The index to look at; undefined if there is none yet. */
export async function readState(context: Context): Promise<ReadOnlyIndex | undefined> {
	return readIndex(context.stateDir, await keyStore(context));
}
