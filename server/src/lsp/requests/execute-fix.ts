import { withSecretLock } from '../../adapters/state/secret-lock.ts';
import type { FixOutcome, FixRequest } from '../../protocol/index.ts';
import { moveToKeychain, swapForBroker, useStoredReference } from '../fix/move.ts';
import { EditUncertain, FixRefused, findPlace, type Place } from '../fix/place.ts';
import { promptForPassword } from '../fix/prompt.ts';
import { takeWay } from '../fix/way.ts';
import type { Session } from '../session.ts';
import { isForPeople } from '../told.ts';

/** workspace/executeCommand: does one fix. Never throws at the person: every ending is an outcome with the way out. */
export async function executeFix(session: Session, request: FixRequest): Promise<FixOutcome> {
	try {
		const place = await findPlace(session, request);
		if (request.fix === 'way-to-less') return await takeWay(session, place, request.way);
		const { fingerprinter } = await session.world.openIndex();
		// What another process did until now counts: the place is looked for once more.
		const message = await withSecretLock(session.world.stateDir, fingerprinter.of(place.credential.secret), async () =>
			run(session, request, await findPlace(session, request)),
		);
		return { status: 'done', message };
	} catch (error) {
		if (error instanceof FixRefused) return { status: 'refused', message: error.message };
		if (error instanceof EditUncertain) return { status: 'failed', message: error.message };
		if (isForPeople(error)) return { status: 'refused', message: `${error.message} The config was not changed.` };
		// The message of an unforeseen error may quote anything, so only its name is told.
		return {
			status: 'failed',
			message: `The fix failed (${(error as Error).name}). The config was not changed by it; run "mcp-hygiene doctor".`,
		};
	}
}

async function run(session: Session, request: FixRequest, place: Place): Promise<string> {
	switch (request.fix) {
		case 'move-to-keychain':
			return moveToKeychain(session, place);
		case 'use-stored-reference':
			return useStoredReference(session, place);
		case 'prompt-for-password':
			return promptForPassword(session, place);
		case 'swap-for-broker': {
			const broker = session.world.brokers.find((b) => b.id === request.broker);
			if (!broker) throw new FixRefused('This secret manager is not known here.');
			return swapForBroker(session, place, broker, request.item);
		}
		default:
			throw new FixRefused('This fix is not known here. Update the extension and the language server together.');
	}
}
