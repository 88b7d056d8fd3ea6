import { randomUUID } from 'node:crypto';
import type { StateIndex } from '../../adapters/state/index.ts';
import type { StoredSecret } from '../../core/bindings/binding.ts';
import { bestAge } from '../../core/grants/evidence.ts';
import type { Session } from '../session.ts';
import type { Place } from './place.ts';

/** What the index keeps of a secret that is about to be stored: everything but its value. */
export function describeItem(session: Session, { credential }: Place, path: string, index: StateIndex): StoredSecret {
	const { classification } = credential;
	const age = bestAge(session.knowledge.ages.get(credential.fingerprint) ?? []);
	return {
		id: `${path}:${randomUUID()}`,
		path,
		fingerprint: index.fingerprinter.of(credential.secret),
		issuer: classification.issuer,
		kind: classification.kind.id,
		kindName: classification.kind.name,
		storedAt: session.world.now(),
		...(age ? { since: { at: age.since, detail: age.detail } } : {}),
	};
}
