import assert from 'node:assert/strict';
import { findCredentials } from '../../server/src/core/credentials/find.ts';
import type { DialectId } from '../../server/src/core/dialects/dialect.ts';
import { dialectById } from '../../server/src/core/dialects/index.ts';
import { type Way, waysToLess } from '../../server/src/core/fixes/narrow.ts';
import type { Grant } from '../../server/src/core/grants/grant.ts';
import { needOf } from '../../server/src/core/needs/index.ts';
import { readDocument } from '../../server/src/core/read.ts';
import { Fingerprinter } from '../../server/src/core/secret-value.ts';
import { applyChanges } from '../../server/src/core/text.ts';
import { expand } from './tokens.ts';

const fingerprinter = new Fingerprinter(new Uint8Array(32).fill(7));

/** What is offered for the first credential of a server in this text, in which tokens stand as placeholders. */
export function waysIn(
	written: string,
	dialect: DialectId = 'vscode',
	grant?: Grant,
): { readonly text: string; readonly ways: readonly Way[] } {
	const text = expand(written);
	const document = readDocument('file:///w/config', text, dialectById(dialect), 'workspace');
	const credential =
		findCredentials(document, fingerprinter).find(({ server }) => server) ??
		findCredentials(document, fingerprinter)[0]!;
	const need = credential.server && needOf(credential.server, document);
	return { text, ways: waysToLess(document, credential, need, grant) };
}

/** The text after one way's edit, with the token as its placeholder again. */
export function edited(written: string, id: string, dialect: DialectId = 'vscode'): string {
	const { text, ways } = waysIn(written, dialect);
	const way = ways.find((one) => one.id === id);
	assert.ok(way?.kind === 'edit', `no edit ${id} among ${ways.map((one) => one.id)}`);
	const placeholder = /\{\{[a-z0-9-]+\}\}/.exec(written)![0];
	return applyChanges(text, way.changes).replaceAll(expand(placeholder), placeholder);
}

export function ids(written: string, dialect: DialectId = 'vscode'): string[] {
	return waysIn(written, dialect).ways.map(({ id }) => id);
}
