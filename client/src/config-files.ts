/** Which documents the server is told about, by path: VS Code gives the same file several schemes and languages. */
const PATTERNS = [
	'**/mcp.json',
	'**/.mcp.json',
	'**/mcp-config.json',
	'**/claude_desktop_config.json',
	'**/*.code-workspace',
	'**/.vscode/settings.json',
	'**/User/settings.json',
	'**/User/profiles/*/settings.json',
] as const;

export const CONFIG_DOCUMENTS: readonly { readonly pattern: string }[] = PATTERNS.map((pattern) => ({ pattern }));

/** Files of the open folders to watch. The server watches a person's own files, because it knows where each host has them. */
export const WATCHED_IN_FOLDERS: readonly string[] = [
	'**/{mcp,.mcp,mcp-config,claude_desktop_config}.json',
	'**/*.code-workspace',
	'**/.vscode/settings.json',
];
