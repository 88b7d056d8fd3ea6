import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allIssuers, issuerById, KINDS, knownKind } from './index.ts';

const BREADTHS = ['admin', 'user', 'project', 'scoped', 'session', 'unknown'];

describe('the table of issuers', () => {
	it('gives every issuer and every kind an id of its own', () => {
		for (const ids of [allIssuers().map(({ id }) => id), KINDS.map(({ id }) => id)]) {
			assert.deepEqual(
				ids.filter((id, i) => ids.indexOf(id) !== i),
				[],
			);
			assert.ok(ids.every((id) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)));
		}
	});

	it('finds by id, and says that it does not know', () => {
		assert.equal(knownKind('github-pat-classic').issuer, 'github');
		assert.throws(() => knownKind('no-such-kind'), RangeError);
		assert.equal(issuerById('github').name, 'GitHub');
		assert.throws(() => issuerById('nobody'), RangeError);
	});

	for (const issuer of allIssuers()) {
		it(`${issuer.id}: its hosts and every kind are complete`, () => {
			for (const host of issuer.hosts) assert.match(host, /^\.?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/);
			for (const kind of issuer.kinds) {
				assert.equal(kind.issuer, issuer.id);
				assert.ok(BREADTHS.includes(kind.breadth), kind.id);
				assert.match(kind.scope, /^[A-Z1].*\.$/, `${kind.id}: the scope is a sentence`);
				for (const sentence of [kind.lifetime, kind.narrower]) if (sentence) assert.match(sentence, /\.$/, kind.id);
				assert.match(kind.source, /2026-11|This project/, `${kind.id}: the source has its date`);
			}
		});
	}

	it('bounds every repetition', () => {
		for (const { id, pattern } of KINDS) {
			const outsideClasses = pattern.replace(/\[[^\]]*\]/g, 'C').replace(/\\./g, 'E');
			assert.doesNotMatch(outsideClasses, /[+*]|\{\d+,\}/, id);
			new RegExp(`^(?:${pattern})$`);
		}
	});

	it('has prefixes that begin every match', () => {
		for (const { id, prefix, pattern } of KINDS) {
			if (prefix === undefined) continue;
			// The pattern read up to the prefix: its literal start, with a class or group in place of single characters.
			const start = new RegExp(`^(?:${pattern})`);
			const other = `${prefix.startsWith('0') ? '1' : '0'}${prefix.slice(1)}`;
			assert.ok(!start.test(other + 'a1B2'.repeat(200)), `${id}: matches without its prefix`);
		}
	});
});
