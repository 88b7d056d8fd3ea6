import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { canReplace } from './start.ts';

function replaces(text: string | Buffer): boolean {
	const folder = mkdtempSync(join(tmpdir(), 'mcp-start-'));
	try {
		const path = join(folder, 'server');
		writeFileSync(path, text, { mode: 0o755 });
		return canReplace(path);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

describe('the launcher is replaced', { skip: process.platform === 'win32' }, () => {
	it('by a script whose interpreter is there', () => {
		assert.ok(replaces('#!/bin/sh\nexit 0\n'));
		assert.ok(replaces('#! /bin/sh -e\nexit 0\n'));
		assert.ok(canReplace(process.execPath));
	});

	it('by nothing that the kernel may not run, because a failed execve dumps core, with the secrets in it', () => {
		assert.ok(!replaces('#!/no/such/interpreter\n'));
		assert.ok(!replaces('#!/bin/sh\r\nexit 0\r\n'));
		assert.ok(!replaces('#!\n'));
		assert.ok(!replaces('echo no first line\n'));
		assert.ok(!canReplace('/no/such/file'));
	});

	it('by no program for another machine, and by none whose loader is missing', {
		skip: process.platform !== 'linux',
	}, () => {
		const node = readFileSync(process.execPath).subarray(0, 4096);
		assert.ok(replaces(node));
		const foreign = Buffer.from(node);
		foreign.writeUInt16LE(foreign.readUInt16LE(18) ^ 1, 18);
		assert.ok(!replaces(foreign));
		const musl = Buffer.from(node);
		musl.write('/no-', musl.indexOf('/lib', 64));
		assert.ok(!replaces(musl));
	});

	it('by nothing that only begins like a program', () => {
		const elf = Buffer.from('7f454c46020101', 'hex');
		assert.ok(!replaces(elf));
		assert.ok(!replaces(Buffer.concat([elf, Buffer.alloc(57)])));
		assert.ok(!replaces(Buffer.concat([elf, Buffer.alloc(5000, 0xff)])));
	});
});
