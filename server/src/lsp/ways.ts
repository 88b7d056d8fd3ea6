import type { Credential } from '../core/finding.ts';
import { type Way, waysToLess } from '../core/fixes/narrow.ts';
import { needOf } from '../core/needs/index.ts';
import { grantFor } from '../core/rules/reach.ts';
import { NO_KNOWLEDGE } from '../core/rules/rule.ts';
import type { CurrentDocument, Session } from './session.ts';

/** The ways to a smaller token for one credential, as its document is now. */
export function waysFor(session: Session, { document }: CurrentDocument, credential: Credential): Way[] {
	const { grants, declared, needs } = session.knowledge;
	const need = credential.server && needOf(credential.server, document, needs);
	const knowledge = { ...NO_KNOWLEDGE, now: session.world.now(), grants, declared };
	return waysToLess(document, credential, need, grantFor(credential, knowledge));
}
