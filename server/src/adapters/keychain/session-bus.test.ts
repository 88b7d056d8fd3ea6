import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { sessionBus } from './session-bus.ts';

const runtime = mkdtempSync(join(tmpdir(), 'run-'));
after(() => rmSync(runtime, { recursive: true, force: true }));
writeFileSync(join(runtime, 'bus'), '');

describe('the session bus', () => {
	it('is found where hosts hand nothing over', () => {
		assert.deepEqual(sessionBus({ XDG_RUNTIME_DIR: runtime }, 0, 'linux'), {
			DBUS_SESSION_BUS_ADDRESS: `unix:path=${runtime}/bus`,
		});
	});

	it('is left as it is where a session has its own', () => {
		const environment = { XDG_RUNTIME_DIR: runtime, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/tmp/own' };
		assert.deepEqual(sessionBus(environment, 0, 'linux'), {});
	});

	it('is replaced when the address leads elsewhere or starts a program', () => {
		for (const address of [
			'tcp:host=evil.example,port=1',
			'unixexec:path=/evil',
			'unix:path=/tmp/own;unixexec:path=/evil',
		]) {
			const environment = { XDG_RUNTIME_DIR: runtime, DBUS_SESSION_BUS_ADDRESS: address };
			assert.equal(sessionBus(environment, 0, 'linux').DBUS_SESSION_BUS_ADDRESS, `unix:path=${runtime}/bus`);
		}
	});

	it('is empty where there is none, so that no library starts one', () => {
		const empty = join(runtime, 'empty');
		mkdirSync(empty);
		assert.deepEqual(sessionBus({ XDG_RUNTIME_DIR: empty }, 0, 'linux'), { DBUS_SESSION_BUS_ADDRESS: '' });
		assert.deepEqual(sessionBus({}, 0, 'darwin'), {});
	});
});
