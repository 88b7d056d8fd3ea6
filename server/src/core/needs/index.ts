import type { ConfigDocument } from '../document.ts';
import { isLevel } from '../scopes/model.ts';
import type { McpServer } from '../servers.ts';
import { hostFilter } from './host-filters.ts';
import { type Invocation, invocationOf } from './invocation.ts';
import type { KnownServer, NeedOverride, ServerNeed } from './need.ts';
import { type Selection, select, type Tool } from './select.ts';
import { knownServerOf, matchesName } from './table.ts';

export type { NeedOverride, ServerNeed };

/**
 * What the enabled tools of a known server need; undefined for a server that is not known. The person's word comes before
 * the data.
 */
export function needOf(
	server: McpServer,
	document: Pick<ConfigDocument, 'dialect'>,
	overrides: readonly NeedOverride[] = [],
): ServerNeed | undefined {
	const { known, invocation } = knownServer(server);
	const override = overrides.find((one) => matchesName(one.match, server.name, invocation));
	if (override) return declared(override, known, server);
	return known && fromData(known, select(known, invocation, hostFilter(server, document.dialect.id)));
}

/** A server entry seen through, and the data on the server that it starts or connects to. */
export interface KnownEntry {
	readonly invocation: Invocation;
	readonly known?: KnownServer;
}

export function knownServer(server: McpServer): KnownEntry {
	const invocation = invocationOf(server);
	const known = knownServerOf(invocation);
	return known ? { invocation, known } : { invocation };
}

/** The enabled tools of a known server. */
export function enabledTools(server: McpServer, document: Pick<ConfigDocument, 'dialect'>): readonly Tool[] {
	const { known, invocation } = knownServer(server);
	return known ? select(known, invocation, hostFilter(server, document.dialect.id)).tools : [];
}

function declared(override: NeedOverride, known: KnownServer | undefined, server: McpServer): ServerNeed | undefined {
	const issuer = override.issuer ?? known?.issuer;
	if (issuer === undefined) return undefined;
	// GitHub alone has two schemes, which are told apart by how they are spelled.
	const permissions = issuer === 'github' ? override.scopes.filter(isLevel) : [];
	return {
		server: known?.id ?? server.name,
		issuer,
		known: known?.id ?? '',
		scopes: override.scopes,
		access: override.access,
		permissions,
		tolerated: [],
		classicOnly: issuer === 'github' && override.scopes.length > permissions.length,
		complete: true,
		scopeless: false,
		basis: 'your own settings',
		confidence: 'declared',
		source: 'settings',
		date: '',
	};
}

function fromData(known: KnownServer, selection: Selection): ServerNeed {
	const { tools, readOnlyBy, understood } = selection;
	const permissions = unique(tools.flatMap(({ row }) => parts(row.permissions)));
	return {
		server: known.id,
		issuer: known.issuer,
		known: known.id,
		scopes: scopesOf(known, tools),
		access: tools.some(({ access }) => access === 'write') ? 'write' : 'read',
		permissions: strongest(permissions.filter((permission) => permission !== '-')),
		tolerated: unique(tools.flatMap(({ row }) => parts(row.may))),
		classicOnly: permissions.includes('-'),
		...(readOnlyBy ? { readOnlyBy } : {}),
		complete: understood && !known.partial,
		scopeless: known.scopeless === true,
		basis: basis(selection),
		confidence: known.confidence,
		source: known.source,
		date: known.date,
		...(known.advice ? { advice: known.advice } : {}),
	};
}

/** All that is needed; of several that would do, one that is needed anyway, else the first. */
function scopesOf({ scopePrefix = '', unprefixed = [] }: KnownServer, tools: readonly Tool[]): string[] {
	const needs = unique(tools.flatMap(({ row }) => parts(row.needs)));
	const certain = needs.filter((need) => !need.includes('|'));
	const open = needs.filter((need) => need.includes('|')).map((need) => need.split('|'));
	const added = open
		.filter((choices) => !choices.some((choice) => certain.includes(choice)))
		.map(([choice]) => choice!);
	return unique([...certain, ...added])
		.toSorted()
		.map((scope) => (unprefixed.includes(scope) ? scope : scopePrefix + scope));
}

const RANK: Readonly<Record<string, number>> = { read: 1, write: 2, admin: 3 };

/** Of `issues:read` and `issues:write` only the second. */
function strongest(permissions: readonly string[]): string[] {
	const levels = new Map<string, string>();
	for (const permission of permissions) {
		const [name, level] = permission.split(':') as [string, string];
		if ((RANK[level] ?? 0) > (RANK[levels.get(name) ?? ''] ?? 0)) levels.set(name, level);
	}
	return [...levels].map(([name, level]) => `${name}:${level}`).toSorted();
}

/** "all 42 tools", "3 of 42 tools: read-only, group issues". */
function basis({ tools, total, reasons }: Selection): string {
	const names = new Set(tools.map(({ name }) => name));
	const why = reasons.length > 0 ? `: ${reasons.join(', ')}` : '';
	if (names.has('*') || total === 0) return (reasons.length > 0 ? 'its tools' : 'all of its tools') + why;
	if (names.size === total) return `${total === 1 ? 'its one tool' : `all ${total} tools`}${why}`;
	return `${names.size} of ${total} tools${why || ': those that are on by default'}`;
}

function parts(text: string | undefined): string[] {
	return text ? text.split(', ') : [];
}

function unique<T>(items: readonly T[]): T[] {
	return [...new Set(items)];
}
