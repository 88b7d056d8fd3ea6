import type { Binding } from '../../core/bindings/binding.ts';
import type { CredentialRecord } from '../../core/inventory/model.ts';
import { type Surroundings, withInside } from '../../core/probes/surroundings.ts';
import { type Fingerprint, type Fingerprinter, SecretValue } from '../../core/secret-value.ts';
import type { McpServer } from '../../core/servers.ts';
import { matchingBindings } from '../approvals/approved.ts';
import { filePath } from '../files.ts';
import { type StoredToken, tokenIn } from '../keychain/stored-token.ts';
import type { ReadOnlyIndex } from '../state/index.ts';
import { aroundLiteral, aroundServer, ownersOf, type Place, type Reader } from './around.ts';
import { type ActDocument, ActRefused, type ActSession } from './session.ts';

/** One use of a secret, as it is now, with what stands around it. */
export interface Use {
	/** The config of the entry; the place can be in its `.env` file. */
	readonly current: ActDocument;
	/** Of the place. */
	readonly uri: string;
	readonly pointer: string;
	readonly server: McpServer | undefined;
	readonly around: Surroundings;
	readonly secret: HeldSecret;
}

/** `written`: it stands in the config. `stored`: in the keychain, and read only after a person said yes. */
export type HeldSecret =
	| { readonly at: 'written'; readonly value: SecretValue }
	| { readonly at: 'stored'; readonly itemId: string; readonly fingerprint: Fingerprint };

/** The index as one question needs it. */
export type Index = ReadOnlyIndex | undefined;

/**
 * Every place of this row where the secret stands, or is approved to be used. What changed meanwhile is left out. `opens`: a person
 * allowed to read the stored text, because only that says where the secret belongs.
 */
export async function usesOf(
	session: ActSession,
	record: CredentialRecord,
	index: Index,
	opens = false,
): Promise<Use[]> {
	const uses: Use[] = [];
	// A variable of a `.env` file is one place for each entry that reads the file; its uses are found at the first.
	const seen = new Set<string>();
	for (const place of record.places) {
		const current = await session.current(place.uri);
		if (!current) continue;
		const written = await writtenUses(session, current, place.pointer, record);
		const key = `${place.uri} ${place.pointer}`;
		if (!seen.has(key)) uses.push(...written);
		seen.add(key);
		if (written.length > 0) continue;
		for (const owner of await ownersOf(session, current, place)) {
			const stored = await storedUse(session, owner, place, record, index);
			if (stored) uses.push(opens && index ? await opened(session, stored, index) : stored);
		}
	}
	return uses;
}

async function writtenUses(
	session: ActSession,
	current: ActDocument,
	pointer: string,
	{ id }: CredentialRecord,
): Promise<Use[]> {
	const credential = current.analysis.credentials.find((c) => c.part.pointer === pointer && c.fingerprint === id);
	if (!credential) return [];
	const { server, secret } = credential;
	const arounds = await aroundLiteral(session, current, credential);
	return arounds.map((around) => ({
		current,
		uri: current.document.uri,
		pointer,
		server,
		around: withInside(around, credential),
		secret: { at: 'written', value: secret },
	}));
}

/** Only an entry that is still as it was approved: what it names as its host was approved with it. */
async function storedUse(
	session: ActSession,
	{ current, server }: Reader,
	{ uri, pointer }: Place,
	{ id }: CredentialRecord,
	index: Index,
): Promise<Use | undefined> {
	const item = index?.items.find(({ fingerprint }) => fingerprint === id);
	if (!index || !item) return undefined;
	const approved = approvedBindings(session, current, server, index);
	if (!approved.some((binding) => binding.itemId === item.id)) return undefined;
	const secret = { at: 'stored', itemId: item.id, fingerprint: item.fingerprint } as const;
	return { current, uri, pointer, server, around: await aroundServer(session, current, server), secret };
}

/** With what stands around the token in the keychain, where it is not all that is stored. @throws ActRefused, StoreError */
async function opened(session: ActSession, use: Use, { fingerprinter }: NonNullable<Index>): Promise<Use> {
	if (use.secret.at === 'written') return use;
	const { inside } = await storedToken(session, use.secret, fingerprinter);
	return inside === undefined ? use : { ...use, around: { ...use.around, inside } };
}

function approvedBindings(
	session: ActSession,
	current: ActDocument,
	server: McpServer,
	index: NonNullable<Index>,
): Binding[] {
	const config = filePath(current.document.uri);
	return config === undefined ? [] : matchingBindings(session.world.home, index, current.document, config, server);
}

/** The token itself. @throws ActRefused, StoreError */
export async function secretOf(
	session: ActSession,
	{ secret }: Use,
	fingerprinter: Fingerprinter,
): Promise<SecretValue> {
	if (secret.at === 'written') return secret.value;
	return (await storedToken(session, secret, fingerprinter)).token;
}

/** @throws ActRefused, StoreError */
export async function storedToken(
	session: ActSession,
	{ itemId, fingerprint }: Pick<Extract<HeldSecret, { at: 'stored' }>, 'itemId' | 'fingerprint'>,
	fingerprinter: Fingerprinter,
): Promise<StoredToken> {
	const text = await session.world.keychain.get(itemId);
	if (!text) throw new ActRefused('The keychain does not hold this secret any more. Run "mcp-hygiene doctor".');
	const stored = tokenIn(text, fingerprint, fingerprinter);
	if (stored) return stored;
	throw new ActRefused(
		'The keychain holds another value than the one that was stored here, so it is not sent. Run "mcp-hygiene doctor".',
	);
}

/** The values beside the token that its issuer wants with it, by variable: written out, or stored and approved. */
export async function companionsOf(
	session: ActSession,
	{ current, server, around }: Use,
	names: readonly string[],
	index: Index,
): Promise<ReadonlyMap<string, SecretValue>> {
	const approved = server && index ? approvedBindings(session, current, server, index) : [];
	const companions = new Map<string, SecretValue>();
	for (const name of names) {
		const written = around.env.get(name);
		const reference = server?.env.find((part) => part.name === name)?.value;
		const itemId = approved.find((binding) => binding.reference === reference)?.itemId;
		const value =
			written === undefined ? itemId && (await session.world.keychain.get(itemId)) : SecretValue.of(written);
		if (value) companions.set(name, value);
	}
	return companions;
}
