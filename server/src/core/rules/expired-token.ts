import { DAY, isoDay } from '../dates.ts';
import type { Credential } from '../finding.ts';
import { foundAt, secrets } from './position.ts';
import { grantFor, saysEnd } from './reach.ts';
import type { Knowledge, Rule } from './rule.ts';
import { adviceLevel, levelOf, place, subject } from './words.ts';

/** Days before the end that GitLab, GitHub and others begin to send reminders. */
const SOON_DAYS = 7;

/** A token that is over, or will be in a few days. */
export const expiredToken: Rule = {
	id: 'expired-token',
	title: 'A token has expired or is about to',
	defaultLevel: 'error',
	cwe: ['CWE-324'],
	*check(context) {
		for (const credential of secrets(context)) {
			const state = stateOf(credential, context.knowledge);
			if (!state) continue;
			yield {
				...foundAt(credential),
				level: state.over ? levelOf(credential.confidence) : adviceLevel(credential.confidence),
				message: `${subject(credential)} in ${place(credential)} ${state.words}`,
			};
		}
	},
};

/** Has it expired, or did its issuer say that it is dead? Then nothing else is to be done about it. */
export function isOver(credential: Credential, knowledge: Knowledge): boolean {
	return stateOf(credential, knowledge)?.over === true;
}

interface State {
	readonly over: boolean;
	readonly words: string;
}

function stateOf(credential: Credential, knowledge: Knowledge): State | undefined {
	const outcome = knowledge.grants?.get(credential.fingerprint);
	const { issuerName } = credential.classification;
	if (outcome?.state === 'invalid') {
		return {
			over: true,
			words: `is not valid any more, said ${issuerName} on ${isoDay(outcome.at)}. The server cannot work with it: remove it, or replace it if the server is still needed.`,
		};
	}
	const grant = grantFor(credential, knowledge);
	if (grant.expiresAt === undefined || knowledge.now === 0) return undefined;
	const by = saysEnd(grant, credential);
	if (grant.expiresAt <= knowledge.now) {
		return {
			over: true,
			words: `expired on ${isoDay(grant.expiresAt)}, ${by}. The server cannot work with it: remove it, or replace it if the server is still needed.`,
		};
	}
	const soon = (knowledge.expiresSoonDays ?? SOON_DAYS) * DAY;
	const isShortLived = grant.createdAt !== undefined && grant.expiresAt - grant.createdAt <= soon;
	if (grant.expiresAt - knowledge.now > soon || isShortLived) return undefined;
	return {
		over: false,
		words: `expires on ${isoDay(grant.expiresAt)}, ${by}. From then on this server fails: make its successor now, as narrow as the server allows.`,
	};
}
