import { isNobodys } from '../../core/inventory/answer.ts';
import type { CredentialRecord } from '../../core/inventory/model.ts';
import type { Surroundings } from '../../core/probes/surroundings.ts';
import { type Around, aroundLiteral, aroundServer, ownersOf, type Place } from './around.ts';
import type { Way } from './way.ts';

/**
 * Is there anybody to ask? A token whose form names no issuer could be of any server, so an act is offered only where an entry writes
 * out which. Where the issuer is known and its host is not, the question itself says what is missing.
 */
export async function hasAddressee(
	around: Around,
	{ issuer, kind, places }: CredentialRecord,
	{ probe }: Way,
): Promise<boolean> {
	if (!isNobodys(issuer)) return true;
	for (const place of places) {
		const found = await surroundingsAt(around, place);
		if (found.some((one) => probe.bases(kind, one).length > 0)) return true;
	}
	return false;
}

async function surroundingsAt(around: Around, place: Place): Promise<Surroundings[]> {
	const current = await around.current(place.uri);
	if (!current) return [];
	const written = current.analysis.credentials.find(({ part }) => part.pointer === place.pointer);
	if (written) return aroundLiteral(around, current, written);
	const owners = await ownersOf(around, current, place);
	return Promise.all(owners.map((owner) => aroundServer(around, owner.current, owner.server)));
}
