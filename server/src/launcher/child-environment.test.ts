import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { safeEnvironment, searchPath } from '../adapters/workload/environment.ts';
import { SecretValue } from '../core/secret-value.ts';
import { childEnvironment } from './child-environment.ts';

const ACCOUNT = { username: 'me', homedir: '/home/me', shell: '/bin/zsh' };

describe('the environment of a server', () => {
	it('holds the approved names, the secret, the person’s own list, and nothing else of what was handed', () => {
		const handed = { PATH: '/usr/bin', MINE: '1', PASSED: '2', OTHER: '3', TOKEN: 'cred://keychain/x' };
		const environment = childEnvironment({
			handed,
			approved: ['MINE', 'TOKEN', 'ABSENT'],
			passed: ['PASSED'],
			secrets: [{ name: 'TOKEN', value: SecretValue.of('s') }],
		});
		const { MINE, PASSED, TOKEN } = environment;
		assert.deepEqual(
			[MINE, PASSED, TOKEN, environment.OTHER, 'ABSENT' in environment],
			['1', '2', 's', undefined, false],
		);
	});

	it('is refused when the entry names a loader variable, unless the person allows it', () => {
		const request = { handed: { NODE_OPTIONS: 'x' }, approved: ['NODE_OPTIONS'], passed: [], secrets: [] };
		assert.throws(() => childEnvironment(request), /sets NODE_OPTIONS beside a credential.*passEnvironment/);
		assert.equal(childEnvironment({ ...request, passed: ['NODE_OPTIONS'] }).NODE_OPTIONS, 'x');
	});

	it('takes who the person is from the account', () => {
		const environment = safeEnvironment(
			{ HOME: '/evil', USER: 'evil', SHELL: '/evil', XDG_CONFIG_HOME: '/evil', LC_ALL: 'C' },
			ACCOUNT,
			'linux',
		);
		const { HOME, USER, SHELL, LC_ALL } = environment;
		assert.deepEqual(
			[HOME, USER, SHELL, LC_ALL, environment.XDG_CONFIG_HOME],
			['/home/me', 'me', '/bin/zsh', 'C', undefined],
		);
	});

	it('on Windows keeps names in any case and rebuilds the shell’s path', () => {
		const environment = safeEnvironment(
			{ Path: 'C:\\bin', SystemRoot: 'C:\\Windows', ComSpec: 'C:\\evil.exe', NODE_OPTIONS: 'x' },
			ACCOUNT,
			'win32',
		);
		assert.deepEqual(environment, {
			Path: 'C:\\bin',
			SystemRoot: 'C:\\Windows',
			PATHEXT: '.COM;.EXE;.BAT;.CMD',
			COMSPEC: 'C:\\Windows\\System32\\cmd.exe',
		});
	});

	it('searches no relative folder, and the usual ones last', () => {
		assert.equal(
			searchPath('.:/opt/x::bin:/usr/bin', '/home/me'),
			'/opt/x:/usr/bin:/usr/local/bin:/opt/homebrew/bin:/home/me/.local/bin:/bin',
		);
	});
});
