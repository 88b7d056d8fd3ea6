import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { temporaryFolder } from '../../../../test/support/harness/temporary.ts';
import { memoryStore } from '../../../../test/support/memory-store.ts';
import { approvalFor } from '../../adapters/approvals/approval.ts';
import { openIndex } from '../../adapters/state/index.ts';
import { dialectFor } from '../../core/dialects/index.ts';
import { readDocument } from '../../core/read.ts';
import { SecretValue } from '../../core/secret-value.ts';
import { readAhead } from '../read-ahead.ts';
import { Refused } from '../refuse.ts';
import type { LauncherWorld } from '../world.ts';
import { connectServer } from './check.ts';

const REFERENCE = 'cred://keychain/docs/reader';
const ARGS = ['connect', 'https://mcp.example.com/mcp', '--bearer', REFERENCE];

const { path, remove } = temporaryFolder('check');
const base = realpathSync(path);
after(remove);

/** Everything was resolved: the bridge would start now. */
class Released extends Error {}

let count = 0;

/** Connects an approved entry of a person's own config, whose keychain is unlocked by a person while `meanwhile` happens. */
async function connected(meanwhile: (config: string) => void): Promise<void> {
	const home = join(base, `home${++count}`);
	const stateDir = join(home, 'state');
	const config = join(home, '.cursor/mcp.json');
	mkdirSync(dirname(config), { recursive: true });
	writeFileSync(config, JSON.stringify({ mcpServers: { docs: { command: 'mcp-hygiene', args: ARGS } } }));
	const { dialect, scope } = dialectFor(config, home)!;
	const store = memoryStore();
	const index = await openIndex(stateDir, store);
	await index.bind(
		approvalFor({
			config,
			document: readDocument(config, readFileSync(config, 'utf8'), dialect, scope),
			entry: { name: 'docs' },
			reference: REFERENCE,
			target: { header: 'authorization' },
			itemId: 'item',
			isSecret: () => false,
			home,
			environment: {},
			fingerprinter: index.fingerprinter,
			now: 1,
		}),
	);
	const keychain = readAhead({
		...store,
		get: async () => {
			// The read begins before anything is compared; a person takes longer than that.
			await setImmediate();
			meanwhile(config);
			return SecretValue.of('the-real-secret-value');
		},
	});
	const world = { stateDir, home, keychain, indexKeys: store, brokers: [], config: {}, now: () => 1 };
	await connectServer(ARGS.slice(1), world as unknown as LauncherWorld, async (work) => {
		await work();
		throw new Released();
	});
}

describe('a connection with a secret', () => {
	it('is made as it was approved', () =>
		assert.rejects(
			connected(() => undefined),
			Released,
		));

	it('is not, if the config changed while the keychain waited for a person', async () => {
		const elsewhere = JSON.stringify({ mcpServers: { docs: { url: 'https://elsewhere.example' } } });
		await assert.rejects(
			connected((config) => writeFileSync(config, elsewhere)),
			(error) => error instanceof Refused && /does not connect through mcp-hygiene any more/.test(error.message),
		);
	});
});
