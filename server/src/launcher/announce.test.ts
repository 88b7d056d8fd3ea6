import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { temporaryFolder } from '../../../test/support/harness/temporary.ts';
import { ownMark } from '../adapters/processes/mark.ts';
import { readRuns } from '../adapters/state/runs.ts';
import { withSecretLock } from '../adapters/state/secret-lock.ts';
import { announce } from './announce.ts';
import { Refused } from './refuse.ts';
import type { LauncherWorld } from './world.ts';

const { path, remove } = temporaryFolder('announce');
after(remove);

const world = (name: string) => ({ stateDir: `${path}/${name}`, now: () => Date.now() }) as LauncherWorld;
const ITEM = { id: 'keychain:1', fingerprint: 'a'.repeat(32) };
const OTHER = { id: 'keychain:2', fingerprint: 'b'.repeat(32) };

describe('a server that wants stored secrets', () => {
	it('is written down before they are read', async () => {
		const its = world('noted');
		await announce(its, [ITEM, OTHER], 'gl');
		const [run] = readRuns(its.stateDir);
		assert.deepEqual(
			[run?.pid, run?.mark, run?.items, run?.server],
			[process.pid, ownMark(), [ITEM.id, OTHER.id], 'gl'],
		);
	});

	it('is not written down where it wants none', async () => {
		const its = world('none');
		await announce(its, [], 'gl');
		assert.deepEqual(readRuns(its.stateDir), []);
	});

	it('waits while one of them is being changed', async () => {
		const its = world('waits');
		const order: string[] = [];
		let waiting: Promise<void> | undefined;
		await withSecretLock(its.stateDir, OTHER.fingerprint, async () => {
			waiting = announce(its, [ITEM, OTHER], 'gl').then(() => void order.push('started'));
			await new Promise((resolve) => setTimeout(resolve, 100));
			order.push('changed');
		});
		await waiting;
		assert.deepEqual(order, ['changed', 'started']);
	});

	it('is refused with the way out where that does not end', async () => {
		const its = world('refused');
		await withSecretLock(its.stateDir, ITEM.fingerprint, () =>
			assert.rejects(announce(its, [ITEM], undefined, 60), (error: Error) => {
				assert.ok(error instanceof Refused);
				assert.match(error.message, /another window or terminal\. Start the server again when that has ended\./);
				return true;
			}),
		);
	});
});
