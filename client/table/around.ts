import { byId, setText } from './dom.ts';

/** What stands around the rows: how many there are, and what to do when there are none. */

export type Phase = 'loading' | 'failed' | 'listed';

export interface Counts {
	/** Secrets. */
	readonly all: number;
	/** Of these, what search and filter leave. */
	readonly shown: number;
}

export function showAround(phase: Phase, counts: Counts): void {
	const isEmpty = phase === 'listed' && counts.all === 0;
	const isNoneLeft = phase === 'listed' && counts.all > 0 && counts.shown === 0;
	byId('failed').hidden = phase !== 'failed';
	byId('empty').hidden = !isEmpty;
	byId('none-left').hidden = !isNoneLeft;
	byId('table').hidden = counts.shown === 0;
	byId<HTMLButtonElement>('export').disabled = counts.all === 0;
	byId('table').setAttribute('aria-busy', String(phase === 'loading'));
	setText(byId('status'), statusOf(phase, counts));
}

/** What a person should know of the rows: why so little is known of them, and what could not be read. */
export function showNotes({ note = '', isRestricted = false }: { note?: string; isRestricted?: boolean }): void {
	byId('restricted').hidden = !isRestricted;
	byId('note').hidden = note === '';
	setText(byId('note'), note);
}

function statusOf(phase: Phase, { all, shown }: Counts): string {
	// The message with the buttons says it, and is read out by itself.
	if (phase === 'failed') return '';
	if (phase === 'loading') return 'Reading your MCP configs…';
	if (all === 0) return 'No secrets';
	const count = `${all} ${all === 1 ? 'secret' : 'secrets'}`;
	return shown === all ? count : `${shown} of ${count}`;
}
