import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Turn, takeTurns } from '../../scripts/turns.ts';

test('what runs side by side is shown in order, the first at once', () => {
	let shown = '';
	const [first, second, third] = takeTurns(3, (text) => {
		shown += text;
	}) as [Turn, Turn, Turn];
	third.write('5');
	first.write('1');
	second.write('3');
	assert.equal(shown, '1');
	third.end();
	first.write('2');
	first.end();
	assert.equal(shown, '123');
	second.write('4');
	assert.equal(shown, '1234');
	second.end();
	assert.equal(shown, '12345');
});
