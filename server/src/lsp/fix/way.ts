import { changesOnly, UNFOLLOWED } from '../../core/fixes/trial.ts';
import type { FixOutcome } from '../../protocol/index.ts';
import type { Session } from '../session.ts';
import { waysFor } from '../ways.ts';
import { applyEdit } from './edit.ts';
import { FixRefused, type Place } from './place.ts';

/** Takes one way to less: edits the entry, or says what is left to do at the issuer and hands over the page or the text. */
export async function takeWay(
	session: Session,
	{ current, credential }: Place,
	id: string | undefined,
): Promise<FixOutcome> {
	const way = waysFor(session, current, credential).find((w) => w.id === id);
	if (!way) throw new FixRefused('This is not possible any more: the entry changed. Open the light bulb again.');
	if (way.kind === 'open-page') return { status: 'done', message: way.detail, open: way.url };
	if (way.kind === 'copy-text') return { status: 'done', message: way.detail, copy: way.text };
	if (way.isWithinEntry && !changesOnly(current.document, credential.server!, way.changes))
		throw new FixRefused(UNFOLLOWED);
	const outcome = await applyEdit(session, current, way.changes, way.title);
	if (outcome !== 'applied') {
		throw new FixRefused('The editor did not make the change, so nothing else happened. Open the light bulb again.');
	}
	return { status: 'done', message: way.detail };
}
