import type { CredentialRow } from '../../server/src/protocol/index.ts';
import { LEVEL_WORDS, STORED_WORDS } from '../../server/src/protocol/words.ts';
import { chipsOf } from './chips.ts';
import { element, icon } from './dom.ts';
import { endOfPath, firstAndMore } from './names.ts';

/** The cells of one row. */

export const LEVEL_ICON: Readonly<Record<CredentialRow['level'], string>> = {
	error: 'error',
	warning: 'warning',
	note: 'info',
	none: 'pass',
};

const STORED_ICON: Readonly<Record<CredentialRow['storage']['where'], string>> = {
	config: 'unlock',
	keychain: 'lock',
	broker: 'lock',
};

export function levelIcon(row: CredentialRow): HTMLElement {
	const { level } = row;
	const words = LEVEL_WORDS[level];
	return element(
		'span',
		{ class: `level ${level}`, role: 'img', 'aria-label': words, title: words },
		icon(LEVEL_ICON[level]),
	);
}

export function nameCell({ issuer, kind, label }: CredentialRow): HTMLElement {
	return element(
		'div',
		{ class: 'name', title: label },
		element('span', { class: 'issuer' }, issuer),
		' ',
		element('span', { class: 'muted' }, kind),
	);
}

export function scopeCell(row: CredentialRow): HTMLElement {
	const chips = chipsOf(row).map(({ text, look, words, icon: name }) =>
		element(
			'span',
			{ class: `chip ${look}`, title: words, role: 'listitem', 'aria-label': `${text}: ${words}` },
			...(name ? [icon(name)] : []),
			text,
		),
	);
	return element('div', { class: 'chips', role: 'list' }, ...chips);
}

/** With a bar against the threshold under it. The bar only shows what is known; an unknown age has none, not an empty one. */
export function ageCell(row: CredentialRow): HTMLElement {
	const { text, days, oldAfterDays, old, evidence } = row.age;
	const title = evidence.join('\n');
	const words = text === 'unknown' ? unknown('Nothing tells how old it is') : text;
	if (days === undefined || !oldAfterDays) return element('div', { class: 'age', title }, words);
	const meter = element('meter', {
		min: '0',
		max: String(oldAfterDays * 2),
		high: String(oldAfterDays),
		optimum: '0',
		value: String(Math.min(days, oldAfterDays * 2)),
		// The bar ends at twice the limit, so its own value would be read out wrong; the words above it are the age.
		'aria-hidden': 'true',
		class: old ? 'old' : '',
	});
	return element('div', { class: 'age', title }, words, meter);
}

export function dateCell(day: string | undefined, whyNot: string): HTMLElement {
	return element('div', { class: 'date' }, day ?? unknown(whyNot));
}

/** Most secrets do not tell their dates: a dash is quieter in a column than a word. It is read out as the word. */
function unknown(whyNot: string): HTMLElement {
	return element(
		'span',
		{ class: 'muted', title: whyNot },
		element('span', { 'aria-hidden': 'true' }, '–'),
		element('span', { class: 'spoken' }, 'unknown'),
	);
}

/** What a screen reader says of a row when it is reached: without this, all of its cells and buttons in one breath. */
export function spoken(row: CredentialRow): string {
	const chips = chipsOf(row).map(({ text }) => text);
	return [LEVEL_WORDS[row.level], row.label, chips.join(', '), row.age.text, STORED_WORDS[row.storage.where]].join(
		'. ',
	);
}

export function usedCell(row: CredentialRow): HTMLElement {
	const servers = [...new Set(row.places.map((place) => place.server ?? endOfPath(place.uri)))];
	return element('div', { class: 'used', title: servers.join('\n') }, firstAndMore(servers) || 'nowhere');
}

export function storedCell(row: CredentialRow): HTMLElement {
	const { where, text } = row.storage;
	return element('div', { class: `stored ${where}`, title: text }, icon(STORED_ICON[where]), STORED_WORDS[where]);
}
