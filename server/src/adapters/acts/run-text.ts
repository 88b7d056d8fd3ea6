import { plainName } from '../../core/names-shown.ts';
import type { ReadOnlyIndex } from '../state/index.ts';
import type { Run } from '../state/runs.ts';

/** "server gl (process 123, since 2026-11-30 22:05)", in the time of this machine's clock. */
export function runText({ pid, at, items, server }: Run, { bindings }: Pick<ReadOnlyIndex, 'bindings'>): string {
	const approved = bindings.filter(({ itemId }) => itemId !== undefined && items.includes(itemId));
	const names = server === undefined ? approved.map(({ workload }) => workload.server) : [server];
	const shown = [...new Set(names.map(plainName))].join(' or ');
	return `server ${shown || '(unknown)'} (process ${pid}, since ${localMinute(at)})`;
}

function localMinute(at: number): string {
	const date = new Date(at);
	const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
	return `${day} ${[date.getHours(), date.getMinutes()].map(twoDigits).join(':')}`;
}

function twoDigits(value: number): string {
	return String(value).padStart(2, '0');
}
