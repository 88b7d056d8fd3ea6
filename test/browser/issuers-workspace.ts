// Ten servers of six issuers, as people write them for installations of their own.
import { mkdirSync, writeFileSync } from 'node:fs';
import { commitInThePast } from '../sample/generate.ts';
import { CLIENT } from '../support/authorization-server.ts';
import { type LoopbackIssuers, TOKENS } from '../support/loopback-issuers.ts';

export function fillWithServers(folder: string, { at, ordersToken }: LoopbackIssuers): void {
	write(folder, '.vscode', 'mcp.json', {
		servers: {
			github: {
				command: 'github-mcp-server',
				args: ['stdio', '--toolsets', 'issues,pull_requests'],
				env: { GITHUB_HOST: at.github, GITHUB_PERSONAL_ACCESS_TOKEN: TOKENS.github },
			},
			gitlab: {
				command: 'npx',
				args: ['-y', '@zereight/mcp-gitlab@2.0.5'],
				env: { GITLAB_API_URL: `${at.gitlab}/api/v4`, GITLAB_PERSONAL_ACCESS_TOKEN: TOKENS.gitlab },
			},
			pipelines: {
				command: 'npx',
				args: ['-y', '@zereight/mcp-gitlab@2.0.5', '--read-only'],
				env: { GITLAB_API_URL: `${at.gitlab}/api/v4`, GITLAB_PERSONAL_ACCESS_TOKEN: TOKENS.pipelines },
			},
			errors: {
				command: 'npx',
				args: ['-y', '@sentry/mcp-server@0.20.0', '--skills=inspect'],
				env: { SENTRY_URL: at.sentry, SENTRY_ACCESS_TOKEN: TOKENS.sentry },
			},
			dashboards: {
				command: 'mcp-grafana',
				env: { GRAFANA_URL: at.grafana, GRAFANA_SERVICE_ACCOUNT_TOKEN: TOKENS.grafana },
			},
			vault: {
				command: 'vault-mcp-server',
				env: { VAULT_ADDR: at.vault, VAULT_TOKEN: TOKENS.vault },
			},
			orders: {
				command: 'node',
				args: ['orders.mjs'],
				env: {
					OAUTH_ISSUER: at.orders,
					OAUTH_CLIENT_ID: CLIENT.id,
					OAUTH_CLIENT_SECRET: CLIENT.secret,
					ORDERS_ACCESS_TOKEN: ordersToken,
				},
			},
			copilot: {
				type: 'http',
				url: 'https://api.githubcopilot.com/mcp/',
				headers: { Authorization: `Bearer ${TOKENS.copilot}`, 'X-MCP-Toolsets': 'issues' },
			},
		},
	});
	write(folder, '.cursor', 'mcp.json', {
		mcpServers: {
			review: {
				command: 'npx',
				args: ['-y', '@zereight/mcp-gitlab@2.0.5', '--read-only'],
				env: { GITLAB_API_URL: `${at.gitlab}/api/v4`, GITLAB_PERSONAL_ACCESS_TOKEN: TOKENS.pipelines },
			},
			audit: {
				command: 'vault-mcp-server',
				env: { VAULT_ADDR: at.vault, VAULT_TOKEN: TOKENS.vault },
			},
		},
	});
	commitInThePast(folder);
}

function write(folder: string, inside: string, name: string, config: object): void {
	mkdirSync(`${folder}/${inside}`, { recursive: true });
	writeFileSync(`${folder}/${inside}/${name}`, `${JSON.stringify(config, undefined, '\t')}\n`);
}
