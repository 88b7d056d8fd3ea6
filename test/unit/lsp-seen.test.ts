import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LOOK_AGAIN } from '../../server/src/protocol/index.ts';
import { IssuerDesk } from '../support/issuer-desk.ts';

const desk = new IssuerDesk();
const DAY = 86_400_000;

describe('the age of a secret that nobody dates', () => {
	it('counts from when it was first seen, once there is an index', () => {
		let now = Date.UTC(2026, 0, 1);
		return desk.opened(
			async ({ client, uri, row, world }) => {
				const lookOn = async (day: number) => {
					now = day;
					await client.connection.sendRequest(LOOK_AGAIN);
					return (await row()).age;
				};
				const start = now;
				assert.equal((await lookOn(start + 100 * DAY)).text, 'unknown', 'without an index nothing lasts');
				await (await world.openIndex()).establish();
				assert.equal((await lookOn(start + 100 * DAY)).text, 'unknown');
				const age = await lookOn(start + 300 * DAY);
				assert.equal(age.text, 'at least 200 days');
				assert.match(age.evidence[0]!, /^first seen by this tool on 2026-04-11 \(it may be older\)$/);
				const codes = (await client.diagnostics(uri)).map(({ code }) => code);
				assert.ok(codes.includes('old-token'));
			},
			{ now: () => now },
		);
	});
});
