import type { Credential } from '../../core/finding.ts';
import { plainPointer } from '../../core/names-shown.ts';
import type { FixRequest } from '../../protocol/index.ts';
import { blockedBecause } from '../offers.ts';
import type { CurrentDocument, Session } from '../session.ts';

export interface Place {
	readonly current: CurrentDocument;
	readonly credential: Credential;
}

/** Stops a fix, with one line for people that names the way out. */
export class FixRefused extends Error {
	override readonly name = 'FixRefused';
}

/** The editor did not say whether it made the edit. Nothing is taken back, because either half could be the only copy. */
export class EditUncertain extends Error {
	override readonly name = 'EditUncertain';

	constructor(reference: string) {
		super(
			`The editor did not say whether it changed the config. The secret is kept as ${reference}; look at the file, and fix again if the token still stands there.`,
		);
	}
}

/** Reads the document again and finds the place of the offer. @throws FixRefused if it is not what it was. */
export async function findPlace(session: Session, request: FixRequest): Promise<Place> {
	const current = await session.current(request.uri);
	if (!current) throw new FixRefused('The config cannot be read any more. Open it and try again.');
	const blocked = blockedBecause(session, current);
	if (blocked) throw new FixRefused(blocked);
	if (request.version !== null && current.version !== request.version) throw new FixRefused(CHANGED);
	const credential = current.analysis.credentials.find(
		(c) => plainPointer(c.part.pointer) === request.pointer && session.stamp(c) === request.fingerprint,
	);
	if (!credential) throw new FixRefused(CHANGED);
	return { current, credential };
}

const CHANGED = 'The config changed since the fix was offered, so nothing was done. Open the light bulb again.';
