import { hostOf } from '../../core/probes/bases.ts';
import type { DatabaseQuestion } from '../../core/probes/probe.ts';
import type { SecretValue } from '../../core/secret-value.ts';
import { failureOf, type Network, type Reply } from './send.ts';

/** One login and one statement, nothing retried. Never rejects. The client library is loaded here, where it is used. */
export async function askDatabase(
	{ base, user, database, encryption, statement }: DatabaseQuestion,
	password: SecretValue,
	network: Network,
): Promise<Reply> {
	const { queryPostgres, Unencrypted } = await import('../http/postgres.ts');
	const [, host = '', port = ''] = /^(.{1,260}):([0-9]{1,5})$/.exec(hostOf(base)) ?? [];
	const stop = new AbortController();
	const timer = setTimeout(() => stop.abort(), network.deadline);
	try {
		const rows = await queryPostgres(
			{
				host: host.replace(/^\[(.*)\]$/, '$1'),
				port: Number(port),
				user,
				database,
				password: asTyped(password),
				encryption,
				statement,
			},
			{ ...network, signal: stop.signal },
		);
		return rows ? answer(200, JSON.stringify(rows)) : { failure: 'huge' };
	} catch (error) {
		if (stop.signal.aborted) return { failure: 'slow' };
		if (error instanceof Unencrypted) return { failure: 'unencrypted' };
		const state = sqlState(error);
		return state === undefined ? { failure: failureOf(error) } : answer(statusOf(state), '');
	} finally {
		clearTimeout(timer);
	}
}

/** In a URL it is percent-encoded; what is not is taken as it stands. */
function asTyped(password: SecretValue): string {
	const written = password.reveal();
	try {
		return decodeURIComponent(written);
	} catch {
		return written;
	}
}

function answer(status: number, text: string): Reply {
	return { response: { status, headers: {}, text } };
}

/** Only what the server itself said has a severity; its text, which can quote names, is left where it is. */
function sqlState(error: unknown): string | undefined {
	const { severity, code } = error as { readonly severity?: unknown; readonly code?: unknown };
	return typeof severity === 'string' && typeof code === 'string' ? code : undefined;
}

/**
 * The status that HTTP has for it (postgresql.org/docs/18/errcodes-appendix.html, read 2026-11). A password after its VALID UNTIL is
 * a wrong password to PostgreSQL. Class 42 and 0A: another kind of server, which does not know what was asked.
 */
function statusOf(sqlState: string): number {
	if (sqlState === '28P01') return 401;
	if (sqlState.startsWith('28') || sqlState === '42501') return 403;
	if (sqlState.startsWith('53')) return 429;
	return /^(?:42|0A|3D)/.test(sqlState) ? 404 : 500;
}
