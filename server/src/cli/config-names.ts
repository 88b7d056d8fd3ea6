import { DIALECTS, dialectFor, hasKnownName } from '../core/dialects/index.ts';

/** Files of other names that say what they are: `mcp-config.yaml`, `team.mcp.json`, `.mcp.json.example`. */
const TELLING =
	/mcp[^/\\]{0,100}\.(?:json[c5]?|ya?ml|toml)(?:[.~-][\w.~-]{0,40})?$|^claude_desktop_config[^/\\]{0,60}$/i;

/** What stands behind the last dot of a known name, or the whole name where there is none. */
const ENDINGS: ReadonlySet<string> = new Set(
	DIALECTS.flatMap((dialect) => dialect.files.map(({ path }) => ending(path.slice(path.lastIndexOf('/') + 1)))),
);

/** Could a file of this name be one that a host reads? Asked for every file of a tree, so most are turned away by their ending. */
export function isKnownName(name: string): boolean {
	return ENDINGS.has(ending(name)) && hasKnownName(name);
}

function ending(name: string): string {
	return name.slice(name.lastIndexOf('.') + 1);
}

/** Is a file of this name worth a look inside? */
export function hasTellingName(name: string): boolean {
	return TELLING.test(name);
}

/** Would `scan` look at this path? */
export function couldBeConfig(path: string, home: string): boolean {
	const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
	return (isKnownName(name) && dialectFor(path, home) !== undefined) || hasTellingName(name);
}
