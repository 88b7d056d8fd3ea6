import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { MAX_CONFIG_BYTES, readConfig as readAsync, readConfigSync } from './files.ts';

const folder = mkdtempSync(join(tmpdir(), 'files-'));
after(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string | Uint8Array) => {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
};
/** Both ways of reading must agree. */
const readConfig = async (path: string) => {
	const read = await readAsync(path);
	assert.deepEqual(readConfigSync(path), read);
	return read;
};
const textOf = async (path: string) => {
	const read = await readConfig(path);
	assert.equal(read.state, 'read');
	return read.state === 'read' ? read : undefined;
};
const messageOf = async (path: string) => {
	const read = await readConfig(path);
	return read.state === 'failed' ? read.message : read.state;
};

test('a byte order mark is not part of the text', async () => {
	const utf8 = await textOf(file('bom.json', '\ufeff{}'));
	assert.deepEqual([utf8?.text, utf8?.byteOrderMark], ['{}', true]);
	const utf16 = await textOf(file('utf16.json', Buffer.from('\ufeff{"a":1}', 'utf16le')));
	assert.deepEqual([utf16?.text, utf16?.encoding], ['{"a":1}', 'utf16le']);
});

test('NUL bytes and bytes that are no text are tolerated', async () => {
	assert.equal((await textOf(file('nul.json', '{"a":"\0"}')))?.text, '{"a":"\0"}');
	assert.equal((await textOf(file('binary.json', Uint8Array.of(0x7b, 0xff, 0x7d))))?.text, '{\ufffd}');
});

test('symbolic links are followed; a circle of them is an error', async () => {
	symlinkSync(file('target.json', '{}'), join(folder, 'link.json'));
	assert.equal((await textOf(join(folder, 'link.json')))?.text, '{}');
	symlinkSync(join(folder, 'round.json'), join(folder, 'round.json'));
	assert.match(await messageOf(join(folder, 'round.json')), /form a circle/);
});

test('an absent file is no error', async () => {
	assert.deepEqual(await readConfig(join(folder, 'none.json')), { state: 'absent' });
	assert.deepEqual(await readConfig(join(file('plain', ''), 'below.json')), { state: 'absent' });
});

test('a folder, a pipe and a huge file are told apart', async () => {
	assert.match(await messageOf(folder), /is a folder/);
	assert.match(await messageOf(file('huge.json', new Uint8Array(MAX_CONFIG_BYTES + 1))), /larger than 10 MB/);
	if (process.platform === 'win32') return;
	execFileSync('mkfifo', [join(folder, 'pipe.json')]);
	assert.match(await messageOf(join(folder, 'pipe.json')), /not a regular file/);
});
