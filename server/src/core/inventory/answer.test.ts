import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Grant, ProbeOutcome } from '../grants/grant.ts';
import { silenceOf } from '../probes/index.ts';
import { answerOf } from './answer.ts';

const AT = Date.UTC(2026, 10, 24);
const GITLAB = { kind: 'gitlab-pat', issuer: 'gitlab', issuerName: 'GitLab' };

function told(more: Partial<Grant>): ProbeOutcome {
	return { state: 'told', grant: { source: 'issuer', asOf: AT, precision: 'known', scopes: [], ...more } };
}

const without = (state: Exclude<ProbeOutcome['state'], 'told'>): ProbeOutcome => ({ state, at: AT, message: 'No.' });

describe('where an issuer told no scope', () => {
	it('its documentation says that it does not, with source and date', () => {
		const stripe = { kind: 'stripe-secret-live', issuer: 'stripe', issuerName: 'Stripe' };
		const { answer, text } = answerOf(stripe, undefined, silenceOf)!;
		assert.equal(answer, 'silent');
		assert.match(text!, /^Stripe does not tell .* \(docs\.stripe\.com\/.*; read 2026-11\)$/);
	});

	it('nobody knows a question, as of a date', () => {
		const zuplo = { kind: 'zuplo-api-key', issuer: 'zuplo', issuerName: 'Zuplo' };
		assert.deepEqual(answerOf(zuplo, undefined, silenceOf), {
			answer: 'no-question',
			text: 'No safe question is known that this issuer answers about its own token (as of 2026-11)',
		});
	});

	it('it was not asked yet', () =>
		assert.deepEqual(answerOf(GITLAB, undefined, silenceOf), {
			answer: 'unasked',
			text: 'GitLab can be asked about it, and was not',
		}));

	it('it was asked, and the answer says which of these it is', () => {
		const of = (outcome: ProbeOutcome) => answerOf(GITLAB, outcome, silenceOf)?.answer;
		assert.equal(of(told({ scopes: ['api'] })), undefined);
		assert.equal(of(told({ precision: 'unknown' })), 'silent');
		assert.equal(of(told({ precision: 'unknown', access: 'admin' })), undefined);
		assert.equal(of(without('invalid')), 'dead');
		assert.equal(of(without('not-told')), 'silent');
		for (const state of ['refused', 'rate-limited', 'unavailable', 'redirected', 'malformed'] as const)
			assert.equal(of(without(state)), 'failed');
	});

	it('nothing is said of a secret whose issuer nobody knows', () => {
		for (const issuer of ['unidentified', 'unknown', 'jwt'])
			assert.equal(answerOf({ kind: 'unidentified-key', issuer, issuerName: '' }, undefined, silenceOf), undefined);
		assert.equal(answerOf(GITLAB, undefined, undefined), undefined);
	});
});
