import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, it } from 'node:test';
import { LOOK_AGAIN } from '../../server/src/protocol/index.ts';
import { IssuerDesk, json } from '../support/issuer-desk.ts';
import { heldStore } from '../support/memory-store.ts';

const desk = new IssuerDesk();
const ABOUT = { scopes: ['api'], active: true, revoked: false };

describe('a question to an issuer', { timeout: 20_000 }, () => {
	it('holds back no fix, however slow the issuer is', () =>
		desk.opened(async ({ client, uri, confirm, moveToKeychain, row }) => {
			const asked = Promise.withResolvers<ServerResponse>();
			desk.respond = (_, response) => asked.resolve(response);
			const answered = confirm('probe');
			const response = await asked.promise;
			await moveToKeychain();
			assert.match(client.text(uri), /cred:\/\/keychain\/gitlab\//);
			assert.equal((await row()).storage.where, 'keychain');
			json(ABOUT)(response.req, response);
			assert.equal((await answered).status, 'done');
			await client.connection.sendRequest(LOOK_AGAIN);
			assert.deepEqual(
				(await row()).scope.chips?.map(({ text }) => text),
				['api'],
				'what was told is told of the stored secret',
			);
		}));

	it('is held back by no fix, however slow the keychain is', () => {
		const { keychain, writing, release } = heldStore('gitlab/');
		return desk.opened(
			async ({ confirm, moveToKeychain }) => {
				desk.respond = json(ABOUT);
				const moved = moveToKeychain();
				await writing;
				assert.equal((await confirm('probe')).status, 'done');
				release();
				await moved;
			},
			{ keychain },
		);
	});
});
