import assert from 'node:assert/strict';
import { it } from 'node:test';
import { LineIndex } from './text.ts';

/** The line of each character, counted one after the other. */
function linesOf(text: string): number[] {
	let line = 0;
	return Array.from({ length: text.length + 1 }, (_, i) => {
		const before = text[i - 1];
		if (before === '\n' || (before === '\r' && text[i] !== '\n')) line++;
		return line;
	});
}

it('knows the line of every character, whatever ends the lines', () => {
	for (const text of ['', 'a', '\n', '\r', '\r\n', 'a\nb', 'a\r\nb\rc\n\nd\r\r\n', '\n\r\n\r', 'a\r', 'ab\n\r\n']) {
		const index = new LineIndex(text);
		assert.deepEqual(
			Array.from({ length: text.length + 1 }, (_, at) => index.position(at).line),
			linesOf(text),
			JSON.stringify(text),
		);
	}
});

it('counts characters from the start of their line, and nothing beyond the text', () => {
	const index = new LineIndex('ab\r\ncd');
	assert.deepEqual(index.position(5), { line: 1, character: 1 });
	assert.deepEqual(index.position(99), { line: 1, character: 2 });
	assert.deepEqual(index.position(-1), { line: 0, character: 0 });
});
