import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { hasLocalPackage, isInside, localCode } from './local-code.ts';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'code-')));
const root = join(base, 'repo');
after(() => rmSync(base, { recursive: true, force: true }));
beforeEach(() => {
	rmSync(base, { recursive: true, force: true });
	mkdirSync(root, { recursive: true });
});

function file(name: string, content = 'x'): string {
	const path = join(root, name);
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, content);
	return path;
}

function found(...words: string[]): string[] {
	return localCode({ executable: undefined, words, cwd: root, watched: [root] }).map(({ path }) =>
		relative(root, path),
	);
}

describe('local code', () => {
	it('is the script that an interpreter is given, by file, folder or without its ending', () => {
		for (const name of ['server.js', 'lib/index.js', 'lib/package.json', 'tool.py']) file(name);
		assert.deepEqual(found('node', 'server.js', '--port', '1'), ['server.js']);
		assert.deepEqual(found('node', '--no-warnings', 'server'), ['server.js']);
		assert.deepEqual(found('node', 'lib'), ['lib/index.js', 'lib/package.json']);
		assert.deepEqual(found('python3', join(root, 'tool.py')), ['tool.py']);
	});

	it('is a script after a flag, a hash-bang file, and the program itself', () => {
		file('hook.cjs');
		file('run', '#!/bin/sh');
		assert.deepEqual(found('node', '--require=./hook.cjs', '-e', '1'), ['hook.cjs']);
		assert.deepEqual(found('bash', 'run'), ['run']);
		const executable = file('bin/server', '\u007fELF');
		assert.deepEqual(localCode({ executable, words: ['bin/server'], cwd: root, watched: [root] }).length, 1);
	});

	it('is a module that python finds in the working folder', () => {
		file('pkg/__init__.py');
		file('pkg/mod.py');
		assert.deepEqual(found('python', '-m', 'pkg.mod'), ['pkg/__init__.py', 'pkg/mod.py']);
	});

	it('is the manifest that decides what a tool runs, also above the working folder and where a flag points', () => {
		for (const name of ['package.json', '.npmrc', 'pyproject.toml', 'sub/server.py', 'sub/pyproject.toml']) file(name);
		assert.deepEqual(found('npm', 'start'), ['.npmrc', 'package.json']);
		assert.deepEqual(found('uv', '--directory', 'sub', 'run', 'server.py'), [
			'pyproject.toml',
			'sub/pyproject.toml',
			'sub/server.py',
		]);
		assert.deepEqual(found('uvx', 'some-server'), []);
		assert.deepEqual(found('pnpm', 'dlx', 'some-server'), ['.npmrc', 'package.json']);
	});

	it('is a package of the project that a runner would prefer to the registry', () => {
		file('node_modules/.bin/server');
		file('node_modules/@scope/tool/package.json');
		assert.deepEqual(found('npx', '-y', 'server@1.2.3'), ['node_modules/.bin/server']);
		assert.deepEqual(found('npx', '@scope/tool@latest'), ['node_modules/@scope/tool/package.json']);
		assert.deepEqual(found('npx', '-y', 'absent'), []);
		const command = { executable: undefined, words: ['npx', 'server'], cwd: join(root, 'deep', 'er'), watched: [root] };
		assert.equal(hasLocalPackage(command), true);
		assert.equal(hasLocalPackage({ ...command, words: ['npx', 'absent'] }), false);
	});

	it('is not data, nor anything outside of the watched folders', () => {
		file('data.db');
		file('settings.json');
		writeFileSync(join(base, 'outside.js'), 'x');
		assert.deepEqual(found('server', '--db', 'data.db', 'settings.json', '../outside.js', root), []);
	});

	it('is watched through links, from either side', () => {
		writeFileSync(join(base, 'outside.js'), 'x');
		symlinkSync(join(base, 'outside.js'), join(root, 'inside.js'));
		assert.deepEqual(found('node', 'inside.js'), ['inside.js']);
	});
});

it('inside means the folder or below it', () => {
	assert.equal(isInside('/a/b', '/a'), true);
	assert.equal(isInside('/a', '/a'), true);
	assert.equal(isInside('/ab', '/a'), false);
	assert.equal(isInside('/a/../b', '/a'), false);
	assert.equal(isInside('/a/..b', '/a'), true);
});
