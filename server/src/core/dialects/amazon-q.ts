import { host } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home, project } from './files.ts';
import { ENV_COLON } from './forms.ts';

/**
 * Amazon Q Developer: its servers, and its agents, which carry servers of their own. The parent's environment wins over `env`.
 *
 * Sources: aws/amazon-q-developer-cli crates/chat-cli/src/mcp_client/client.rs and docs/agent-format.md, 15cc8f3c,
 * read 2026-11.
 */
export const amazonQ: Dialect = {
	...host('amazon-q', 'Amazon Q Developer'),
	files: [
		...['mcp.json', 'agents/*.json', 'cli-agents/*.json'].flatMap((path) => [
			project(`.amazonq/${path}`),
			home(`.aws/amazonq/${path}`),
		]),
	],
	references: [{ ...ENV_COLON, positions: ['env', 'header'] }],
	unset: 'the text ${NAME}, without the prefix',
	environment: 'full',
	types: { stdio: 'stdio', http: 'http' },
};
