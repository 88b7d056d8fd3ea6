import type { Dialect } from './dialects/dialect.ts';
import type { InputDefinition, McpServer, NamedPart, OwnText } from './servers.ts';
import type { ConfigTree } from './syntax/tree.ts';

/** A config file, read: its text, the dialect that its path chose, its tree, its servers. Offsets inside, never lines. */
export interface ConfigDocument {
	readonly uri: string;
	readonly text: string;
	readonly dialect: Dialect;
	/** User files belong to a person and travel with Settings Sync; workspace files are shared with a team. */
	readonly scope: 'workspace' | 'user';
	readonly tree: ConfigTree;
	readonly servers: readonly McpServer[];
	readonly inputs: readonly InputDefinition[];
	/**
	 * Environment variables that the file sets for all that its host starts, apart from any server: `env` of Claude Code's
	 * settings, the lines of a `.env` file; and, in position `other`, what the host itself uses: keys of model providers.
	 */
	readonly variables: readonly NamedPart[];
	/** Command lines and rules of the host itself. */
	readonly ownTexts: readonly OwnText[];
}
