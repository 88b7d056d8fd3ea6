import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import { issuerHttp } from '../../server/src/adapters/issuer-http/index.ts';
import type { World } from '../../server/src/lsp/world.ts';
import {
	type ActId,
	type ActQuestion,
	type ActWish,
	type CredentialRow,
	DO_ACT,
	type FixOutcome,
	type FixRequest,
	type InitializationOptions,
	PREPARE_ACT,
} from '../../server/src/protocol/index.ts';
import { LspClient, temporaryWorld } from './lsp.ts';
import { expand } from './tokens.ts';

/** A config with one GitLab token. */
export const GITLAB = '{"servers":{"gl":{"command":"node","args":["s.js"],"env":{"GITLAB_TOKEN":"{{gitlab-pat}}"}}}}';

export type Respond = (request: IncomingMessage, response: ServerResponse) => void;

/** What arrived at the issuer. */
interface Seen {
	readonly method: string;
	readonly path: string;
	readonly token: string;
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Respond {
	return (_, response) =>
		response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}

export interface Opened {
	readonly client: LspClient;
	readonly uri: string;
	readonly world: World;
	/** Where requests wanted to go. */
	readonly asked: string[];
	row(): Promise<CredentialRow>;
	prepare(act: ActId, row?: string): Promise<ActQuestion>;
	/** A person who says yes to whatever is asked. */
	confirm(act: ActId, row?: string): Promise<FixOutcome>;
	moveToKeychain(): Promise<void>;
}

interface Options extends Partial<World> {
	readonly text?: string;
	/** What the workspace's `.env` holds. */
	readonly env?: string;
	readonly initialization?: InitializationOptions;
	/** Where requests really go, if not to the desk's own issuer. */
	readonly to?: () => string;
}

/** A loopback issuer that answers as `respond` says, and servers in process that are led to it. Made once by a test file. */
export class IssuerDesk {
	readonly seen: Seen[] = [];
	respond: Respond = (_, response) => response.writeHead(500).end();
	#origin = '';

	constructor() {
		const server = createServer((request, response) => {
			this.seen.push({
				method: request.method!,
				path: request.url!,
				token: String(request.headers['private-token'] ?? ''),
			});
			this.respond(request, response);
		});
		before(async () => {
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
			this.#origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		});
		after(() => {
			server.close();
			server.closeAllConnections();
		});
	}

	/** For a config that names it itself. */
	get origin(): string {
		return this.#origin;
	}

	async opened(
		body: (opened: Opened) => Promise<void>,
		{ text = GITLAB, env, initialization = {}, to = () => this.#origin, ...changes }: Options = {},
	): Promise<void> {
		this.seen.length = 0;
		const asked: string[] = [];
		const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-probe-')));
		const path = join(folder, '.vscode/mcp.json');
		mkdirSync(dirname(path));
		writeFileSync(path, expand(text));
		if (env !== undefined) writeFileSync(join(folder, '.env'), expand(env));
		const uri = pathToFileURL(path).href;
		const { world, remove } = temporaryWorld({
			issuers: async (fingerprinter) =>
				issuerHttp({
					fingerprinter,
					network: { deadline: 2000 },
					reroute: (url) => {
						asked.push(url.origin);
						return new URL(url.pathname + url.search, to());
					},
				}),
			...changes,
		});
		const client = await LspClient.start({ mode: 'in-process', folder, world, initialization });
		const row = async () => (await client.list()).rows[0]!;
		const prepare = async (act: ActId, id?: string) => {
			const wish: ActWish = { act, row: id ?? (await row()).id };
			return client.connection.sendRequest<ActQuestion>(PREPARE_ACT, wish);
		};
		const confirm = async (act: ActId, row?: string) => {
			const { id, blocked } = await prepare(act, row);
			assert.ok(id, blocked);
			const looked = client.looked();
			const outcome = await client.connection.sendRequest<FixOutcome>(DO_ACT, { id });
			await looked;
			return outcome;
		};
		const moveToKeychain = async () => {
			const found = (await client.diagnostics(uri)).find((d) => d.code === 'inlined-credential')!;
			const requests = (await client.actions(uri, found)).map((a) => a.command?.arguments?.[0] as FixRequest);
			const looked = client.looked();
			const outcome = await client.fix(requests.find((r) => r?.fix === 'move-to-keychain')!);
			assert.equal(outcome.status, 'done', outcome.message);
			await looked;
			// What lies on disk is what bindings speak of.
			writeFileSync(path, client.text(uri));
		};
		try {
			client.open(uri, expand(text));
			await client.list();
			await body({ client, uri, world, asked, row, prepare, confirm, moveToKeychain });
			// The canary: a token crosses the wire in document synchronisation only.
			for (const message of client.wire.filter((text) => /glpat-|ghp_/.test(text)))
				assert.match(message, /textDocument\/did(Open|Change)/);
		} finally {
			await client.stop();
			rmSync(folder, { recursive: true, force: true });
			remove();
		}
	}
}
