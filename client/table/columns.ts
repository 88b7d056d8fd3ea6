import type { CredentialRow } from '../../server/src/protocol/index.ts';
import { ageCell, dateCell, nameCell, scopeCell, storedCell, usedCell } from './cells.ts';
import type { SortKey } from './rows.ts';

export const COLUMNS: readonly {
	readonly key: SortKey;
	readonly title: string;
	readonly cell: (row: CredentialRow) => HTMLElement;
}[] = [
	{ key: 'credential', title: 'Credential', cell: nameCell },
	{ key: 'scope', title: 'Scope', cell: scopeCell },
	{ key: 'age', title: 'Age', cell: ageCell },
	{ key: 'expires', title: 'Expires', cell: (row) => dateCell(row.expires) },
	{ key: 'lastUsed', title: 'Last used', cell: (row) => dateCell(row.lastUsed) },
	{ key: 'used', title: 'Used by', cell: usedCell },
	{ key: 'stored', title: 'Stored', cell: storedCell },
];

/** With the one of the risk in front and the one of the actions behind. */
export const ALL_COLUMNS = COLUMNS.length + 2;
