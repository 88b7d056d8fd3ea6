/** A real PostgreSQL server on the loopback interface, with a folder, roles and tables of its own. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { queryPostgres } from '../../../server/src/adapters/http/postgres.ts';
import { startInBackground } from './child.ts';
import { postgresPrograms } from './postgres-programs.ts';
import { temporaryFolder, until } from './temporary.ts';

export interface PostgresServer {
	readonly port: number;
	stop(): Promise<void>;
}

/**
 * `setup`: statements, run in the database `postgres` by its owner. `tls`: PEM files of a certificate and its key, which
 * the server then offers. Passwords are asked for, as SCRAM.
 */
export async function startPostgres(
	setup: readonly string[],
	tls?: { readonly certificate: string; readonly key: string },
): Promise<PostgresServer> {
	const bin = postgresPrograms()!;
	const { path: folder, remove } = temporaryFolder('postgres');
	const account = serverAccount();
	if (account) chownSync(folder, account.uid, account.gid);
	const data = join(folder, 'data');
	const own = { ...account, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C' } };
	const flags = ['-D', data, '-U', 'owner', '--auth=scram-sha-256', '--no-sync', '--no-instructions', '-E', 'UTF8'];
	const password = randomBytes(12).toString('hex');
	writeFileSync(join(folder, 'password'), `${password}\n`);
	const file = `--pwfile=${join(folder, 'password')}`;
	execFileSync(join(bin, 'initdb'), [...flags, file], { ...own, stdio: 'pipe' });
	const port = await freePort();
	const settings = {
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		fsync: 'off',
		...(tls ? { ssl: 'on', ssl_cert_file: tls.certificate, ssl_key_file: tls.key } : {}),
	};
	const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const server = startInBackground(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...options], own);
	const stop = async () => {
		await server.stop();
		remove();
	};
	try {
		await until('the database', () => (server.output().includes('ready to accept connections') ? true : undefined));
		const owner = {
			host: '127.0.0.1',
			port,
			user: 'owner',
			database: 'postgres',
			password,
			encryption: 'none',
		} as const;
		const limits = { maxBytes: 1_000_000, signal: AbortSignal.timeout(10_000) };
		for (const statement of setup) await queryPostgres({ ...owner, statement }, limits);
	} catch (error) {
		await stop();
		throw new Error(`PostgreSQL did not start: ${server.output()}`, { cause: error });
	}
	return { port, stop };
}

/** The server refuses to run as root. */
export function serverAccount(): { readonly uid: number; readonly gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
	const { port } = probe.address() as { readonly port: number };
	await new Promise((resolve) => probe.close(resolve));
	return port;
}
