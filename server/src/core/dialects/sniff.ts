import { descend, locate } from '../entries/nodes.ts';
import { parseText } from '../syntax/parse.ts';
import { type ConfigNode, child, stringAt } from '../syntax/tree.ts';
import type { DialectId } from './dialect.ts';
import { type DialectMatch, dialectFor } from './places.ts';
import { dialectById } from './table.ts';

/**
 * The dialect of a file whose path tells nothing, from what it holds: templates, examples, configs of other clients, a copy
 * with `.bak` behind its name. Undefined for everything that holds no MCP servers, which most texts tell without being parsed.
 */
export function dialectForContent(path: string, text: string, home?: string): DialectMatch | undefined {
	const normal = path.replaceAll('\\', '/').replace(COPY, '');
	const known = dialectFor(normal, home);
	// A bare `mcp.json` is VS Code's by its name, and anybody's by what it holds.
	const isBare =
		known?.scope === 'workspace' && /\/mcp\.json$/.test(normal) && !/\/\.[^/]{1,64}\/mcp\.json$/.test(normal);
	if (known && !(isBare && text.includes('mcpServers'))) return known;
	if (!mentionsServers(text)) return known;
	const id = sniff(normal, text);
	return id ? { dialect: dialectById(id), scope: 'workspace' } : known;
}

/** What people and programs put behind the name of a file that they keep. */
const COPY =
	/(?:[.-](?:example|sample|template|tmpl|dist|default|local|temp|tmp|bak|backup|old|orig|save|disabled)|~){1,3}$/i;

/** Looked for before anything is parsed: a root of servers, or the fields of an entry. */
const ROOT =
	/mcpServers|mcp_servers|context_servers|modelContextProtocolServers|mcp_config|["']?(?:servers|mcp)["']?\s{0,8}[:\]]|\bextensions:/;
const COMMAND = /["']command["']\s{0,8}:/;
const ARGUMENTS = /["'](?:args|env)["']\s{0,8}:/;

function mentionsServers(text: string): boolean {
	return ROOT.test(text) || (COMMAND.test(text) && ARGUMENTS.test(text));
}

function sniff(path: string, text: string): DialectId | undefined {
	const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
	if (/\.ya?ml$/.test(name)) return sniffYaml(text);
	if (name.endsWith('.toml')) return sniffToml(name, text);
	if (name.includes('.') && !/\.json[c5]?$/.test(name)) return undefined;
	if (!/^\s{0,64}(?:\{|\/[/*])/.test(text)) return undefined;
	return sniffJson(name, text);
}

const LOOSE = { comments: true, trailingCommas: true };

/** Words of a file's name that tell the host, most telling first. */
const NAMED: readonly (readonly [RegExp, DialectId])[] = [
	[/claude[-_.]?desktop|claude_config/, 'claude-desktop'],
	[/gemini/, 'gemini'],
	[/cline/, 'cline'],
	[/mcp_settings/, 'roo'],
	[/windsurf/, 'windsurf'],
	[/cursor/, 'cursor'],
];

function sniffJson(name: string, text: string): DialectId | undefined {
	const { root } = parseText(text, 'json', LOOSE);
	if (!holdsServers(root)) return undefined;
	if (child(root, 'context_servers')) return 'zed';
	if (child(root, 'mcpServers')) {
		const told = NAMED.find(([word]) => word.test(name))?.[1];
		return told ?? (child(root, 'inputs') ? 'portable' : 'generic');
	}
	if (descend(root, ['server', 'mcp_config'])) return 'mcpb';
	if (descend(root, ['customizations', 'vscode', 'mcp'])) return 'devcontainer';
	if (child(root, 'servers') && (child(root, 'inputs') || /vscode|vs-code/.test(name))) return 'vscode';
	const mcp = child(root, 'mcp');
	if (mcp?.kind === 'object' && mcp.members.some(({ value }) => child(value, 'command')?.kind === 'array'))
		return 'opencode';
	return 'generic';
}

function sniffYaml(text: string): DialectId | undefined {
	const { root } = parseText(text, 'yaml', LOOSE);
	const extensions = child(root, 'extensions');
	if (extensions && entriesOf(extensions).some((entry) => stringAt(entry, 'cmd') || stringAt(entry, 'uri')))
		return 'goose';
	if (!holdsServers(root)) return undefined;
	if (child(root, 'mcp_servers')) return 'hermes';
	if (child(root, 'mcpServers')?.kind === 'array') return 'continue';
	return 'generic-yaml';
}

function sniffToml(name: string, text: string): DialectId | undefined {
	const { root } = parseText(text, 'toml', LOOSE);
	if (!holdsServers(root)) return undefined;
	const servers = child(root, 'mcp_servers');
	if (servers?.kind === 'array') return 'mistral-vibe';
	return servers && name === 'config.toml' ? 'codex' : 'generic-toml';
}

const ROOTS: readonly (readonly string[])[] = [
	['mcpServers'],
	['servers'],
	['context_servers'],
	['mcp_servers'],
	['mcp', 'servers'],
	['mcp', 'mcpServers'],
	['mcp'],
	['customizations', 'vscode', 'mcp', 'servers'],
	['*', 'mcpServers'],
	['*', '*', 'mcpServers'],
];

/** Is there at least one entry that starts or reaches something? `servers` alone can be anything. */
function holdsServers(root: ConfigNode | undefined): boolean {
	if (descend(root, ['server', 'mcp_config'])) return true;
	if (ROOTS.some((path) => locate(root, path).some(({ node }) => entriesOf(node).some(isEntry)))) return true;
	if (child(root, 'mcpServers')?.kind === 'object') return true;
	return entriesOf(root).some(isSureEntry);
}

function entriesOf(node: ConfigNode | undefined): readonly ConfigNode[] {
	if (node?.kind === 'array') return node.items;
	if (node?.kind !== 'object') return [];
	return node.members.flatMap(({ value }) => (value ? [value] : []));
}

const STARTS = ['command', 'cmd', 'url', 'serverUrl', 'httpUrl', 'uri', 'baseUrl'];
const GOES_WITH = ['args', 'env', 'headers', 'type', 'transport', 'environment', 'enabled', 'disabled'];

function isEntry(node: ConfigNode): boolean {
	return (
		STARTS.some((name) => {
			const value = child(node, name);
			return value?.kind === 'string' || (name === 'command' && value?.kind === 'array');
		}) && GOES_WITH.some((name) => child(node, name) !== undefined)
	);
}

/** Without a root that says so, only `command` beside `args` or `env` is sure. */
function isSureEntry(node: ConfigNode): boolean {
	return (
		stringAt(node, 'command') !== undefined &&
		(child(node, 'args')?.kind === 'array' || child(node, 'env')?.kind === 'object')
	);
}
