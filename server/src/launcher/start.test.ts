import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { canReplace } from './start.ts';

function replaces(text: string): boolean {
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
});
