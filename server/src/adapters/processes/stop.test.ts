import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, describe, it } from 'node:test';
import { isSameMark, ownMark } from './mark.ts';
import { isRunning, type Noted, stopTree } from './stop.ts';
import { fromPs, processTable, withDescendants } from './table.ts';

const children: ChildProcess[] = [];
after(() => {
	for (const child of children) child.kill('SIGKILL');
});

/** A process that says so when it runs. */
async function started(program: string, args: readonly string[]): Promise<ChildProcess> {
	const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
	children.push(child);
	await once(child.stdout!, 'data');
	return child;
}

const node = (body: string) =>
	started(process.execPath, ['-e', `${body}; process.stdout.write('runs'); setInterval(() => {}, 1000)`]);

function noted({ pid }: ChildProcess): Noted {
	return processTable()!.get(pid!)!;
}

function runs(one: Noted): boolean {
	return isRunning(processTable()!, one);
}

describe('a process', () => {
	it('has the mark in the table that it notes of itself', () => {
		assert.equal(processTable()?.get(process.pid)?.mark, ownMark());
	});

	it('is told from a later one of the same number', async () => {
		const child = await node('');
		assert.ok(runs(noted(child)));
		assert.ok(!runs({ pid: child.pid!, mark: 'earlier 1' }));
		child.kill('SIGKILL');
		await once(child, 'exit');
		assert.ok(!processTable()!.has(child.pid!));
	});

	it('is known by the seconds of ps too, which is how macOS tells it', () => {
		const own = fromPs().find(({ pid }) => pid === process.pid);
		assert.equal(own?.parent, process.ppid);
		assert.match(own.mark, /^[0-9]{13}$/);
		assert.match(ownMark('darwin')!, /^[0-9]{13}$/);
	});

	for (const [now, before, same] of [
		['1790000000000', '1790000000000', true],
		['1790000001000', '1790000000412', true],
		['1790000003000', '1790000000412', false],
		['boot 12', 'boot 12', true],
		['boot 12', 'boot 13', false],
		['other 12', 'boot 12', false],
	] as const)
		it(`${now} and ${before} are ${same ? 'one' : 'two'}`, () => assert.equal(isSameMark(now, before), same));

	it('cannot be told where the system does not say enough', () => {
		assert.equal(ownMark('win32'), undefined);
		assert.equal(processTable('win32'), undefined);
	});
});

describe('stopping', () => {
	it('ends a server that goes when it is asked', async () => {
		const child = await node('');
		const exit = once(child, 'exit');
		assert.equal(await stopTree(noted(child)), true);
		assert.deepEqual(await exit, [null, 'SIGTERM']);
	});

	it('ends one that does not', async () => {
		const child = await node('process.on("SIGTERM", () => {})');
		const exit = once(child, 'exit');
		assert.equal(await stopTree(noted(child), { term: 100 }), true);
		assert.deepEqual(await exit, [null, 'SIGKILL']);
	});

	it('ends what a runner started, though the runner goes first', async () => {
		const server = `${JSON.stringify(process.execPath)} -e 'process.on("SIGTERM", () => {}); process.stdout.write("runs"); setInterval(() => {}, 1000)'`;
		const runner = await started('/bin/sh', ['-c', `${server} & wait`]);
		const [, ...below] = withDescendants(processTable()!, [runner.pid!]);
		assert.equal(below.length, 1);
		assert.equal(await stopTree(noted(runner), { term: 100 }), true);
		assert.deepEqual(below.filter(runs), []);
	});

	it('leaves alone what only has the number', async () => {
		const child = await node('');
		assert.equal(await stopTree({ pid: child.pid!, mark: 'earlier 1' }), true, 'the one that was noted is gone');
		assert.ok(runs(noted(child)));
	});

	it('leaves alone the tree that asks', async () => {
		const parent = processTable()!.get(process.ppid)!;
		assert.equal(await stopTree(parent), false);
		assert.ok(runs(parent));
	});
});
