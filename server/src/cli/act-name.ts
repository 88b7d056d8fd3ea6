import { wayFor } from '../adapters/issuers.ts';
import type { CredentialRecord } from '../core/inventory/model.ts';
import { classify } from '../core/issuers/classify.ts';
import { keychainReference } from '../core/references.ts';
import { plain } from '../core/report/words.ts';
import { shortFingerprint } from '../core/secret-value.ts';
import type { Surveyed } from './act-session.ts';
import { CommandError } from './error.ts';

/**
 * The credential that a person named: by the code in its name (`#1a2b3c`, as `list` shows it), by the reference of a stored one,
 * or by a server, where that server uses one alone.
 *
 * @throws CommandError that lists what could be meant; what was typed is not repeated, because people paste tokens.
 */
export function recordNamed(
	name: string | undefined,
	{ records, index }: Pick<Surveyed, 'records' | 'index'>,
	which: 'revoke' | 'rotate',
): CredentialRecord {
	const possible = records.filter(({ kind, storage }) => {
		const isReady = which === 'revoke' || storage.where === 'keychain';
		return isReady && wayFor(which, kind) !== undefined;
	});
	const choose = (some: readonly CredentialRecord[] = possible) => choice(some, which);
	if (name === undefined) throw new CommandError(`Say which one: ${choose()}`);
	if (classify(name, { position: 'arg' }).some(({ kind, confidence }) => !kind.public && confidence === 'certain'))
		throw new CommandError(
			`That looks like the secret itself, which now stands in your shell’s history too. Name it by its code: ${choose()}`,
		);
	const item = index?.items.find(({ path }) => name === path || name === keychainReference(path));
	const exact = records.filter(
		({ id }) => id === item?.fingerprint || name.replace(/^#/, '').toLowerCase() === shortFingerprint(id),
	);
	const ofServer = (some: readonly CredentialRecord[]) =>
		some.filter(({ places }) => places.some(({ server }) => server === name));
	const [found, ...more] = [exact, ofServer(possible), ofServer(records)].find((some) => some.length > 0) ?? [];
	if (!found) throw new CommandError(`Nothing here has that name. ${choose()}`);
	if (more.length > 0) throw new CommandError(`That could be several. ${choose([found, ...more])}`);
	return found;
}

/** For a credential that this issuer does not let go that way. */
export function wrongName({ issuerName, kindName }: CredentialRecord, which: 'revoke' | 'rotate'): string {
	return `${plain(issuerName)} offers no way to ${which} this kind (${plain(kindName)}) with the token alone. Use the token page of the issuer.`;
}

function choice(records: readonly CredentialRecord[], which: 'revoke' | 'rotate'): string {
	if (records.length === 0) return NONE[which];
	const named = records.map(({ id, label, places }) => {
		const server = places.find((place) => place.server !== undefined)?.server;
		return `${shortFingerprint(id)} (${label}${server === undefined ? '' : `, server ${server}`})`;
	});
	return plain(`${named.join('; ')}.`);
}

const NONE = {
	revoke: 'No credential in these configs is of a kind that can be revoked here.',
	rotate:
		'No credential that these configs take from the keychain is of a kind that can be rotated here. One that stands in a config is moved to the keychain first.',
} as const;
