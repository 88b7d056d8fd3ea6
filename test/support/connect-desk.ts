// What the tests of `connect` share: the host's side of the bridge, and a desk on which each server has a workspace of its own.
import assert from 'node:assert/strict';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { until } from './harness/temporary.ts';
import { type HttpMcpOptions, type HttpMcpServer, startHttpServer } from './http-server.ts';
import { Desk, type Entry } from './launcher-desk.ts';

export const REFERENCE = 'cred://keychain/remote';
export const SECRET = 'bearer-value-of-the-test';

export interface Message {
	readonly id?: number | string;
	readonly method?: string;
	readonly result?: Record<string, unknown>;
	readonly error?: { readonly code: number; readonly message: string };
}

/** The host's side of a running bridge. */
export class Host {
	readonly child: ChildProcessWithoutNullStreams;
	readonly messages: Message[] = [];
	stderr = '';

	constructor(child: ChildProcessWithoutNullStreams) {
		this.child = child;
		createInterface({ input: child.stdout }).on('line', (line) => this.messages.push(JSON.parse(line)));
		child.stderr.on('data', (chunk) => {
			this.stderr += chunk;
		});
	}

	send(message: object): void {
		this.child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
	}

	answer(id: number | string): Promise<Message> {
		return until(`the answer to ${id}; stderr: ${this.stderr}`, () =>
			this.messages.find((message) => message.id === id && !message.method),
		);
	}

	async initialize(): Promise<void> {
		const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'host', version: '1' } };
		this.send({ id: 1, method: 'initialize', params });
		assert.ok((await this.answer(1)).result);
		this.send({ method: 'notifications/initialized' });
	}

	/** Closes stdin, as a host that stops a server does. */
	async stop(): Promise<{ code: number | null; took: number }> {
		const started = performance.now();
		this.child.stdin.end();
		const [code] = await once(this.child, 'exit');
		return { code, took: performance.now() - started };
	}
}
export function connectEntry(url: string, ...headers: string[]): Entry {
	return {
		command: 'mcp-hygiene',
		args: ['connect', url, ...(headers.length > 0 ? headers : ['--bearer', REFERENCE])],
	};
}

export async function withServer(
	options: HttpMcpOptions,
	body: (server: HttpMcpServer) => Promise<void>,
): Promise<void> {
	const server = await startHttpServer(options);
	try {
		await body(server);
	} finally {
		await server.close();
	}
}

export class ConnectDesk {
	readonly desk: Desk;
	#workspaces = 0;

	static async open(): Promise<ConnectDesk> {
		return new ConnectDesk(await Desk.open());
	}

	private constructor(desk: Desk) {
		this.desk = desk;
	}

	close(): Promise<void> {
		return this.desk.close();
	}

	/** The workspace of the entry that was approved last. */
	get workspace(): string {
		return `remote${this.#workspaces}`;
	}

	/** Writes the entry into a workspace of its own, as `remote`, and approves it. Its folder. */
	async approved(entry: Entry, secret = SECRET): Promise<string> {
		this.#workspaces++;
		await this.desk.approve(this.config(entry), 'remote', secret);
		return this.desk.path(this.workspace);
	}

	/** Writes another entry in place of the one that was approved last. */
	config(entry: Entry): string {
		return this.desk.config(`${this.workspace}/.vscode/mcp.json`, 'remote', entry);
	}

	host(entry: Entry, cwd: string, env: Record<string, string> = {}): Host {
		return new Host(this.desk.spawn(entry, { cwd, env }));
	}
}
