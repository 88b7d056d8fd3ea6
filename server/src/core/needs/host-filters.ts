import type { DialectId } from '../dialects/dialect.ts';
import type { McpServer } from '../servers.ts';
import { child } from '../syntax/tree.ts';

/** Which tools the host itself lets through, by the names that the server gives them. */
export interface HostFilter {
	/** Only these, if it is there. */
	readonly allow?: ReadonlySet<string>;
	readonly deny: ReadonlySet<string>;
	/** The field that says so, for the basis of a need. */
	readonly by?: string;
}

interface Fields {
	readonly allow?: readonly string[];
	readonly deny?: readonly string[];
}

/**
 * Fields of an entry that narrow its tools. Lists of tools that merely run without a question (`autoApprove`, `alwaysAllow`)
 * are none of these. A file with several readers is not here, because one of them does not heed it.
 */
const FIELDS: Partial<Record<DialectId, Fields>> = {
	windsurf: { deny: ['disabledTools'] },
	roo: { deny: ['disabledTools'] },
	kilo: { deny: ['disabledTools'] },
	kiro: { deny: ['disabledTools'] },
	antigravity: { allow: ['enabled_tools'], deny: ['disabledTools'] },
	gemini: { allow: ['includeTools'], deny: ['excludeTools'] },
	'gemini-extension': { allow: ['includeTools'], deny: ['excludeTools'] },
	qwen: { allow: ['includeTools'], deny: ['excludeTools'] },
	tabnine: { allow: ['includeTools'], deny: ['excludeTools'] },
	codex: { allow: ['enabled_tools'], deny: ['disabled_tools'] },
	crush: { allow: ['enabled_tools'], deny: ['disabled_tools'] },
	goose: { allow: ['available_tools'] },
	amp: { allow: ['includeTools'] },
};

export function hostFilter(server: McpServer, dialect: DialectId): HostFilter {
	const fields = FIELDS[dialect];
	const allow = fields?.allow?.map((name) => [name, names(server, name)] as const).find(([, list]) => list.length > 0);
	const deny = (fields?.deny ?? []).map((name) => [name, names(server, name)] as const);
	const by = [allow?.[0], ...deny.filter(([, list]) => list.length > 0).map(([name]) => name)].filter(
		(name) => name !== undefined,
	);
	return {
		...(allow ? { allow: new Set(allow[1]) } : {}),
		deny: new Set(deny.flatMap(([, list]) => list)),
		...(by.length > 0 ? { by: by.join(', ') } : {}),
	};
}

/** The plain names of a list; Gemini also takes `tool(first argument)`. A `*` or a pattern narrows nothing that could be told. */
function names(server: McpServer, field: string): string[] {
	const list = child(server.node, field);
	if (list?.kind !== 'array') return [];
	const texts = list.items.slice(0, 1000).flatMap((item) => (item.kind === 'string' ? [item.value] : []));
	if (texts.some((text) => text.includes('*'))) return [];
	return texts.map((text) => text.split('(', 1)[0]!);
}
