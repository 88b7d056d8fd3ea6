import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { temporaryFolder } from '../../../test/support/harness/temporary.ts';
import { approvalFor } from '../adapters/approvals/approval.ts';
import type { ReadOnlyIndex } from '../adapters/state/index.ts';
import { rootsOf } from '../adapters/workload/config-entry.ts';
import { dialectFor } from '../core/dialects/index.ts';
import { readDocument } from '../core/read.ts';
import { Fingerprinter, SecretValue } from '../core/secret-value.ts';
import { readRunArguments } from './asked.ts';
import { bound } from './bound.ts';
import type { Start } from './start.ts';
import type { LauncherWorld } from './world.ts';

const REFERENCE = 'cred://keychain/github/issues';
const SECRET = 'the-real-secret-value';

const { path, remove } = temporaryFolder('bound');
const base = realpathSync(path);
after(remove);

const fingerprinter = new Fingerprinter(new Uint8Array(32));
let count = 0;

/** Starts an approved server, whose keychain is unlocked by a person while `meanwhile` happens. */
function started(meanwhile: (root: string) => void): Promise<Start> {
	const root = join(base, `repo${++count}`);
	const args = ['run', '--server', 'github', '--', process.execPath, join(root, 'server.cjs')];
	write(join(root, 'server.cjs'), 'console.log(1)');
	const entry = { command: 'mcp-hygiene', args, env: { GITHUB_TOKEN: REFERENCE } };
	const config = write(join(root, '.vscode/mcp.json'), JSON.stringify({ servers: { github: entry } }));
	const { dialect, scope } = dialectFor(config, base)!;
	const document = readDocument(config, readFileSync(config, 'utf8'), dialect, scope);
	const environment = { PATH: '/usr/bin:/bin' };
	const binding = approvalFor({
		config,
		document,
		entry: { name: 'github' },
		reference: REFERENCE,
		target: { env: 'GITHUB_TOKEN' },
		itemId: 'item',
		isSecret: () => false,
		home: base,
		environment,
		fingerprinter,
		now: 1,
	});
	assert.deepEqual(binding.workload.roots, rootsOf(config, document, {}));
	const index: ReadOnlyIndex = { items: [], bindings: [binding], fingerprinter };
	const asked = readRunArguments(args.slice(1), { ...environment, GITHUB_TOKEN: REFERENCE }, root);
	const keychain = {
		get: async () => {
			meanwhile(root);
			return SecretValue.of(SECRET);
		},
	};
	const world = {
		stateDir: join(base, 'state'),
		home: base,
		keychain,
		brokers: [],
		config: { passEnvironment: [] },
		now: () => 1,
	};
	return bound(asked, index, world as unknown as LauncherWorld);
}

function write(file: string, text: string): string {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
	return file;
}

describe('a start with a secret', () => {
	it('hands it over to what was approved', async () => {
		const { environment } = await started(() => undefined);
		assert.equal(environment.GITHUB_TOKEN, SECRET);
	});

	it('not if the code was changed while the keychain waited for a person', async () => {
		const changed = started((root) => writeFileSync(join(root, 'server.cjs'), 'console.log(process.env)'));
		await assert.rejects(changed, /server\.cjs/);
	});

	it('nor if the config was', async () => {
		const changed = started((root) => writeFileSync(join(root, '.vscode/mcp.json'), '{"servers":{}}'));
		await assert.rejects(changed, /has no server "github" any more/);
	});
});

describe('entries of one name that Claude Code keeps for two projects', () => {
	const secrets: Readonly<Record<string, string>> = { a: 'secret-of-a', b: 'secret-of-b' };

	/** Both are approved, each for its own secret; the host starts what the file says for this folder. */
	async function startedIn(project: string, entryOfProject = project): Promise<Start> {
		const home = join(base, `home${++count}`);
		for (const name of ['a', 'b', 'c']) mkdirSync(join(home, name), { recursive: true });
		const args = ['run', '--server', 'db', '--', process.execPath, '--version'];
		const entry = (name: string) => ({ command: 'mcp-hygiene', args, env: { DB_TOKEN: `cred://keychain/db/${name}` } });
		const projects = Object.fromEntries(
			Object.keys(secrets).map((name) => [join(home, name), { mcpServers: { db: entry(name) } }]),
		);
		const config = write(join(home, '.claude.json'), JSON.stringify({ projects }));
		const { dialect, scope } = dialectFor(config, home)!;
		const document = readDocument(config, readFileSync(config, 'utf8'), dialect, scope);
		const environment = { PATH: '/usr/bin:/bin' };
		const bindings = Object.keys(secrets).map((name) =>
			approvalFor({
				config,
				document,
				entry: { name: 'db', folder: join(home, name) },
				reference: `cred://keychain/db/${name}`,
				target: { env: 'DB_TOKEN' },
				itemId: name,
				isSecret: () => false,
				home,
				environment,
				fingerprinter,
				now: 1,
			}),
		);
		const handed = { ...environment, DB_TOKEN: `cred://keychain/db/${entryOfProject}` };
		const asked = readRunArguments(args.slice(1), handed, join(home, project));
		const world = {
			stateDir: join(home, 'state'),
			home,
			keychain: { get: async (id: string) => SecretValue.of(secrets[id]!) },
			brokers: [],
			config: { passEnvironment: [] },
			now: () => 1,
		};
		return bound(asked, { items: [], bindings, fingerprinter }, world as unknown as LauncherWorld);
	}

	for (const name of ['a', 'b'])
		it(`each start in ${name} gets the secret of ${name}`, async () => {
			assert.equal((await startedIn(name)).environment.DB_TOKEN, secrets[name]);
		});

	it('none gets that of the other, and none starts elsewhere', async () => {
		await assert.rejects(startedIn('a', 'b'), /not for what is started in .*\/a/);
		await assert.rejects(startedIn('c', 'a'), /not for what is started in .*\/c/);
	});
});
