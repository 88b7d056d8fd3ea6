import type { ConfigDocument } from '../document.ts';
import type { Credential } from '../finding.ts';
import { excessOf } from '../grants/excess.ts';
import type { Grant } from '../grants/grant.ts';
import type { ServerNeed } from '../needs/index.ts';
import { narrowServer } from './narrow-server.ts';
import { planOauth } from './oauth.ts';
import { pagesFor } from './pages.ts';
import { isRefusal } from './target.ts';
import type { EditWay, Way } from './way.ts';
import { brokenBecause, unwritableBecause } from './writable.ts';
import { WRITTEN_FORMATS } from './writers.ts';

export type { Way };

/**
 * The ways to less for one credential, the most certain first: edits of this file, then what has to be done at the issuer. Pure:
 * nothing is changed or opened. What cannot be done here is left out.
 */
export function waysToLess(
	document: ConfigDocument,
	credential: Credential,
	need: ServerNeed | undefined,
	grant: Grant | undefined,
): Way[] {
	const own = need?.issuer === credential.classification.issuer ? need : undefined;
	return [
		...serverEdits(document, credential, own),
		...oauthWay(document, credential),
		...pages(credential, own, grant),
	];
}

function serverEdits(document: ConfigDocument, credential: Credential, need: ServerNeed | undefined): EditWay[] {
	if (!credential.server || !need) return [];
	if (brokenBecause(document) || unwritableBecause(document, credential, WRITTEN_FORMATS)) return [];
	return narrowServer(document, credential.server, need);
}

function oauthWay(document: ConfigDocument, credential: Credential): EditWay[] {
	const plan = planOauth(document, credential);
	if (isRefusal(plan) || plan.changes.length === 0) return [];
	return [
		{
			id: 'oauth',
			kind: 'edit',
			title: `Sign in with OAuth at ${plan.url} instead of a token`,
			detail: `The host asks you in the browser and renews by itself; nothing secret stays in the file. The old token lives on until you revoke it.${plan.notes.map((note) => ` ${note}`).join('')}`,
			changes: plan.changes,
		},
	];
}

/** A token that is known to be no larger than needed has nothing to gain at the issuer. */
function pages(credential: Credential, need: ServerNeed | undefined, grant: Grant | undefined): Way[] {
	const isSmall = need !== undefined && grant?.precision === 'known' && isMinimal(credential, need, grant);
	return isSmall ? [] : pagesFor(credential, need);
}

function isMinimal({ classification }: Credential, need: ServerNeed, grant: Grant): boolean {
	const { scopes, access, byForm } = excessOf(grant, need, classification.kind);
	return need.complete && scopes.length === 0 && access === undefined && byForm === undefined;
}
