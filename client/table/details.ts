import type { CredentialPlace, CredentialRow } from '../../server/src/protocol/index.ts';
import { LEVEL_WORDS } from '../../server/src/protocol/words.ts';
import { LEVEL_ICON } from './cells.ts';
import { element, icon } from './dom.ts';
import { endOfPath } from './names.ts';

/** What stands under an opened row: each piece of evidence, and each place with its findings. */

/** What a click in the details asks for. */
export interface DetailActions {
	go(place: number): void;
	fix(place: number): void;
	ignore(place: number, finding: number): void;
}

export function details(row: CredentialRow, actions: DetailActions): HTMLElement {
	return element(
		'dl',
		{},
		...fact('Scope', row.scope.text, [row.scope.evidence]),
		...(row.scope.need ? fact('Needed', row.scope.need, []) : []),
		...fact('Age', row.age.text, row.age.evidence),
		...fact('Stored', row.storage.text, []),
		element('dt', {}, row.places.length === 1 ? 'Place' : `${row.places.length} places`),
		element('dd', {}, ...row.places.map((place, index) => placeDetails(place, index, actions))),
	);
}

function fact(name: string, text: string, evidence: readonly string[]): readonly HTMLElement[] {
	const lines = evidence.filter(Boolean).map((line) => element('li', {}, line));
	return [element('dt', {}, name), element('dd', {}, text, ...(lines.length > 0 ? [element('ul', {}, ...lines)] : []))];
}

function placeDetails(place: CredentialPlace, index: number, actions: DetailActions): HTMLElement {
	const where = `${endOfPath(place.uri)}:${place.range.start.line + 1}`;
	const go = element('button', { class: 'link', type: 'button', 'data-part': `go-${index}` }, where);
	go.addEventListener('click', () => actions.go(index));
	const about = [place.server && `server ${place.server}`, place.position, place.host && `read by ${place.host}`]
		.filter(Boolean)
		.join(' · ');
	const line = element('div', { class: 'place' }, go, element('span', { class: 'muted' }, ` ${about}`));
	if (place.fix) {
		const fix = element(
			'button',
			{ class: 'small', type: 'button', 'data-part': `fix-${index}`, title: place.fix.title },
			'Fix',
		);
		fix.setAttribute('aria-label', `Fix in ${where}`);
		fix.addEventListener('click', () => actions.fix(index));
		line.append(' ', fix);
	}
	const findings = place.findings.map((finding, at) =>
		element(
			'li',
			{ class: finding.level },
			icon(LEVEL_ICON[finding.level]),
			element(
				'div',
				{},
				element('span', { class: 'spoken' }, `${LEVEL_WORDS[finding.level]}.`),
				` ${finding.message} `,
				...(finding.ignore
					? [ignoreButton(finding.ruleId, where, `ignore-${index}-${at}`, () => actions.ignore(index, at))]
					: []),
			),
		),
	);
	return element('div', {}, line, ...(findings.length > 0 ? [element('ul', { class: 'findings' }, ...findings)] : []));
}

function ignoreButton(ruleId: string, where: string, part: string, ignore: () => void): HTMLElement {
	const button = element('button', { class: 'small', type: 'button', 'data-part': part }, 'Ignore…');
	button.setAttribute('aria-label', `Ignore ${ruleId} in ${where}, with a reason`);
	button.addEventListener('click', ignore);
	return button;
}
