/** The move of a secret as text before and after, in any format. */
import assert from 'node:assert/strict';
import { findCredentials } from '../../server/src/core/credentials/find.ts';
import type { DialectId } from '../../server/src/core/dialects/dialect.ts';
import { dialectById } from '../../server/src/core/dialects/index.ts';
import { planMove } from '../../server/src/core/fixes/move.ts';
import { isRefusal } from '../../server/src/core/fixes/target.ts';
import { readDocument } from '../../server/src/core/read.ts';
import { Fingerprinter } from '../../server/src/core/secret-value.ts';
import { applyChanges } from '../../server/src/core/text.ts';
import { expand } from './tokens.ts';

const fingerprinter = new Fingerprinter(new Uint8Array(32));

function plan(dialect: DialectId, text: string) {
	const document = readDocument('file:///w/x', expand(text), dialectById(dialect), 'user');
	const [credential] = findCredentials(document, fingerprinter);
	assert.ok(credential, 'no credential in this text');
	const move = planMove(document, credential);
	return { document, planned: isRefusal(move) ? move : (move.tried() ?? move) };
}

/** The text after the first credential was moved; the launcher is called LAUNCHER, the reference REFERENCE. */
export function moveIn(dialect: DialectId, text: string): string {
	const { document, planned } = plan(dialect, text);
	if (isRefusal(planned)) assert.fail(planned.refused);
	return applyChanges(document.text, planned.changes('REFERENCE', 'LAUNCHER'));
}

/** Why the first credential cannot be moved. */
export function refusedIn(dialect: DialectId, text: string): string {
	const { planned } = plan(dialect, text);
	assert.ok(isRefusal(planned), 'it can be moved');
	return planned.refused;
}
