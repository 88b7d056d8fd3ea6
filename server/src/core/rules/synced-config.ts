import type { Rule } from './rule.ts';
import { fileSecrets } from './whole-file.ts';

/** VS Code's user-level `mcp.json` with secrets, on a machine where Settings Sync carries it. */
export const syncedConfig: Rule = {
	id: 'synced-config',
	title: 'Settings Sync uploads a file with a credential',
	defaultLevel: 'warning',
	cwe: [],
	*check(context) {
		if (!context.knowledge.exposure?.synced) return;
		const held = fileSecrets(context);
		if (!held) return;
		const [is, them] = held.plural ? ['are', 'them'] : ['is', 'it'];
		yield {
			...held.found,
			level: held.certain ? 'warning' : 'note',
			message:
				`Settings Sync has uploaded this file, so ${held.words} in it ${is} on its server, in its earlier versions, and on your other machines. ` +
				`Rotate ${them}, then move ${them} to the OS keychain, or turn off the sync of MCP servers.`,
		};
	},
};
