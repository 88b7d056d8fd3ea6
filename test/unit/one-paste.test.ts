import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { OnePaste } from '../../client/src/one-paste.ts';

function clipboard() {
	const board = {
		text: 'before' as string,
		readText: async () => board.text,
		writeText: async (text: string) => {
			board.text = text;
		},
	};
	return board;
}

describe('a secret on the clipboard', () => {
	test('leaves it by itself, and not before its time', async () => {
		const board = clipboard();
		const lent = Date.now();
		await new OnePaste(board, 0.05).lend('kept');
		assert.equal(await board.readText(), 'kept');
		while ((await board.readText()) !== '') await setTimeout(5);
		assert.ok(Date.now() - lent >= 49);
	});

	test('leaves it when the window closes before that', async () => {
		const board = clipboard();
		const paste = new OnePaste(board, 30);
		await paste.lend('kept');
		await paste.stop();
		assert.equal(board.text, '');
	});

	test('what somebody copied meanwhile stays', async () => {
		const board = clipboard();
		const paste = new OnePaste(board, 30);
		await paste.lend('kept');
		await board.writeText('a recipe');
		await paste.stop();
		assert.equal(board.text, 'a recipe');
	});

	test('a window that lent nothing leaves the clipboard alone', async () => {
		const board = clipboard();
		await new OnePaste(board, 30).stop();
		assert.equal(board.text, 'before');
	});
});
