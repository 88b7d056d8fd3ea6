/**
 * Which documents the server is told about. By ending, because a config can have any name, and the server tells from the
 * path or the text whether it is one; what is none costs it one look for a few words.
 */
const ENDINGS = ['**/*.{json,jsonc,json5,toml,yaml,yml,code-workspace}', '**/.env', '**/.env.*', '**/*.env'] as const;

export const CONFIG_DOCUMENTS: readonly { readonly pattern: string }[] = ENDINGS.map((pattern) => ({ pattern }));

/** Documents that are configs by their names: there the language status says how things stand. */
export const NAMED_CONFIGS: readonly { readonly pattern: string }[] = [
	'**/{mcp,.mcp,mcp-config,mcp_config,mcp_settings,cline_mcp_settings,claude_desktop_config,.claude}.json',
	'**/*.code-workspace',
	'**/.vscode/settings.json',
	'**/User/{settings,profiles/*/settings}.json',
	'**/.codex/config.toml',
].map((pattern) => ({ pattern }));

/** Files of the open folders to watch. The server looks at a person's own files itself, because it knows where each host has them. */
export const WATCHED_IN_FOLDERS: readonly string[] = [
	'**/*mcp*.{json,jsonc,yaml,yml,toml}',
	'**/.*/*.{json,jsonc,yaml,yml,toml}',
	'**/claude_desktop_config.json',
	'**/*.code-workspace',
	'**/.mcp-hygiene-baseline.json',
	'**/.env',
];
