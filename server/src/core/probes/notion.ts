import { object, text } from './answers.ts';
import { issuerBase } from './bases.ts';
import { readObject } from './identity.ts';
import type { IssuerProbe } from './probe.ts';

export const notion: IssuerProbe = {
	issuer: 'notion',
	name: 'Notion',
	kinds: ['notion-integration', 'notion-integration-old'],
	tells: 'integration, workspace, who owns it',
	limits: 'not its capabilities, not the shared pages, no dates',
	source: 'developers.notion.com, retrieve your token’s bot user; read 2026-11',
	bases: () => issuerBase('https://api.notion.com'),
	request: ({ base }) => ({
		method: 'GET',
		base,
		path: '/v1/users/me',
		headers: { 'notion-version': '2022-06-28' },
		auth: { how: 'bearer' },
		expects: 'json',
	}),
	read: readObject('Notion', (answer) => {
		if (answer.object !== 'user') return undefined;
		const bot = object(answer.bot);
		const workspace = text(bot?.workspace_name);
		const owner = text(object(bot?.owner)?.type);
		return {
			account: text(answer.name),
			resources: workspace ? [`workspace ${workspace}`] : undefined,
			notes: [
				owner === 'user'
					? 'acts for the person who connected it'
					: owner === 'workspace'
						? 'an integration of the workspace'
						: undefined,
				'Notion does not tell its capabilities or pages; its settings page shows them',
			],
		};
	}),
};
