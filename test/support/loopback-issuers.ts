import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { API, authorizationServer } from './authorization-server.ts';
import { token } from './tokens.ts';

/**
 * Six self-hosted issuers on the loopback interface. Five answer as their vendors document it (the sources stand with the
 * probes in `core/probes`); the sixth is `oidc-provider`.
 */
export interface LoopbackIssuers {
	/** Where each is: an entry names it, as it names any installation of its own. */
	readonly at: Readonly<Record<'github' | 'gitlab' | 'sentry' | 'grafana' | 'vault' | 'orders', string>>;
	/** What `oidc-provider` issued. */
	readonly ordersToken: string;
	/** "GitLab DELETE /api/v4/...", in the order of their arrival. */
	readonly asked: string[];
	/** Does GitLab still take this token? */
	isAlive(token: string): boolean;
	close(): void;
}

export const TOKENS = {
	// Others than the sample's, whose tests use the same keyring.
	github: token('github-pat', 11),
	copilot: token('github-pat', 12),
	gitlab: token('gitlab-pat'),
	/** What GitLab makes when the one above is rotated. */
	gitlabRotated: token('gitlab-pat', 3),
	/** GitLab lets it neither rotate nor revoke itself. */
	pipelines: token('gitlab-pat', 2),
	sentry: token('sentry-user'),
	grafana: token('grafana'),
	vault: token('vault'),
} as const;

const DAY_MS = 86_400_000;

export async function startIssuers(): Promise<LoopbackIssuers> {
	const asked: string[] = [];
	const alive = new Set<string>(Object.values(TOKENS).filter((value) => value !== TOKENS.gitlabRotated));
	const orders = await authorizationServer();
	const vendors = await Promise.all(
		VENDORS.map(async ([name, answer]) => {
			const server = createServer((request, response) => {
				asked.push(`${name} ${request.method} ${request.url}`);
				send(response, answer({ request, alive }));
			});
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
			return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
		}),
	);
	const [github, gitlab, sentry, grafana, vault] = vendors.map(({ origin }) => origin) as [
		string,
		string,
		string,
		string,
		string,
	];
	return {
		at: { github, gitlab, sentry, grafana, vault, orders: orders.origin },
		ordersToken: await orders.issue(API),
		asked,
		isAlive: (value) => alive.has(value),
		close: () => {
			orders.close();
			for (const { server } of vendors) {
				server.close();
				server.closeAllConnections();
			}
		},
	};
}

/** In the order of {@link LoopbackIssuers.at}. */
const VENDORS: readonly (readonly [string, (exchange: Exchange) => Reply])[] = [
	['GitHub', github],
	['GitLab', gitlab],
	['Sentry', sentry],
	['Grafana', grafana],
	['Vault', vault],
];

interface Exchange {
	readonly request: IncomingMessage;
	/** Tokens that are neither revoked nor replaced. */
	readonly alive: Set<string>;
}

interface Reply {
	readonly status: number;
	readonly body?: object;
	readonly headers?: Readonly<Record<string, string>>;
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
	response.writeHead(status, { ...(body ? { 'content-type': 'application/json' } : {}), ...headers });
	response.end(body && JSON.stringify(body));
}

function sent({ request }: Exchange): string {
	return (request.headers.authorization ?? '').replace(/^(?:Bearer|token) /, '');
}

function day(days: number): string {
	return new Date(Date.now() + days * DAY_MS).toISOString();
}

function date(days: number): string {
	return day(days).slice(0, 10);
}

function github(exchange: Exchange): Reply {
	if (!exchange.alive.has(sent(exchange))) return { status: 401, body: { message: 'Bad credentials' } };
	const headers = {
		'x-oauth-scopes': 'repo, admin:org, delete_repo',
		'github-authentication-token-expiration': `${date(21)} 10:00:00 UTC`,
	};
	return { status: 200, body: { login: 'mona', id: 7 }, headers };
}

function gitlabToken(value: string): object {
	const token = { id: 42, active: true, revoked: false, user_id: 7 };
	if (value === TOKENS.pipelines) {
		const times = { created_at: day(-30), last_used_at: day(-1), expires_at: date(335) };
		return { ...token, name: 'ci', scopes: ['read_api'], ...times };
	}
	const times =
		value === TOKENS.gitlabRotated
			? { created_at: day(0), last_used_at: null, expires_at: date(90) }
			: { created_at: day(-400), last_used_at: day(-3), expires_at: date(5) };
	return { ...token, name: 'mcp', scopes: ['api', 'sudo'], ...times };
}

function gitlab({ request, alive }: Exchange): Reply {
	if (request.url?.startsWith('/-/user_settings/')) return { status: 200, body: { page: 'Access tokens' } };
	const value = String(request.headers['private-token']);
	if (!alive.has(value)) return { status: 401, body: { message: '401 Unauthorized' } };
	if (request.method === 'GET') return { status: 200, body: gitlabToken(value) };
	if (value === TOKENS.pipelines) return { status: 403, body: { message: '403 Forbidden' } };
	alive.delete(value);
	if (request.method === 'DELETE') return { status: 204 };
	alive.add(TOKENS.gitlabRotated);
	return { status: 200, body: { ...gitlabToken(TOKENS.gitlabRotated), token: TOKENS.gitlabRotated } };
}

/** A bad token gets 200 too. */
function sentry(exchange: Exchange): Reply {
	if (!exchange.alive.has(sent(exchange))) return { status: 200, body: { version: '0', auth: null, user: null } };
	const scopes = ['org:read', 'project:read', 'team:read', 'event:read', 'event:write', 'org:admin', 'member:admin'];
	return { status: 200, body: { version: '0', auth: { scopes }, user: { username: 'mona' } } };
}

function grafana(exchange: Exchange): Reply {
	if (!exchange.alive.has(sent(exchange))) return { status: 401, body: { message: 'Invalid API key' } };
	const permissions = {
		'dashboards:read': ['dashboards:*'],
		'dashboards:write': ['dashboards:*'],
		'datasources:query': ['datasources:*'],
		'users:write': ['global.users:*'],
	};
	return { status: 200, body: permissions };
}

function vault({ request, alive }: Exchange): Reply {
	const value = String(request.headers['x-vault-token']);
	if (!alive.has(value)) return { status: 403, body: { errors: ['permission denied'] } };
	if (request.method === 'POST') {
		alive.delete(value);
		return { status: 204 };
	}
	const data = {
		policies: ['default', 'root'],
		creation_time: Math.floor(Date.now() / 1000) - (200 * DAY_MS) / 1000,
		expire_time: null,
		display_name: 'token-mona',
		num_uses: 0,
		renewable: false,
	};
	return { status: 200, body: { data } };
}
