import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fillUrl, fitsPlace } from './connect-url.ts';

test('a parameter is filled where it stands empty, else behind the others', () => {
	const fill = (url: string) => fillUrl(url, { query: 'key' }, 'v');
	assert.equal(fill('https://x/mcp'), 'https://x/mcp?key=v');
	assert.equal(fill('https://x/mcp?'), 'https://x/mcp?key=v');
	assert.equal(fill('https://x/mcp?a=1#f'), 'https://x/mcp?a=1&key=v#f');
	assert.equal(fill('https://x/mcp?key=&a=1'), 'https://x/mcp?key=v&a=1');
	assert.equal(fill('https://x/mcp?a=1&key'), 'https://x/mcp?a=1&key=v');
	assert.equal(fill('https://x/mcp?keys=1'), 'https://x/mcp?keys=1&key=v');
	assert.equal(fill('https://x/mcp?key=other'), undefined);
	assert.equal(fill('https://x/mcp?key=&key='), undefined);
});

test('a segment is filled where it stands once, and nothing but a segment', () => {
	const fill = (url: string) => fillUrl(url, { path: 't' }, 'v');
	assert.equal(fill('https://x/s/{t}/mcp?a={t}'), 'https://x/s/v/mcp?a={t}');
	assert.equal(fill('https://x/{t}/{t}'), undefined);
	assert.equal(fill('https://x/a{t}'), undefined);
	assert.equal(fill('https://{t}/mcp'), undefined);
	assert.equal(fill('https://x/mcp?a=/{t}'), undefined);
});

test('whatever fits a place stays in it, and leads nowhere else', () => {
	const text = fc.string({ unit: fc.constantFrom(...'ab1%2e./\\?#&=@:;+~\'"<> {}[]|^'), minLength: 1, maxLength: 6 });
	fc.assert(
		fc.property(text, (value) => {
			if (fitsPlace({ query: 'k' }, value)) {
				const url = new URL(fillUrl('https://x.example/a/b?k=&z=1#f', { query: 'k' }, value)!);
				assert.deepEqual([url.origin, url.pathname, url.hash], ['https://x.example', '/a/b', '#f']);
				assert.deepEqual([...url.searchParams.keys()], ['k', 'z']);
			}
			if (fitsPlace({ path: 't' }, value)) {
				const url = new URL(fillUrl('https://x.example/a/{t}/b?z=1', { path: 't' }, value)!);
				assert.deepEqual([url.origin, url.search, url.hash], ['https://x.example', '?z=1', '']);
				assert.match(url.pathname, /^\/a\/[^/]+\/b$/);
			}
		}),
		{ numRuns: 2_000 },
	);
});
