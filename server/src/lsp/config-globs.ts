import type { FilePlace } from '../core/dialects/dialect.ts';
import { DIALECTS } from '../core/dialects/index.ts';

/** Configs of no fixed place: whatever is called after MCP. */
const ANYWHERE = ['json', 'jsonc', 'json5', 'yaml', 'yml', 'toml'].map((ending) => `*mcp*.${ending}`);

/** What is no config and changes what is known of one. */
const BESIDE = ['.env', '*.env', '.env.*', '.mcp-hygiene-baseline.json'];

/** Everything in an open folder that a look reads. One glob, because an editor starts a watcher for each; without braces inside of braces. */
export function projectGlob(): string {
	return `**/{${[...pathsOf(({ scope }) => scope === 'workspace'), ...ANYWHERE, ...BESIDE].join(',')}}`;
}

/** Files that are configs by where they lie, in a project or among a person's own. */
export function configGlobs(): string[] {
	return [...pathsOf(() => true), ...ANYWHERE].map((path) => `**/${path}`);
}

function pathsOf(isWanted: (place: FilePlace) => boolean): string[] {
	const wanted = DIALECTS.flatMap(({ files }) => files).filter(isWanted);
	return [...new Set(wanted.map(({ path }) => path))];
}
