import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import Client from 'pg/lib/client.js';
import { type Route, trustOf } from './request.ts';

export interface PostgresLogin {
	readonly host: string;
	readonly port: number;
	readonly user: string;
	readonly database: string;
	/** Goes into the login and nowhere else. */
	readonly password: string;
	readonly encryption: 'none' | 'unchecked' | 'authority' | 'full';
	readonly statement: string;
}

export interface PostgresLimits extends Pick<Route, 'ca'> {
	readonly maxBytes: number;
	readonly signal: AbortSignal;
}

/** The server speaks in clear only, and the login wants more. */
export class Unencrypted extends Error {
	override readonly name = 'Unencrypted';
}

/** By column, as the server writes it: its `t` and `f`, its numbers. */
export type PostgresRow = Readonly<Record<string, string | null>>;

/**
 * Logs in, asks one statement, and leaves. Nothing is taken from the environment or from files: the library looks there for whatever
 * it is not told. Undefined for more than may be read. Rejects with the network's or the server's error, or {@link Unencrypted}.
 */
export async function queryPostgres(
	login: PostgresLogin,
	{ ca, maxBytes, signal }: PostgresLimits,
): Promise<PostgresRow[] | undefined> {
	const socket = new Socket();
	const client = clientFor(login, socket, ca);
	// After the answer, or a failure that was told already: an error without a listener would end the process.
	client.on('error', () => undefined);
	const stop = () => void socket.destroy();
	signal.addEventListener('abort', stop);
	const watch = setInterval(() => socket.bytesRead > maxBytes && stop(), WATCH_MS);
	try {
		await client.connect();
		const { rows } = await client.query(login.statement);
		await Promise.race([client.end(), pause(GOODBYE_MS, undefined, { ref: false })]);
		return socket.bytesRead > maxBytes ? undefined : rows;
	} catch (error) {
		if (socket.bytesRead > maxBytes) return undefined;
		throw isUnencrypted(error) ? new Unencrypted() : error;
	} finally {
		clearInterval(watch);
		signal.removeEventListener('abort', stop);
		stop();
	}
}

const WATCH_MS = 20;
const GOODBYE_MS = 500;

function clientFor(
	{ host, port, user, database, password, encryption }: PostgresLogin,
	socket: Socket,
	ca: string | undefined,
): Client {
	const client = new Client({
		host,
		port,
		user,
		database,
		password: () => password,
		ssl: encryption === 'none' ? false : tlsOf(encryption, ca),
		sslnegotiation: 'postgres',
		application_name: 'mcp-hygiene',
		client_encoding: 'UTF8',
		stream: () => socket,
		types: { getTypeParser: () => (text: string) => text },
	});
	// PGOPTIONS and PGREPLICATION, which an option cannot keep away.
	Object.assign(client.connectionParameters, { options: undefined, replication: undefined });
	return client;
}

function tlsOf(encryption: 'unchecked' | 'authority' | 'full', ca: string | undefined) {
	if (encryption === 'unchecked') return { rejectUnauthorized: false };
	const trust = trustOf(ca === undefined ? {} : { ca });
	return encryption === 'full' ? trust : { ...trust, checkServerIdentity: () => undefined };
}

/** The library has no other sign for it. */
function isUnencrypted(error: unknown): boolean {
	return error instanceof Error && error.message === 'The server does not support SSL connections';
}
