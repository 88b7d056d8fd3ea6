import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GITLAB, IssuerDesk } from '../support/issuer-desk.ts';

const desk = new IssuerDesk();

/** A token whose form tells nothing of its issuer. */
function strange(env: string): string {
	return `{"servers":{"own":{"command":"node","args":["s.js"],${env}}}}`;
}

const HERE = '"OAUTH_ISSUER":"https://id.acme.example"';
const TOKEN = '"SESSION_TOKEN":"{{jwt-no-expiry}}"';

/** What stands around the token, the `.env` file, and what the row then offers. */
const CASES: readonly (readonly [string, string, string | undefined, readonly string[]])[] = [
	['an entry writes out its server', `"env":{${HERE},${TOKEN}}`, undefined, ['probe', 'revoke', 'declare']],
	[
		'its .env file writes out its server',
		`"envFile":"\${workspaceFolder}/.env","env":{${TOKEN}}`,
		'OAUTH_ISSUER=https://id.acme.example\n',
		['probe', 'revoke', 'declare'],
	],
	['no entry names a server', `"env":{${TOKEN}}`, undefined, ['declare']],
	['only a variable names a server', `"env":{"OAUTH_ISSUER":"\${env:I}",${TOKEN}}`, undefined, ['declare']],
];

describe('a token of nobody’s form', () => {
	for (const [what, entry, env, offered] of CASES) {
		it(`is offered ${offered.join(', ')} where ${what}`, () =>
			desk.opened(
				async ({ row }) => {
					const { actions = [] } = await row();
					assert.deepEqual(
						actions.map(({ id }) => id),
						offered,
					);
				},
				{ text: strange(entry), ...(env === undefined ? {} : { env }) },
			));
	}
});

describe('a token whose issuer is known', () => {
	it('is offered a question also where its host is not, because that says what is missing', () =>
		desk.opened(
			async ({ row, prepare }) => {
				const { actions = [] } = await row();
				assert.ok(actions.some(({ id }) => id === 'probe'));
				assert.match((await prepare('probe')).blocked ?? '', /Write the host itself/);
			},
			{ text: GITLAB.replace('"env":{', '"env":{"GITLAB_URL":"${env:GITLAB_URL}",') },
		));
});
