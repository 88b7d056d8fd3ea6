import { host, undocumented, WITH_COMMENTS } from './common.ts';
import type { Dialect } from './dialect.ts';
import { home } from './files.ts';

/**
 * GitHub Copilot in the JetBrains editors, Xcode and Eclipse.
 *
 * Sources: github/github-mcp-server docs/installation-guides/install-other-copilot-ides.md, read 2026-11;
 * microsoft/apm intellij.py, 3aa03655, read 2026-11.
 */
export const copilotJetbrains: Dialect = {
	...host('copilot-jetbrains', 'GitHub Copilot for JetBrains'),
	files: [
		home('.config/github-copilot/intellij/mcp.json'),
		home('.config/github-copilot/xcode/mcp.json'),
		home('.config/github-copilot/eclipse/mcp.json'),
		home('AppData/Local/github-copilot/intellij/mcp.json', 'windows'),
	],
	syntax: WITH_COMMENTS,
	serverRoots: [['servers'], ['mcpServers']],
	...undocumented('GitHub Copilot'),
	types: { stdio: 'stdio', http: 'http' },
};
