import { type Phase, showAround, showNotes } from './around.ts';
import { TableBody } from './body.ts';
import { byId } from './dom.ts';
import { TableHead } from './head.ts';
import { findByKeys, moveByKeys } from './keyboard.ts';
import { Menu } from './menu.ts';
import type { FromTable, ToTable } from './messages.ts';
import { type GroupKey, type LevelFilter, type SortKey, START, type TableQuery } from './rows.ts';
import { Sorting } from './sorting.ts';
import { type Host, TableState } from './state.ts';

/** The table in its webview: what comes from the extension and from a person, and what is shown of it. */

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const state = new TableState(host);
const search = byId<HTMLInputElement>('search');
const group = byId<HTMLSelectElement>('group');
const filter = byId<HTMLSelectElement>('filter');
const table = byId<HTMLTableElement>('table');
const head = new TableHead({ sortBy });
const sorting = new Sorting({ sortBy });
const menu = new Menu(showDue);
const body = new TableBody(table, head.element, { menu, send, toggle });

let phase: Phase = 'loading';
let isPressed = false;
/** There are new rows that are not shown yet. */
let isDue = false;

search.addEventListener('input', () => change({ search: search.value }));
group.addEventListener('change', () => change({ group: group.value as GroupKey }));
filter.addEventListener('change', () => change({ filter: filter.value as LevelFilter }));
byId('show-all').addEventListener('click', showAll);
byId('export').addEventListener('click', () => send({ type: 'export' }));
byId('retry').addEventListener('click', () => list({ type: 'retry' }));
byId('trust').addEventListener('click', () => send({ type: 'trust' }));
byId('log').addEventListener('click', () => send({ type: 'log' }));
findByKeys(search);
moveByKeys(table, body, {
	isOpen: (id) => state.isOpen(id),
	toggle,
	go: (row) => send({ type: 'go', row, place: 0 }),
});
table.addEventListener('pointerdown', () => {
	isPressed = true;
});
window.addEventListener('pointerup', release);
window.addEventListener('pointercancel', release);
window.addEventListener('message', ({ data }: MessageEvent<ToTable>) => receive(data));
showQuery();
list({ type: 'ready' });

function send(message: FromTable): void {
	host.postMessage(message);
}

function list(message: FromTable): void {
	phase = 'loading';
	render();
	send(message);
}

function receive(message: ToTable): void {
	phase = message.type === 'failed' ? 'failed' : 'listed';
	// An old list could say that a token is stored when it no longer is.
	state.rows = message.type === 'failed' ? [] : message.rows;
	showNotes(message.type === 'failed' ? {} : message);
	isDue = true;
	showDue();
}

/** A row that is filled or moved between press and release would swallow the click, and take the button from its open menu. */
function showDue(): void {
	if (!isDue || isPressed || menu.isOpen) return;
	isDue = false;
	render();
}

function release(): void {
	isPressed = false;
	// The click itself comes after the release.
	setTimeout(showDue);
}

function sortBy(sort: SortKey): void {
	change({ sort, descending: state.query.sort === sort && !state.query.descending });
}

function showAll(): void {
	change({ search: START.search, filter: START.filter });
	showQuery();
	search.focus();
}

function change(part: Partial<TableQuery>): void {
	state.change(part);
	render();
}

function showQuery(): void {
	search.value = state.query.search;
	group.value = state.query.group;
	filter.value = state.query.filter;
}

function toggle(id: string): void {
	state.toggle(id);
	body.open(id, state.isOpen(id));
}

function render(): void {
	const ids = new Set(state.rows.map(({ id }) => id));
	const groups = state.groups();
	body.forget((id) => ids.has(id));
	head.show(state.query);
	sorting.show(state.query);
	body.show(groups, (id) => state.isOpen(id));
	// A secret may stand in several groups.
	showAround(phase, { all: ids.size, shown: new Set(groups.flatMap(({ rows }) => rows)).size });
}
