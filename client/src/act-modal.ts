import type { ActId, ActQuestion } from '../../server/src/protocol/index.ts';
import { oneLine } from './panel/words.ts';

export interface Modal {
	readonly title: string;
	readonly detail: string;
	/** The button; the other one is the editor's own "Cancel". */
	readonly yes: string;
	/** It cannot be undone, so it looks like a warning. */
	readonly warns: boolean;
}

const MOST_LISTED = 10;

/** The question as a person reads it. Names come from files, so each stays on its line. */
export function modalFor(act: ActId, question: ActQuestion): Modal {
	const issuer = oneLine(question.issuer);
	const { ask, yes } = WORDS[act];
	const hosts = question.hosts.map(({ host, from }) => `• ${oneLine(host)} (${oneLine(from)})`);
	const detail = [
		...(question.owner === undefined ? [] : [`It belongs to ${oneLine(question.owner)}.`]),
		`The secret itself is sent to:\n${hosts.join('\n')}`,
		`Used by:\n${listed(question.usedBy) || '• nothing that is known'}`,
		...(question.running?.length ? [`Running now:\n${listed(question.running)}`] : []),
		...question.warnings.map(oneLine),
	];
	return {
		title: `${ask(issuer)}: ${oneLine(question.label)}?`,
		detail: detail.join('\n\n'),
		yes: yes(issuer),
		warns: act !== 'probe',
	};
}

function listed(items: readonly string[]): string {
	const shown = items.slice(0, MOST_LISTED).map((item) => `• ${oneLine(item)}`);
	const more = items.length - shown.length;
	return [...shown, ...(more > 0 ? [`• and ${more} more`] : [])].join('\n');
}

interface Words {
	readonly ask: (issuer: string) => string;
	readonly yes: (issuer: string) => string;
}

const WORDS: Readonly<Record<ActId, Words>> = {
	probe: {
		ask: (issuer) => `Ask ${issuer} about this token`,
		yes: (issuer) => `Ask ${issuer}`,
	},
	revoke: {
		ask: (issuer) => `Revoke this token at ${issuer}`,
		yes: () => 'Revoke',
	},
	rotate: {
		ask: (issuer) => `Rotate this token at ${issuer}`,
		yes: () => 'Rotate',
	},
};
