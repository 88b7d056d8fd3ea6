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
	github: token('github-pat'),
	copilot: token('github-pat', 2),
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
		Object.entries({ GitHub: github, GitLab: gitlab, Sentry: sentry, Grafana: grafana, Vault: vault }).map(
			async ([name, answer]) => {
				const server = createServer((request, response) => {
					asked.push(`${name} ${request.method} ${request.url}`);
					answer({ request, alive, answer: (status, body, headers) => send(response, status, body, headers) });
				});
				await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
				return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
			},
		),
	);
	const [atGithub, atGitlab, atSentry, atGrafana, atVault] = vendors.map(({ origin }) => origin) as [
		string,
		string,
		string,
		string,
		string,
	];
	return {
		at: {
			github: atGithub,
			gitlab: atGitlab,
			sentry: atSentry,
			grafana: atGrafana,
			vault: atVault,
			orders: orders.origin,
		},
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

interface Exchange {
	readonly request: IncomingMessage;
	/** Tokens that are neither revoked nor replaced. */
	readonly alive: Set<string>;
	answer(status: number, body?: unknown, headers?: Readonly<Record<string, string>>): void;
}

function send(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
	if (body === undefined) return response.writeHead(status, headers).end();
	return response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function sent({ request }: Exchange): string {
	return (request.headers.authorization ?? '').replace(/^(?:Bearer|token) /, '');
}

function day(days: number): string {
	return new Date(Date.now() + days * DAY_MS).toISOString();
}

function github({ request, answer, alive }: Exchange): void {
	if (!alive.has(sent({ request, answer, alive }))) return answer(401, { message: 'Bad credentials' });
	answer(
		200,
		{ login: 'mona', id: 7 },
		{
			'x-oauth-scopes': 'repo, admin:org, delete_repo',
			'github-authentication-token-expiration': `${day(21).slice(0, 10)} 10:00:00 UTC`,
		},
	);
}

function gitlab({ request, answer, alive }: Exchange): void {
	const value = String(request.headers['private-token']);
	if (!alive.has(value)) return answer(401, { message: '401 Unauthorized' });
	const told = { id: 42, active: true, revoked: false, user_id: 7 };
	if (request.method === 'GET' && value === TOKENS.pipelines)
		return answer(200, {
			...told,
			name: 'ci',
			scopes: ['read_api'],
			created_at: day(-30),
			last_used_at: day(-1),
			expires_at: day(335).slice(0, 10),
		});
	if (request.method === 'GET')
		return answer(200, {
			...told,
			name: 'mcp',
			scopes: ['api', 'sudo'],
			created_at: day(-400),
			last_used_at: day(-3),
			expires_at: day(5).slice(0, 10),
		});
	if (value === TOKENS.pipelines) return answer(403, { message: '403 Forbidden' });
	alive.delete(value);
	if (request.method === 'DELETE') return answer(204);
	alive.add(TOKENS.gitlabRotated);
	answer(200, { ...told, token: TOKENS.gitlabRotated, expires_at: day(90).slice(0, 10) });
}

function sentry(exchange: Exchange): void {
	const isAlive = exchange.alive.has(sent(exchange));
	const scopes = ['org:read', 'project:read', 'team:read', 'event:read', 'event:write', 'org:admin', 'member:admin'];
	const auth = isAlive ? { scopes } : null;
	exchange.answer(200, { version: '0', auth, user: isAlive ? { username: 'mona' } : null });
}

function grafana(exchange: Exchange): void {
	if (!exchange.alive.has(sent(exchange))) return exchange.answer(401, { message: 'Invalid API key' });
	exchange.answer(200, {
		'dashboards:read': ['dashboards:*'],
		'dashboards:write': ['dashboards:*'],
		'datasources:query': ['datasources:*'],
		'users:write': ['global.users:*'],
	});
}

function vault({ request, answer, alive }: Exchange): void {
	const value = String(request.headers['x-vault-token']);
	if (!alive.has(value)) return answer(403, { errors: ['permission denied'] });
	if (request.method === 'POST') {
		alive.delete(value);
		return answer(204);
	}
	answer(200, {
		data: {
			policies: ['default', 'root'],
			creation_time: Math.floor(Date.now() / 1000) - 200 * 86_400,
			expire_time: null,
			display_name: 'token-mona',
			num_uses: 0,
			renewable: false,
		},
	});
}
