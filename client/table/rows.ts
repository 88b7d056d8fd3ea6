import type { CredentialRow } from '../../server/src/protocol/index.ts';
import { decoded } from './names.ts';

/** Which rows the table shows, in which order and groups. Pure, so that it is tested without a browser. */

export type SortKey = 'risk' | 'credential' | 'scope' | 'age' | 'expires' | 'lastUsed' | 'used' | 'stored';
export type GroupKey = 'none' | 'issuer' | 'host' | 'server';
export type LevelFilter = 'all' | 'open' | 'config' | 'old' | 'excess';

export interface TableQuery {
	readonly search: string;
	readonly sort: SortKey;
	readonly descending: boolean;
	readonly group: GroupKey;
	/** `open`: with an error or a warning. `config`: written in plain text. `excess`: with a scope that nothing needs. */
	readonly filter: LevelFilter;
}

export const START: TableQuery = { search: '', sort: 'risk', descending: false, group: 'none', filter: 'all' };

export interface RowGroup {
	/** Empty when nothing is grouped. */
	readonly name: string;
	readonly rows: readonly CredentialRow[];
}

/** A secret that two hosts read stands in both of their groups; the count of secrets is the table's, not the groups'. */
export function groupsOf(rows: readonly CredentialRow[], query: TableQuery): readonly RowGroup[] {
	const shown = inOrder(
		rows.filter((row) => passes(row, query)),
		query,
	);
	if (query.group === 'none') return [{ name: '', rows: shown }];
	const groups = new Map<string, CredentialRow[]>();
	for (const row of shown) {
		for (const name of namesOf(row, query.group)) {
			const group = groups.get(name);
			if (group) group.push(row);
			else groups.set(name, [row]);
		}
	}
	return [...groups].map(([name, grouped]) => ({ name, rows: grouped }));
}

function namesOf(row: CredentialRow, group: Exclude<GroupKey, 'none'>): readonly string[] {
	if (group === 'issuer') return [row.issuer];
	const names = row.places.flatMap((place) => (group === 'host' ? place.host.split(', ') : [place.server ?? '']));
	const distinct = [...new Set(names.filter((name) => name !== ''))];
	return distinct.length > 0 ? distinct : [group === 'host' ? 'no host' : 'no server'];
}

function passes(row: CredentialRow, { search, filter }: TableQuery): boolean {
	if (filter === 'open' && row.level !== 'error' && row.level !== 'warning') return false;
	if (filter === 'config' && row.storage.where !== 'config') return false;
	if (filter === 'old' && !row.age.old) return false;
	if (filter === 'excess' && !row.scope.chips?.some(({ kind }) => kind === 'excess')) return false;
	const words = search.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0) return true;
	const text = searchText(row);
	return words.every((word) => text.includes(word));
}

function searchText(row: CredentialRow): string {
	const places = row.places.flatMap(({ server = '', host, position, uri, findings }) => [
		server,
		host,
		position,
		decoded(uri),
		...findings.map((finding) => finding.ruleId),
	]);
	const scopes = (row.scope.chips ?? []).map(({ text }) => text);
	return [row.label, row.scope.text, ...scopes, row.storage.text, ...places].join('\n').toLowerCase();
}

const BREADTHS = ['admin', 'user', 'unknown', 'scoped', 'project', 'session'] as const;
const STORAGE = ['config', 'broker', 'keychain'] as const;

type Compare = (a: CredentialRow, b: CredentialRow) => number;

const BY: Readonly<Record<Exclude<SortKey, 'risk' | 'age' | 'expires' | 'lastUsed'>, Compare>> = {
	credential: (a, b) => a.label.localeCompare(b.label),
	scope: (a, b) => BREADTHS.indexOf(a.scope.breadth) - BREADTHS.indexOf(b.scope.breadth),
	used: (a, b) => b.places.length - a.places.length,
	stored: (a, b) => STORAGE.indexOf(a.storage.where) - STORAGE.indexOf(b.storage.where),
};

const DATES: Readonly<Record<'age' | 'expires' | 'lastUsed', (row: CredentialRow) => string | undefined>> = {
	age: (row) => row.age.since,
	expires: (row) => row.expires,
	lastUsed: (row) => row.lastUsed,
};

/** The earlier first, `never` after every day. An unknown date is neither early nor late, so it comes last either way. */
function byDate(a: string | undefined, b: string | undefined, sign = 1): number {
	if (a === b) return 0;
	if (a === undefined) return 1;
	if (b === undefined) return -1;
	return a < b ? -sign : sign;
}

/** The rows come in the order of risk, which the server knows; it also decides between those that are equal in another order. */
function inOrder(rows: readonly CredentialRow[], { sort, descending }: TableQuery): readonly CredentialRow[] {
	if (sort === 'risk') return descending ? rows.toReversed() : rows;
	const sign = descending ? -1 : 1;
	if (sort === 'age' || sort === 'expires' || sort === 'lastUsed')
		return rows.toSorted((a, b) => byDate(DATES[sort](a), DATES[sort](b), sign));
	return rows.toSorted((a, b) => sign * BY[sort](a, b));
}
