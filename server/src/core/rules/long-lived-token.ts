import { DAY, isoDay } from '../dates.ts';
import type { Credential, Level } from '../finding.ts';
import { foundAt, secrets } from './position.ts';
import { grantFor, saysEnd } from './reach.ts';
import type { Knowledge, RawFinding, Rule } from './rule.ts';
import shorterLived from './shorter-lived.json' with { type: 'json' };
import { adviceLevel, place, subject } from './words.ts';

/** What GitHub (366 days), GitLab and Atlassian (365) allow at most. */
const LONG_DAYS = 366;

interface Shorter {
	readonly kinds: readonly string[];
	/** What to do instead, without its full stop. */
	readonly shorter: string;
	readonly source: string;
}

/** A standing token where there is a short-lived one, or one whose life was set too long. */
export const longLivedToken: Rule = {
	id: 'long-lived-token',
	title: 'A token lives longer than it has to',
	defaultLevel: 'warning',
	cwe: ['CWE-613'],
	*check(context) {
		for (const credential of secrets(context)) {
			const finding = ofLongLife(credential, context.knowledge) ?? withShorterForm(credential);
			if (finding) yield finding;
		}
	},
};

function ofLongLife(credential: Credential, knowledge: Knowledge): RawFinding | undefined {
	const grant = grantFor(credential, knowledge);
	const { createdAt, expiresAt } = grant;
	if (createdAt === undefined || expiresAt === undefined || expiresAt <= knowledge.now) return undefined;
	const days = Math.round((expiresAt - createdAt) / DAY);
	const most = knowledge.longLivedDays ?? LONG_DAYS;
	if (days <= most) return undefined;
	const until = `was made on ${isoDay(createdAt)} for ${days} days, until ${isoDay(expiresAt)}, ${saysEnd(grant, credential)}`;
	return found(
		credential,
		adviceLevel(credential.confidence),
		`${until}. The limit is ${most} days: make one with a shorter life, and revoke this one.`,
	);
}

function withShorterForm(credential: Credential): RawFinding | undefined {
	const { kind } = credential.classification;
	const shorter = (shorterLived as readonly Shorter[]).find(({ kinds }) => kinds.includes(kind.id));
	if (!shorter) return undefined;
	return found(credential, 'note', `is a standing credential where short-lived ones exist. ${shorter.shorter}.`);
}

function found(credential: Credential, level: Level, words: string): RawFinding {
	return { ...foundAt(credential), level, message: `${subject(credential)} in ${place(credential)} ${words}` };
}
