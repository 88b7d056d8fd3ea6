import { storeVerified } from '../../adapters/keychain/verified.ts';
import type { StateIndex } from '../../adapters/state/index.ts';
import type { StoredSecret } from '../../core/binding.ts';
import { proposeLabel } from '../../core/fixes/label.ts';
import { type MovePlan, planMove } from '../../core/fixes/move.ts';
import { isRefusal } from '../../core/fixes/target.ts';
import type { Broker } from '../../core/ports.ts';
import { readDocument } from '../../core/read.ts';
import { keychainReference, parseReference } from '../../core/references.ts';
import { applyChanges, type TextChange } from '../../core/text.ts';
import { filePath, type Session } from '../session.ts';
import { applyEdit } from './edit.ts';
import { describeItem } from './item.ts';
import { EditUncertain, FixRefused, type Place } from './place.ts';
import { isWaiting } from './prompt.ts';
import { bindingsAfter, bindingsOf, type NewReference } from './workload.ts';

/** Stores the secret in the OS keychain, reads it back, binds it, and only then edits the config. */
export async function moveToKeychain(session: Session, place: Place): Promise<string> {
	const plan = movePlan(place);
	const label = proposeLabel(place.current.document, place.credential);
	const index = await session.world.openIndex();
	const item = describeItem(session, place, label, index);
	await storeVerified(session.world.keychain, item.id, plan.stored);
	try {
		await index.addItem(item);
		await session.answers.follow(session.stamp(place.credential), item.fingerprint);
		await putInPlace(session, place, plan, index, { reference: keychainReference(label), itemId: item.id });
	} catch (error) {
		if (!(error instanceof EditUncertain)) await takeBack(session, index, item.id);
		throw error;
	}
	return `Moved to the OS keychain as ${keychainReference(label)}.${advice(plan, place)}`;
}

/** The config still holds the secret. An index that fails here has failed before: that is what the person is told. */
async function takeBack(session: Session, index: StateIndex, itemId: string): Promise<void> {
	await index.removeItem(itemId).catch(() => undefined);
	await session.world.keychain.remove(itemId).catch(() => undefined);
}

/** The same secret again: its item is there already, so nothing new is stored. */
export async function useStoredReference(session: Session, place: Place): Promise<string> {
	const plan = movePlan(place);
	const index = await session.world.openIndex();
	const fingerprint = index.fingerprinter.of(place.credential.secret);
	const item = index.items.find((i) => i.fingerprint === fingerprint && !isWaiting(i));
	if (!item) throw new FixRefused('The stored item is not there any more. Move the secret to the keychain again.');
	const stored = await session.world.keychain.get(item.id);
	if (!stored?.equals(plan.stored)) {
		throw new FixRefused(
			'The stored item holds another text than this place needs (a part, or the whole value). Move this one to the keychain as an item of its own.',
		);
	}
	const reference = referenceFor(place, index, item);
	await putInPlace(session, place, plan, index, { reference, itemId: item.id });
	return `Replaced by the stored reference ${reference}.${advice(plan, place)}`;
}

/** Its own label, unless this entry's label of that name means another secret. */
function referenceFor({ current, credential }: Place, index: StateIndex, item: StoredSecret): string {
	const reference = index.bindings.find((b) => b.itemId === item.id)?.reference ?? keychainReference(item.path);
	const here = bindingsOf(index, filePath(current.document.uri)!, credential.server!.name);
	const isTaken = here.some((b) => b.reference === reference && b.itemId !== item.id);
	return isTaken ? keychainReference(proposeLabel(current.document, credential)) : reference;
}

/** Creates an item in a secret manager (or takes an existing one that holds the same value), and refers to it. */
export async function swapForBroker(
	session: Session,
	place: Place,
	broker: Broker,
	chosen: string | undefined,
): Promise<string> {
	const plan = movePlan(place);
	const status = await broker.status();
	if (!status.ready) throw new FixRefused(status.message);
	const reference =
		chosen ?? (await broker.create(`mcp/${proposeLabel(place.current.document, place.credential)}`, plan.stored)).text;
	await verifyBrokerItem(broker, reference, plan);
	const index = await session.world.openIndex();
	try {
		await putInPlace(session, place, plan, index, { reference });
	} catch (error) {
		if (!(error instanceof FixRefused) || chosen !== undefined) throw error;
		throw new FixRefused(`${error.message} ${broker.name} keeps the new item ${reference}: choose it next time.`);
	}
	return `Replaced by ${reference}.${advice(plan, place)}`;
}

async function verifyBrokerItem(broker: Broker, text: string, plan: MovePlan): Promise<void> {
	const reference = parseReference(text);
	if (!reference || !broker.owns(reference)) throw new FixRefused(`${text} is no reference of ${broker.name}.`);
	const back = await broker.read(reference);
	if (!back.equals(plan.stored)) {
		throw new FixRefused(
			`${text} holds another value than this config, so nothing was changed. Update that item, or let a new one be created.`,
		);
	}
}

function movePlan({ current, credential }: Place): MovePlan {
	const plan = planMove(current.document, credential);
	const refusal = isRefusal(plan) ? plan : plan.tried();
	if (refusal) throw new FixRefused(refusal.refused);
	return plan as MovePlan;
}

/** Binds the reference to what the edited entry will start, then edits. The bindings are as before if the edit does not happen. */
async function putInPlace(
	session: Session,
	{ current, credential }: Place,
	plan: MovePlan,
	index: StateIndex,
	added: NewReference,
): Promise<void> {
	const { document } = current;
	const server = credential.server!.name;
	const { command } = await session.world.installLauncher(document.scope);
	const changes = plan.changes(added.reference, command);
	const before = bindingsOf(index, filePath(document.uri)!, server);
	const bindings = bindingsAfter(session, index, document, edited(current, changes), server, added);
	for (const binding of bindings) await index.bind(binding);
	const outcome = await applyEdit(session, current, changes, `Move the credential of ${server} out of the config`);
	if (outcome === 'applied') return;
	if (outcome === 'unknown') throw new EditUncertain(added.reference);
	for (const binding of bindings) await index.unbind(binding);
	for (const binding of before) await index.bind(binding);
	throw new FixRefused(
		'The editor did not make the change (the config was edited meanwhile, or is read-only), so everything was put back. Open the light bulb again.',
	);
}

function edited(current: Place['current'], changes: readonly TextChange[]) {
	const { uri, text, dialect, scope } = current.document;
	return readDocument(uri, applyChanges(text, changes), dialect, scope);
}

function advice(plan: MovePlan, { credential }: Place): string {
	const caveat = plan.caveat ? ` ${plan.caveat}` : '';
	return `${caveat} Save the file; the server starts through the launcher. The old value stays in the file’s history and backups until you rotate it at ${credential.classification.issuerName}.`;
}
