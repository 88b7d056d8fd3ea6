import { TableBody } from './body.ts';
import { byId, setText } from './dom.ts';
import { TableHead } from './head.ts';
import { moveByKeys } from './keyboard.ts';
import type { FromTable, ToTable } from './messages.ts';
import type { GroupKey, LevelFilter, SortKey, TableQuery } from './rows.ts';
import { type Host, TableState } from './state.ts';

/** The table in its webview: what comes from the extension and from a person, and what is shown of it. */

declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const state = new TableState(host);
const search = byId<HTMLInputElement>('search');
const group = byId<HTMLSelectElement>('group');
const filter = byId<HTMLSelectElement>('filter');
const table = byId<HTMLTableElement>('table');
const head = new TableHead(sortBy);
const body = new TableBody(table, head.element, { send, toggle });

let isPressed = false;
/** There are new rows that are not shown yet. */
let isDue = false;

search.value = state.query.search;
group.value = state.query.group;
filter.value = state.query.filter;
search.addEventListener('input', () => change({ search: search.value }));
group.addEventListener('change', () => change({ group: group.value as GroupKey }));
filter.addEventListener('change', () => change({ filter: filter.value as LevelFilter }));
byId('export').addEventListener('click', () => send({ type: 'export' }));
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
send({ type: 'ready' });

function send(message: FromTable): void {
	host.postMessage(message);
}

function receive(message: ToTable): void {
	table.setAttribute('aria-busy', 'false');
	const note = byId('note');
	if (message.type === 'failed') {
		state.rows = [];
		setText(note, 'The credentials could not be listed: the language server does not answer. See its log.');
	} else {
		state.rows = message.rows;
		setText(note, message.note ?? '');
	}
	if (isPressed) isDue = true;
	else render();
}

/** A row that is filled or moved between press and release would swallow the click. */
function release(): void {
	isPressed = false;
	if (!isDue) return;
	isDue = false;
	// The click itself comes after the release.
	setTimeout(render);
}

function sortBy(sort: SortKey): void {
	change({ sort, descending: state.query.sort === sort && !state.query.descending });
}

function change(part: Partial<TableQuery>): void {
	state.change(part);
	render();
}

function toggle(id: string): void {
	state.toggle(id);
	body.open(id, state.isOpen(id));
}

function render(): void {
	const ids = new Set(state.rows.map(({ id }) => id));
	body.forget((id) => ids.has(id));
	const groups = state.groups();
	head.show(state.query);
	body.show(groups, (id) => state.isOpen(id));
	setText(byId('status'), summary(new Set(groups.flatMap(({ rows }) => rows)).size));
}

function summary(shown: number): string {
	const all = state.rows.length;
	if (all === 0) return 'No credential found in your MCP configs.';
	const count = `${all} ${all === 1 ? 'secret' : 'secrets'}`;
	return shown === all ? count : `${shown} of ${count}`;
}
