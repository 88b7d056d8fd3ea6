import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { couldBe, resolveVariables } from './host-variables.ts';

const VALUES = { workspaceFolder: '/home/me/repo', userHome: '/home/me' };

describe('host variables', () => {
	it('are filled in where anybody can say what they mean', () => {
		assert.equal(
			resolveVariables('${workspaceFolder}/bin/${workspaceFolderBasename}${/}x', VALUES),
			'/home/me/repo/bin/repo/x',
		);
		assert.equal(resolveVariables('${userHome}', VALUES), '/home/me');
		assert.equal(resolveVariables('plain $ {text}', VALUES), 'plain $ {text}');
	});

	it('stay open where only the host knows', () => {
		assert.equal(resolveVariables('${env:X}', VALUES), undefined);
		assert.equal(resolveVariables('${workspaceFolder}', { userHome: '/home/me' }), undefined);
	});

	const cases: readonly (readonly [string, string, boolean])[] = [
		['${workspaceFolder}/data', '/home/me/repo/data', true],
		['${workspaceFolder}/data', '${workspaceFolder}/data', true],
		['${workspaceFolder}/data', '/elsewhere/data', false],
		['--url=${env:URL}/api', '--url=https://x/api', true],
		['--url=${env:URL}/api', '--url=https://x/api/other', false],
		['${env:A}-${input:b}-${env:C}', '1-2-3', true],
		['${env:A}-${input:b}-${env:C}', '1-2', false],
		['a${env:A}a', 'a', false],
		['${env:A}', '', true],
		['$HOME/x', '/home/me/x', true],
		['plain', 'other', false],
	];
	for (const [text, handed, expected] of cases) {
		it(`${text} ${expected ? 'could' : 'could not'} become ${handed || 'nothing'}`, () =>
			assert.equal(couldBe(text, handed, VALUES), expected));
	}

	it('are compared to the end, however many there are', () => {
		// With backtracking, this would not end while anybody waits.
		assert.equal(couldBe('${env:A}x'.repeat(20_000), `${'x'.repeat(200_000)}y`, VALUES), false);
	});
});
