import type { CredentialPlace, CredentialRow } from '../../server/src/protocol/index.ts';

/** Rows of the panel and the table, as the language server tells them. */

export function place(changes: Partial<CredentialPlace> = {}): CredentialPlace {
	return {
		uri: 'file:///home/me/shop/.vscode/mcp.json',
		range: { start: { line: 6, character: 0 }, end: { line: 6, character: 9 } },
		server: 'gh',
		host: 'VS Code',
		position: 'env TOKEN',
		pointer: '/servers/gh/env/TOKEN',
		findings: [],
		...changes,
	};
}

export function row(id: string, changes: Partial<CredentialRow> = {}): CredentialRow {
	return {
		id,
		issuer: 'GitHub',
		kind: 'token',
		label: `GitHub token #${id}`,
		level: 'error',
		scope: { text: 'unknown', breadth: 'unknown', evidence: '' },
		age: { text: 'unknown', old: false, evidence: [] },
		storage: { where: 'config', text: 'in plain text in the config' },
		places: [place()],
		...changes,
	};
}

const ISSUERS = ['GitHub', 'GitLab', 'Slack', 'Sentry', 'Grafana'] as const;
const LEVELS = ['error', 'warning', 'note', 'none'] as const;
const NOW = Date.UTC(2026, 10, 1);
const DAY_MS = 86_400_000;

/** As many secrets as a person with every host may have, and more: each with all that a row can show. */
export function manyRows(count: number): readonly CredentialRow[] {
	return Array.from({ length: count }, (_, i) => {
		const issuer = ISSUERS[i % ISSUERS.length]!;
		const uri = `file:///home/me/project-${i}/.vscode/mcp.json`;
		const message = 'It is written into the config, where every program and every backup reads it.';
		return row(`${i}`, {
			issuer,
			kind: 'personal access token (classic)',
			label: `${issuer} personal access token (classic) #${i}`,
			level: LEVELS[i % LEVELS.length]!,
			scope: {
				text: 'Acts as you in every repository that you can reach.',
				breadth: 'user',
				evidence: 'from its format',
				chips: [
					{ text: 'repo', kind: 'needed' },
					{ text: 'admin:org', kind: 'excess' },
				],
			},
			age: {
				text: `at least ${i} days`,
				old: i >= 90,
				since: new Date(NOW - i * DAY_MS).toISOString(),
				days: i,
				oldAfterDays: 90,
				evidence: ['git: first seen in commit 53a7d76'],
			},
			actions: (['open-page', 'probe', 'declare', 'rotate', 'revoke'] as const).map((id) => ({
				id,
				title: `${id} at ${issuer}`,
			})),
			places: [
				place({ uri, server: `server-${i}`, findings: [{ ruleId: 'inlined-credential', level: 'error', message }] }),
			],
		});
	});
}
