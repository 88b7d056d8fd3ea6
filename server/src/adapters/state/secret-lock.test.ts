import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.ts';
import { withSecretLock } from './secret-lock.ts';

const root = mkdtempSync(join(tmpdir(), 'secret-lock-'));
const ID = 'a'.repeat(32);
const children: ChildProcess[] = [];
after(() => {
	for (const child of children) child.kill('SIGKILL');
	rmSync(root, { recursive: true, force: true });
});

/** Another process that holds the lock until its input ends. */
async function holder(stateDir: string, fingerprint = ID): Promise<ChildProcess> {
	const lock = fileURLToPath(new URL('./secret-lock.ts', import.meta.url));
	const program = `const { withSecretLock } = await import(${JSON.stringify(lock)});
		await withSecretLock(${JSON.stringify(stateDir)}, '${fingerprint}', async () => {
			process.stdout.write('holds');
			for await (const _ of process.stdin);
		});`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
	children.push(child);
	await once(child.stdout!, 'data');
	return child;
}

describe('a secret that another process changes', () => {
	it('is left alone, with the way out, until the other one is done', async () => {
		const state = join(root, 'busy');
		const child = await holder(state);
		await assert.rejects(
			withSecretLock(state, ID, async () => 'done'),
			/another window or terminal, so nothing was done here\. .*repeat what you wanted/,
		);
		child.stdin!.end();
		await once(child, 'exit');
		assert.equal(await withSecretLock(state, ID, async () => 'done'), 'done');
		assert.deepEqual(readdirSync(join(state, 'locks')), []);
	});

	it('is waited for, where that takes a moment', async () => {
		const state = join(root, 'moment');
		const child = await holder(state);
		const mine = withSecretLock(state, ID, async () => 'done');
		setTimeout(() => child.stdin!.end(), 300);
		assert.equal(await mine, 'done');
	});

	it('does not hold back another secret', async () => {
		const state = join(root, 'other');
		await holder(state);
		assert.equal(await withSecretLock(state, 'b'.repeat(32), async () => 'done'), 'done');
	});

	it('is free at once when the other process was killed', async () => {
		const state = join(root, 'killed');
		const child = await holder(state);
		child.kill('SIGKILL');
		await once(child, 'exit');
		assert.ok(existsSync(join(state, 'locks', `${ID}.lock`)));
		assert.equal(await withSecretLock(state, ID, async () => 'done'), 'done');
	});
});

describe('a lock', () => {
	/** A lock file of this living process, which nobody renews. */
	function left(name: string, ageInSeconds: number): string {
		const path = join(root, name);
		writeFileSync(path, `${process.pid} left`);
		const time = new Date(Date.now() - ageInSeconds * 1000);
		utimesSync(path, time, time);
		return path;
	}

	it('that nobody renews is taken over, also when its time lies ahead', async () => {
		for (const age of [60, -60])
			assert.equal(await withLock(left(`age${age}`, age), async () => 'done', { giveUpAfter: 200 }), 'done');
		await assert.rejects(
			withLock(left('fresh', 5), async () => 'done', { giveUpAfter: 200 }),
			/Another mcp-hygiene process/,
		);
	});

	it('is renewed for as long as the work takes', { timeout: 5000 }, async (t) => {
		t.mock.timers.enable({ apis: ['setInterval'] });
		const path = join(root, 'long');
		await withLock(path, async () => {
			const old = new Date(Date.now() - 29_000);
			utimesSync(path, old, old);
			t.mock.timers.tick(5_000);
			await assert.rejects(
				withLock(path, async () => 'taken', { giveUpAfter: 1_500 }),
				/Another mcp-hygiene process/,
			);
		});
	});
});
