// A secret in a .env file, from the light bulb to the started server, with the real keyring and the shipped launcher.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { listRefusals } from '../../server/src/adapters/approvals/refusals.ts';
import { openIndex, readIndex } from '../../server/src/adapters/state/index.ts';
import { parseDotenv } from '../../server/src/core/syntax/dotenv.ts';
import { type FixRequest, LOOK_AGAIN } from '../../server/src/protocol/index.ts';
import { Desk, type Entry, type Launched, recorded } from '../support/launcher-desk.ts';
import { LspClient } from '../support/lsp.ts';
import { token } from '../support/tokens.ts';

const ENV_FILE = '$' + '{workspaceFolder}/.env';
const REFERENCE = 'cred://keychain/github/gh';
const SECRET = token('github-pat');

let desk: Desk;
let count = 0;
before(async () => {
	desk = await Desk.open();
});
after(() => desk.close());

/** What a host hands to the entry's process besides its own environment: the variables of the file, then those of `env`. */
function handed(file: string): Record<string, string> {
	const { root } = parseDotenv(readFileSync(file, 'utf8'));
	assert.ok(root?.kind === 'object');
	return Object.fromEntries(
		root.members.flatMap(({ key, value }) => (value?.kind === 'string' ? [[key, value.value]] : [])),
	);
}

function launch(entry: Entry, folder: string, file = `${folder}/.env`): Promise<Launched> {
	return desk.launch(entry, { cwd: folder, env: handed(file) });
}

function refused(launched: Launched, differs: RegExp): void {
	assert.equal(launched.code, 78, JSON.stringify(launched));
	assert.match(launched.stderr, differs);
	assert.ok(!`${launched.stdout}${launched.stderr}`.includes(SECRET));
}

/** A folder whose `.env` names the reference, and whose server was approved as it stands. */
async function approved(text = `LOG=debug\nGITHUB_TOKEN='${REFERENCE}'\n`) {
	const name = `repo${++count}`;
	const entry = desk.entry('gh', { envFile: ENV_FILE });
	const file = desk.write(`${name}/.env`, text, 0o600);
	const config = desk.config(`${name}/.vscode/mcp.json`, 'gh', entry);
	await desk.approve(config, 'gh', SECRET);
	return { entry, folder: desk.path(name), file, config };
}

describe('a secret in a .env file', () => {
	it('moves to the keychain, and the server that gets the file starts with it', async () => {
		const file = desk.write('chain/.env', `# team\nLOG=debug\nexport GITHUB_TOKEN="${SECRET}" # narrow\n`);
		const entry = { command: 'node', args: [desk.server], envFile: ENV_FILE };
		const config = desk.config('chain/.vscode/mcp.json', 'gh', entry);
		const folder = desk.path('chain');
		const world = {
			home: userInfo().homedir,
			stateDir: desk.stateDir,
			keychain: desk.keychain,
			openIndex: () => openIndex(desk.stateDir, desk.keychain),
			readIndex: () => readIndex(desk.stateDir, desk.keychain),
		};
		const settings = { userConfigs: false };
		const client = await LspClient.start({ mode: 'in-process', folder, world, settings });
		const uris = [file, config].map((path) => pathToFileURL(path).href);
		try {
			for (const [i, path] of [file, config].entries()) client.open(uris[i]!, readFileSync(path, 'utf8'));
			await client.connection.sendRequest(LOOK_AGAIN);
			const found = (await client.diagnostics(uris[0]!)).find(({ code }) => code === 'credential-in-env-file')!;
			const [action] = await client.actions(uris[0]!, found);
			const outcome = await client.fix(action!.command!.arguments![0] as FixRequest);
			assert.equal(outcome.status, 'done', outcome.message);
			writeFileSync(file, client.text(uris[0]!));
			writeFileSync(config, client.text(uris[1]!));
		} finally {
			await client.stop();
		}
		assert.ok(!readFileSync(file, 'utf8').includes(SECRET));
		const { env, argv } = recorded(await launch(JSON.parse(readFileSync(config, 'utf8')).servers.gh, folder));
		assert.deepEqual([env.GITHUB_TOKEN, env.LOG, argv], [SECRET, 'debug', []]);
	});

	it('is handed over as for `env`', async () => {
		const { entry, folder } = await approved();
		assert.equal(recorded(await launch(entry, folder)).env.GITHUB_TOKEN, SECRET);
	});
});

describe('a .env file that somebody changed', () => {
	it('another variable, another value beside it, one more', async () => {
		for (const [text, differs] of [
			[`LOG=debug\nLOG_PREFIX='${REFERENCE}'\n`, /now goes to environment variable LOG_PREFIX/],
			[
				`LOG=debug\nGITHUB_HOST=evil.example\nGITHUB_TOKEN='${REFERENCE}'\n`,
				/envFile .* has changed since it was approved/,
			],
		] as const) {
			const { entry, folder, file } = await approved();
			writeFileSync(file, text);
			refused(await launch(entry, folder), differs);
		}
	});

	it('another file', async () => {
		const { folder, config } = await approved();
		const other = desk.write(`repo${count}/other.env`, `GITHUB_TOKEN=${REFERENCE}\n`);
		const entry = desk.entry('gh', { envFile: other });
		writeFileSync(config, JSON.stringify({ servers: { gh: entry } }));
		refused(await launch(entry, folder, other), /the envFile is now .*other\.env, approved was .*\.env/);
	});

	it('a reference that neither the file nor the entry names any more, handed over all the same', async () => {
		const { folder, config } = await approved();
		const entry = desk.entry('gh', { envFile: ENV_FILE, env: { T: REFERENCE } });
		writeFileSync(config, JSON.stringify({ servers: { gh: entry } }));
		await desk.approve(config, 'gh', SECRET);
		const without = desk.entry('gh', { envFile: ENV_FILE });
		writeFileSync(config, JSON.stringify({ servers: { gh: without } }));
		refused(
			await desk.launch(without, { cwd: folder, env: { T: REFERENCE } }),
			/the config does not name this reference at this place/,
		);
	});

	it('is allowed again by a person, for the file as it is now', async () => {
		const { entry, folder, file, config } = await approved();
		writeFileSync(file, `LOG=info\nGITHUB_TOKEN='${REFERENCE}'\n`);
		refused(await launch(entry, folder), /envFile .* has changed/);
		const refusal = listRefusals(desk.stateDir).find((one) => one.config?.path === config)!;
		await desk.allow(refusal);
		assert.deepEqual(recorded(await launch(entry, folder)).env.GITHUB_TOKEN, SECRET);
	});

	it('a colleague’s copy, never approved here: the config that names the file is told', async () => {
		const { entry } = await approved();
		desk.write('colleague/.env', `GITHUB_TOKEN=${REFERENCE}\n`);
		const config = desk.config('colleague/.vscode/mcp.json', 'gh', entry);
		refused(await launch(entry, desk.path('colleague')), /not for what is started in/);
		assert.ok(listRefusals(desk.stateDir).some((one) => one.config?.path === config));
	});
});
