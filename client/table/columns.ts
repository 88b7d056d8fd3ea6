import type { CredentialRow } from '../../server/src/protocol/index.ts';
import { ageCell, dateCell, nameCell, scopeCell, storedCell, usedCell } from './cells.ts';
import type { SortKey } from './rows.ts';

interface Column {
	readonly key: SortKey;
	readonly title: string;
	/** "Sorted by ..." */
	readonly order: string;
	readonly cell: (row: CredentialRow) => HTMLElement;
}

export const COLUMNS: readonly Column[] = [
	{ key: 'credential', title: 'Credential', order: 'name', cell: nameCell },
	{ key: 'scope', title: 'Scope', order: 'scope', cell: scopeCell },
	{ key: 'age', title: 'Age', order: 'age', cell: ageCell },
	{
		key: 'expires',
		title: 'Expires',
		order: 'expiry',
		cell: (row) => dateCell(row.expires, 'It is not known when it expires'),
	},
	{
		key: 'lastUsed',
		title: 'Last used',
		order: 'last use',
		cell: (row) => dateCell(row.lastUsed, 'It is not known when it was last used'),
	},
	{ key: 'used', title: 'Used by', order: 'number of uses', cell: usedCell },
	{ key: 'stored', title: 'Stored', order: 'storage', cell: storedCell },
];

/** What a person may sort by. */
export const SORTS: readonly Pick<Column, 'key' | 'title' | 'order'>[] = [
	{ key: 'risk', title: 'Risk', order: 'risk' },
	...COLUMNS,
];

/** With the one of the risk in front and the one of the actions behind. */
export const ALL_COLUMNS = COLUMNS.length + 2;
