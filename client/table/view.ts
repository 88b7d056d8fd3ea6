import type { CredentialRow } from '../../server/src/protocol/index.ts';
import { actionButtons } from './action-buttons.ts';
import { ageCell, dateCell, details, levelIcon, nameCell, scopeCell, spoken, storedCell, usedCell } from './cells.ts';
import { element, icon } from './dom.ts';
import type { FromTable, ToTable } from './messages.ts';
import {
	type GroupKey,
	groupsOf,
	type LevelFilter,
	type RowGroup,
	type SortKey,
	START,
	type TableQuery,
} from './rows.ts';

/** The table in its webview. What a person chose is kept by VS Code while the editor tab lives. */

interface Host {
	postMessage(message: FromTable): void;
	getState(): Partial<Kept> | undefined;
	setState(state: Kept): void;
}

interface Kept {
	readonly query: TableQuery;
	readonly open: readonly string[];
}

declare function acquireVsCodeApi(): Host;

const COLUMNS: readonly {
	readonly key: SortKey;
	readonly title: string;
	readonly cell: (row: CredentialRow) => Node | string;
}[] = [
	{ key: 'credential', title: 'Credential', cell: nameCell },
	{ key: 'scope', title: 'Scope', cell: scopeCell },
	{ key: 'age', title: 'Age', cell: ageCell },
	{ key: 'expires', title: 'Expires', cell: (row) => dateCell(row.expires) },
	{ key: 'lastUsed', title: 'Last used', cell: (row) => dateCell(row.lastUsed) },
	{ key: 'used', title: 'Used by', cell: usedCell },
	{ key: 'stored', title: 'Stored', cell: storedCell },
];

const host = acquireVsCodeApi();
const kept = host.getState();
let query: TableQuery = { ...START, ...kept?.query };
const open = new Set<string>(kept?.open);
let rows: readonly CredentialRow[] = [];
/** The row that Tab leads to; arrow keys move it, so that 500 rows are one stop. */
let active: string | undefined;
let isPressed = false;
/** There are new rows that are not shown yet. */
let isDue = false;

const FEW = 100;
let pause: number | undefined;

const search = byId<HTMLInputElement>('search');
const group = byId<HTMLSelectElement>('group');
const filter = byId<HTMLSelectElement>('filter');
const status = byId('status');
const note = byId('note');
const table = byId<HTMLTableElement>('table');

search.value = query.search;
group.value = query.group;
filter.value = query.filter;
search.addEventListener('input', searched);
group.addEventListener('change', () => change({ group: group.value as GroupKey }));
filter.addEventListener('change', () => change({ filter: filter.value as LevelFilter }));
byId('export').addEventListener('click', () => send({ type: 'export' }));
table.addEventListener('keydown', moveByKey);
table.addEventListener('pointerdown', () => {
	isPressed = true;
});
window.addEventListener('pointerup', release);
window.addEventListener('pointercancel', release);
window.addEventListener('message', ({ data }: MessageEvent<ToTable>) => receive(data));
send({ type: 'ready' });

function send(message: FromTable): void {
	host.postMessage(message);
}

function receive(message: ToTable): void {
	table.setAttribute('aria-busy', 'false');
	if (message.type === 'failed') {
		rows = [];
		note.textContent = 'The credentials could not be listed: the language server does not answer. See its log.';
	} else {
		rows = message.rows;
		note.textContent = message.note ?? '';
	}
	if (isPressed) isDue = true;
	else render();
}

/** Rows that are made anew between press and release would swallow the click. */
function release(): void {
	isPressed = false;
	if (!isDue) return;
	isDue = false;
	// The click itself comes after the release.
	setTimeout(render);
}

/** With many rows they are drawn when typing pauses, so that no key waits for them. */
function searched(): void {
	clearTimeout(pause);
	if (rows.length <= FEW) change({ search: search.value });
	else pause = window.setTimeout(() => change({ search: search.value }), 120);
}

function change(part: Partial<TableQuery>): void {
	query = { ...query, ...part };
	keep();
	render();
}

function keep(): void {
	host.setState({ query, open: [...open] });
}

function render(): void {
	const groups = groupsOf(rows, query);
	const shown = new Set(groups.flatMap((g) => g.rows.map((row) => row.id)));
	if (active === undefined || !shown.has(active)) active = groups[0]?.rows[0]?.id;
	const focus = focusedPart();
	table.replaceChildren(head(), ...groups.map(body));
	status.textContent = summary(shown.size);
	if (focus) partOf(focus)?.focus();
}

interface Part {
	readonly row: string;
	/** Which of the row's buttons; -1 is the row itself. */
	readonly button: number;
}

/** What has the focus keeps it when the rows are made anew: an answer of an issuer must not take it from its button. */
function focusedPart(): Part | undefined {
	const line = document.activeElement?.closest<HTMLElement>('tr[data-row]');
	const row = line?.dataset.row;
	if (!line || row === undefined) return undefined;
	return { row, button: [...line.querySelectorAll('button')].indexOf(document.activeElement as HTMLButtonElement) };
}

function partOf({ row, button }: Part): HTMLElement | undefined {
	const line = rowElement(row);
	return line?.querySelectorAll('button')[button] ?? line;
}

function summary(shown: number): string {
	if (rows.length === 0) return 'No credential found in your MCP configs.';
	const count = `${rows.length} ${rows.length === 1 ? 'secret' : 'secrets'}`;
	return shown === rows.length ? count : `${shown} of ${count}`;
}

function head(): HTMLElement {
	const level = sortHeader('risk', 'Risk');
	return element(
		'thead',
		{},
		element(
			'tr',
			{},
			level,
			...COLUMNS.map(({ key, title }) => sortHeader(key, title)),
			element('th', { scope: 'col' }, 'Actions'),
		),
	);
}

function sortHeader(key: SortKey, title: string): HTMLElement {
	const isSorted = query.sort === key;
	const direction = query.descending ? 'descending' : 'ascending';
	const button = element(
		'button',
		{ type: 'button' },
		title,
		...(isSorted ? [icon(query.descending ? 'chevron-down' : 'chevron-up')] : []),
	);
	button.addEventListener('click', () => {
		change({ sort: key, descending: isSorted ? !query.descending : false });
		table.querySelector<HTMLElement>(`th[data-key="${key}"] button`)?.focus();
	});
	return element('th', { scope: 'col', 'data-key': key, 'aria-sort': isSorted ? direction : 'none' }, button);
}

function body({ name, rows: grouped }: RowGroup): HTMLElement {
	const title =
		name === ''
			? []
			: [
					element(
						'tr',
						{ class: 'group' },
						element(
							'th',
							{ scope: 'rowgroup', colspan: String(COLUMNS.length + 2) },
							name,
							element('span', { class: 'muted' }, ` ${grouped.length}`),
						),
					),
				];
	return element('tbody', {}, ...title, ...grouped.flatMap(rowElements));
}

function rowElements(row: CredentialRow): readonly HTMLElement[] {
	const isOpen = open.has(row.id);
	const toggle = element(
		'button',
		{ class: 'toggle', type: 'button', 'aria-expanded': String(isOpen), 'aria-label': `Details of ${row.label}` },
		icon(isOpen ? 'chevron-down' : 'chevron-right'),
	);
	toggle.addEventListener('click', () => toggleRow(row.id));
	const cells = COLUMNS.map(({ title, cell }) => element('td', { 'data-title': title }, cell(row)));
	const line = element(
		'tr',
		{ 'data-row': row.id, 'aria-label': spoken(row), tabindex: row.id === active ? '0' : '-1', class: row.level },
		element('td', { class: 'first' }, toggle, levelIcon(row)),
		...cells,
		element('td', { class: 'actions', 'data-title': 'Actions' }, ...actionButtons(row, send)),
	);
	line.addEventListener('focusin', () => activate(row.id));
	if (!isOpen) return [line];
	const inside = details(row, {
		go: (place) => send({ type: 'go', row: row.id, place }),
		fix: (place) => send({ type: 'fix', row: row.id, place }),
		ignore: (place, finding) => send({ type: 'ignore', row: row.id, place, finding }),
	});
	return [line, element('tr', { class: 'details' }, element('td', { colspan: String(COLUMNS.length + 2) }, inside))];
}

function toggleRow(id: string): void {
	if (open.has(id)) open.delete(id);
	else open.add(id);
	keep();
	redraw(id);
	rowElement(id)?.focus();
}

/** One row alone, in each of its groups: all of 500 anew would take longer than a key press may. */
function redraw(id: string): void {
	const row = rows.find((one) => one.id === id);
	if (!row) return;
	for (const line of table.querySelectorAll<HTMLElement>('tr[data-row]')) {
		if (line.dataset.row !== id) continue;
		const after = line.nextElementSibling;
		if (after?.classList.contains('details')) after.remove();
		line.replaceWith(...rowElements(row));
	}
}

function activate(id: string): void {
	if (active === id) return;
	if (active !== undefined) rowElement(active)?.setAttribute('tabindex', '-1');
	active = id;
	rowElement(id)?.setAttribute('tabindex', '0');
}

/** Arrow keys, Home and End move between rows; Right and Left open and close; Enter goes to the first place. */
function moveByKey(event: KeyboardEvent): void {
	const line = (event.target as HTMLElement).closest<HTMLElement>('tr[data-row]');
	const id = line?.dataset.row;
	if (!line || id === undefined) return;
	const lines = [...table.querySelectorAll<HTMLElement>('tr[data-row]')];
	const at = lines.indexOf(line);
	const target = { ArrowDown: lines[at + 1], ArrowUp: lines[at - 1], Home: lines[0], End: lines.at(-1) }[event.key];
	if (target) target.focus();
	else if (event.key === 'ArrowRight' && !open.has(id)) toggleRow(id);
	else if (event.key === 'ArrowLeft' && open.has(id)) toggleRow(id);
	else if (event.key === 'Enter' && event.target === line) send({ type: 'go', row: id, place: 0 });
	else return;
	event.preventDefault();
}

function rowElement(id: string): HTMLElement | undefined {
	return [...table.querySelectorAll<HTMLElement>('tr[data-row]')].find((line) => line.dataset.row === id);
}

function byId<T extends HTMLElement = HTMLElement>(id: string): T {
	return document.getElementById(id) as T;
}
