import { bindingsOf } from '../../adapters/approvals/approved.ts';
import { filePath } from '../../adapters/files.ts';
import { storeVerified } from '../../adapters/keychain/verified.ts';
import type { StateIndex } from '../../adapters/state/index.ts';
import { type Binding, type StoredSecret, samePlace } from '../../core/bindings/binding.ts';
import type { ConfigDocument } from '../../core/document.ts';
import { proposeLabel } from '../../core/fixes/label.ts';
import type { Broker } from '../../core/ports.ts';
import { readDocument } from '../../core/read.ts';
import { keychainReference, parseReference } from '../../core/references.ts';
import { listWords, plainName } from '../../core/rules/words.ts';
import { applyChanges } from '../../core/text.ts';
import type { Session } from '../session.ts';
import { applyEdits, type DocumentEdit } from './edit.ts';
import { describeItem } from './item.ts';
import { EditUncertain, FixRefused, type Place } from './place.ts';
import { type Placement, placementOf } from './placement.ts';
import { isWaiting } from './prompt.ts';
import { bindingsAfter, type NewReference } from './workload.ts';

/** Stores the secret in the OS keychain, reads it back, binds it, and only then edits the config. */
export async function moveToKeychain(session: Session, place: Place): Promise<string> {
	const placement = await placementOf(session, place);
	const label = labelFor(place, placement);
	const index = await session.world.openIndex();
	const item = describeItem(session, place, label, index);
	await storeVerified(session.world.keychain, item.id, placement.stored);
	try {
		await index.addItem(item);
		await session.answers.follow(session.stamp(place.credential), item.fingerprint);
		await putInPlace(session, placement, index, { reference: keychainReference(label), itemId: item.id });
	} catch (error) {
		if (!(error instanceof EditUncertain)) await takeBack(session, index, item.id);
		throw error;
	}
	return `Moved to the OS keychain as ${keychainReference(label)}.${advice(placement, place)}`;
}

/** The config still holds the secret. An index that fails here has failed before: that is what the person is told. */
async function takeBack(session: Session, index: StateIndex, itemId: string): Promise<void> {
	await index.removeItem(itemId).catch(() => undefined);
	await session.world.keychain.remove(itemId).catch(() => undefined);
}

/** The same secret again: its item is there already, so nothing new is stored. */
export async function useStoredReference(session: Session, place: Place): Promise<string> {
	const placement = await placementOf(session, place);
	const index = await session.world.openIndex();
	const fingerprint = index.fingerprinter.of(place.credential.secret);
	const item = index.items.find((i) => i.fingerprint === fingerprint && !isWaiting(i));
	if (!item) throw new FixRefused('The stored item is not there any more. Move the secret to the keychain again.');
	const stored = await session.world.keychain.get(item.id);
	if (!stored?.equals(placement.stored)) {
		throw new FixRefused(
			'The stored item holds another text than this place needs (a part, or the whole value). Move this one to the keychain as an item of its own.',
		);
	}
	const reference = referenceFor(place, placement, index, item);
	await putInPlace(session, placement, index, { reference, itemId: item.id });
	return `Replaced by the stored reference ${reference}.${advice(placement, place)}`;
}

/** Its own label, unless this entry's label of that name means another secret. */
function referenceFor(place: Place, placement: Placement, index: StateIndex, item: StoredSecret): string {
	const reference = index.bindings.find((b) => b.itemId === item.id)?.reference ?? keychainReference(item.path);
	const isTaken = boundNow(index, placement).some((b) => b.reference === reference && b.itemId !== item.id);
	return isTaken ? keychainReference(labelFor(place, placement)) : reference;
}

function labelFor({ current, credential }: Place, { entries }: Placement): string {
	const configs = entries.map(({ document }) => document);
	return proposeLabel([current.document, ...configs], credential, entries[0]!.server.name);
}

function boundNow(index: StateIndex, { entries }: Placement): Binding[] {
	return entries.flatMap(({ document, server }) => bindingsOf(index, filePath(document.uri)!, server));
}

/** Creates an item in a secret manager (or takes an existing one that holds the same value), and refers to it. */
export async function swapForBroker(
	session: Session,
	place: Place,
	broker: Broker,
	chosen: string | undefined,
): Promise<string> {
	const placement = await placementOf(session, place);
	const status = await broker.status();
	if (!status.ready) throw new FixRefused(status.message);
	const reference = chosen ?? (await broker.create(`mcp/${labelFor(place, placement)}`, placement.stored)).text;
	await verifyBrokerItem(broker, reference, placement);
	const index = await session.world.openIndex();
	try {
		await putInPlace(session, placement, index, { reference });
	} catch (error) {
		if (!(error instanceof FixRefused) || chosen !== undefined) throw error;
		throw new FixRefused(`${error.message} ${broker.name} keeps the new item ${reference}: choose it next time.`);
	}
	return `Replaced by ${reference}.${advice(placement, place)}`;
}

async function verifyBrokerItem(broker: Broker, text: string, { stored }: Placement): Promise<void> {
	const reference = parseReference(text);
	if (!reference || !broker.owns(reference)) throw new FixRefused(`${text} is no reference of ${broker.name}.`);
	const back = await broker.read(reference);
	if (!back.equals(stored)) {
		throw new FixRefused(
			`${text} holds another value than this config, so nothing was changed. Update that item, or let a new one be created.`,
		);
	}
}

/** Binds the reference to what the edited entries will start, then edits. The bindings are as before if the edit does not happen. */
async function putInPlace(
	session: Session,
	placement: Placement,
	index: StateIndex,
	added: NewReference,
): Promise<void> {
	const edits = await placement.edits(added.reference);
	const before = boundNow(index, placement);
	const bindings = await newBindings(session, placement, edits, index, added);
	await index.bind(...bindings);
	const servers = listWords([...new Set(placement.entries.map(({ server }) => server.name))]);
	const outcome = await applyEdits(session, edits, `Move the credential of ${servers} out of the config`);
	if (outcome === 'applied') return;
	if (outcome === 'unknown') throw new EditUncertain(added.reference);
	// What was there comes back first: a failure after that leaves an approval of an entry that nobody wrote.
	await index.bind(...before);
	await index.unbind(...bindings.filter((binding) => !before.some((one) => samePlace(one, binding))));
	throw new FixRefused(
		'The editor did not make the change (the config was edited meanwhile, or is read-only), so everything was put back. Open the light bulb again.',
	);
}

async function newBindings(
	session: Session,
	placement: Placement,
	edits: readonly DocumentEdit[],
	index: StateIndex,
	added: NewReference,
): Promise<Binding[]> {
	const written = await placement.written(edits);
	const edited = new Map(edits.map((edit) => [edit.current.document.uri, editedDocument(edit)]));
	return placement.entries.flatMap(({ document, server }) => {
		const after = edited.get(document.uri) ?? document;
		const bindings = bindingsAfter(session, index, document, after, server, added, written);
		if (bindings.some(({ reference }) => reference === added.reference)) return bindings;
		throw new FixRefused(
			`The launcher would look for the file of "${plainName(server.name)}" elsewhere. Write its whole path, or \${workspaceFolder}/ before it.`,
		);
	});
}

function editedDocument({ current, changes }: DocumentEdit): ConfigDocument {
	const { uri, text, dialect, scope } = current.document;
	return readDocument(uri, applyChanges(text, changes), dialect, scope);
}

function advice({ caveat, entries }: Placement, { credential }: Place): string {
	const starts = entries.length === 1 ? 'Save the file; the server starts' : 'Save the files; the servers start';
	return `${caveat ? ` ${caveat}` : ''} ${starts} through the launcher. The old value stays in the file’s history and backups until you rotate it at ${credential.classification.issuerName}.`;
}
