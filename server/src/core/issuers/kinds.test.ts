import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matching } from '../../../../test/support/matching.ts';
import { classify } from './classify.ts';
import { findIssuer, KINDS } from './index.ts';
import type { TokenKind } from './issuer.ts';

/** What tells these is the structure around them, not their own form. */
const BY_STRUCTURE = new Set(['unidentified', 'url', 'basic', 'amqp', 'postgres', 'mysql', 'redis']);
const kinds = KINDS.filter(
	({ issuer, id }) =>
		!BY_STRUCTURE.has(issuer) && !/url-password$|^supabase-(?:service-role|anon)$|^azure-sas$/.test(id),
);

function nameFor({ nameHints }: TokenKind): string {
	return nameHints ? `${nameHints[0]!.replaceAll(' ', '_').toUpperCase()}_SECRET_KEY` : 'SETTING_1';
}

/** The kinds found in a value, those of other issuers with their issuer. */
function foundIn(value: string, kind: TokenKind): string[] {
	return classify(value, { position: 'env', name: nameFor(kind) }).map((hit) =>
		hit.from === 0 && hit.to === value.length && hit.issuer === kind.issuer
			? 'itself'
			: `${hit.kind.id} ${hit.from}-${hit.to}`,
	);
}

describe('every kind', () => {
	for (const kind of kinds) {
		it(`${kind.id} is found whole, and is not found in a placeholder of its form`, () => {
			for (const seed of [1, 2, 3]) {
				const value = matching(kind.pattern, `${kind.id}:${seed}`);
				assert.match(value, new RegExp(`^(?:${kind.pattern})$`), 'the example has the form');
				assert.deepEqual(foundIn(value, kind), ['itself'], value.slice(0, 4));
			}
			const prefix = kind.prefix ?? '';
			if (kind.public || prefix.length < 3 || prefix.includes('://') || kind.issuer === 'private-key') return;
			for (const rest of ['xxxxxxxxxxxxxxxxxxxxxxxx', 'your-token-here', '...', '<token>']) {
				assert.deepEqual(foundIn(prefix + rest, kind), [], prefix + rest);
			}
		});
	}

	it('belongs to an issuer that is known', () => {
		for (const { id, issuer } of KINDS) assert.ok(findIssuer(issuer), id);
	});
});
