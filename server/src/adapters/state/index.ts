import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Binding, type StoredSecret, samePlace } from '../../core/bindings/binding.ts';
import type { SecretStore } from '../../core/ports.ts';
import { Fingerprinter } from '../../core/secret-value.ts';
import { ensureFolder } from './directory.ts';
import {
	authenticate,
	fingerprintKey,
	type IndexKey,
	isAuthentic,
	newIndexKey,
	readIndexKey,
	writeIndexKey,
} from './index-key.ts';
import { withLock } from './lock.ts';
import { writePrivate } from './write-private.ts';

/** The person's index: which stored items exist, and what each label is approved for. */
export interface StateIndex {
	/** As of the last read or write through this object. */
	readonly items: readonly StoredSecret[];
	readonly bindings: readonly Binding[];
	/** For fingerprints that are kept: the same secret has the same fingerprint in every session of this person. */
	readonly fingerprinter: Fingerprinter;
	addItem(item: StoredSecret): Promise<void>;
	/** Removes the item and its bindings from the index; the keychain is the caller's. */
	removeItem(id: string): Promise<void>;
	/** Adds these in one write, all or none; one for the same config, server, reference and target is replaced. */
	bind(...bindings: readonly Binding[]): Promise<void>;
	unbind(...bindings: readonly Binding[]): Promise<void>;
	/** Reads the file again. */
	reload(): Promise<void>;
	/** Writes an empty index where there is none, so that fingerprints mean the same in the next session. */
	establish(): Promise<void>;
}

export type IndexFailure = 'damaged' | 'forged' | 'rolled-back' | 'key-missing' | 'unreadable';

/** One line for people with the way out. */
export class IndexError extends Error {
	override readonly name = 'IndexError';
	readonly failure: IndexFailure;

	constructor(failure: IndexFailure, path: string) {
		super(
			`${REASONS[failure]} Nothing is released from it. Run "mcp-hygiene doctor --reset-index", which moves ${path} aside, and approve your servers again; your secrets stay in the keychain.`,
		);
		this.failure = failure;
	}
}

const REASONS: Record<IndexFailure, string> = {
	damaged: 'The index of approved servers is damaged.',
	forged: 'The index of approved servers was changed by something else than mcp-hygiene.',
	'rolled-back': 'The index of approved servers is an older copy than the newest one.',
	'key-missing': 'The key of the index of approved servers is no longer in the keychain.',
	unreadable: 'The index of approved servers cannot be read.',
};

interface Content {
	readonly counter: number;
	readonly items: readonly StoredSecret[];
	readonly bindings: readonly Binding[];
}

export function indexPath(stateDir: string): string {
	return join(stateDir, 'index.json');
}

/**
 * Opens the index. An absent file is an empty index; a file that is not authentic is an error, never an empty one.
 *
 * @param store where the key rests: the keychain, or `keyFileStore`.
 * @throws IndexError, or the store's StoreError.
 */
export async function openIndex(stateDir: string, store: SecretStore): Promise<StateIndex> {
	const path = indexPath(stateDir);
	const key = (await readIndexKey(store)) ?? (await createKey(stateDir, path, store));
	let content = readContent(path, key);

	async function change(edit: (now: Content) => Omit<Content, 'counter'>): Promise<void> {
		ensureFolder(stateDir);
		await withLock(`${path}.lock`, async () => {
			const newest = await readIndexKey(store);
			if (!newest) throw new IndexError('key-missing', path);
			const now = readContent(path, newest);
			content = { ...edit(now), counter: Math.max(now.counter, newest.counter) + 1 };
			// The file first: a crash in between leaves a file newer than the keychain says, which is accepted.
			writePrivate(path, print(content, newest));
			await writeIndexKey(store, { key: newest.key, counter: content.counter });
		});
	}

	return {
		get items() {
			return content.items;
		},
		get bindings() {
			return content.bindings;
		},
		fingerprinter: new Fingerprinter(fingerprintKey(key)),
		addItem: (item) =>
			change((now) => ({ ...now, items: [...now.items.filter((other) => other.id !== item.id), item] })),
		removeItem: (id) =>
			change((now) => ({
				items: now.items.filter((item) => item.id !== id),
				bindings: now.bindings.filter((binding) => binding.itemId !== id),
			})),
		bind: (...added) => change((now) => ({ ...now, bindings: [...without(now.bindings, added), ...added] })),
		unbind: (...gone) => change((now) => ({ ...now, bindings: without(now.bindings, gone) })),
		async reload() {
			const newest = await readIndexKey(store);
			if (!newest) throw new IndexError('key-missing', path);
			content = readContent(path, newest);
		},
		async establish() {
			if (readText(path) === undefined) await change((now) => now);
		},
	};
}

function without(bindings: readonly Binding[], gone: readonly Binding[]): Binding[] {
	return bindings.filter((binding) => !gone.some((one) => samePlace(binding, one)));
}

/** Two processes may open the first index at once; both must end with one key. */
async function createKey(stateDir: string, path: string, store: SecretStore): Promise<IndexKey> {
	ensureFolder(stateDir);
	return withLock(`${path}.lock`, async () => {
		const made = await readIndexKey(store);
		if (made) return made;
		if (readText(path) !== undefined) throw new IndexError('key-missing', path);
		const key = newIndexKey();
		await writeIndexKey(store, key);
		return key;
	});
}

export interface ReadOnlyIndex {
	readonly items: readonly StoredSecret[];
	readonly bindings: readonly Binding[];
	readonly fingerprinter: Fingerprinter;
}

/** For the launcher: reads and checks, and creates nothing. Undefined when no index was ever made. */
export async function readIndex(stateDir: string, store: SecretStore): Promise<ReadOnlyIndex | undefined> {
	const path = indexPath(stateDir);
	if (readText(path) === undefined) return undefined;
	const key = await readIndexKey(store);
	if (!key) throw new IndexError('key-missing', path);
	const { items, bindings } = readContent(path, key);
	return { items, bindings, fingerprinter: new Fingerprinter(fingerprintKey(key)) };
}

/**
 * The items that these references would mean if the index is authentic, without looking whether it is. Only good for starting
 * to read them early, and for saying who is about to: what is released is decided by {@link readIndex}.
 */
export function unverifiedItems(
	stateDir: string,
	references: ReadonlySet<string>,
): Pick<StoredSecret, 'id' | 'fingerprint'>[] {
	const content: { readonly bindings?: unknown; readonly items?: unknown } | undefined = parse(
		readText(indexPath(stateDir)) ?? '',
	)?.content;
	const bound = objectsIn<Binding>(content?.bindings).flatMap(({ reference, itemId }) =>
		reference !== undefined && references.has(reference) ? [itemId] : [],
	);
	return objectsIn<StoredSecret>(content?.items).flatMap(({ id, fingerprint }) =>
		typeof id === 'string' && typeof fingerprint === 'string' && bound.includes(id) ? [{ id, fingerprint }] : [],
	);
}

function objectsIn<T>(value: unknown): Partial<T>[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

interface IndexFile {
	readonly version: 1;
	readonly mac: string;
	readonly content: Content;
}

function print(content: Content, key: IndexKey): string {
	const file: IndexFile = { version: 1, mac: authenticate(key, JSON.stringify(content)), content };
	return `${JSON.stringify(file, null, '\t')}\n`;
}

function readContent(path: string, key: IndexKey): Content {
	const text = readText(path);
	if (text === undefined) return { counter: key.counter, items: [], bindings: [] };
	const file = parse(text);
	if (!file) throw new IndexError('damaged', path);
	// Parsing and printing again gives the same text, so the layout of the file is not part of what is authenticated.
	if (!isAuthentic(key, JSON.stringify(file.content), file.mac)) throw new IndexError('forged', path);
	if (file.content.counter < key.counter) throw new IndexError('rolled-back', path);
	return file.content;
}

function parse(text: string): IndexFile | undefined {
	try {
		const file = JSON.parse(text) as IndexFile;
		return file.version === 1 && typeof file.mac === 'string' && isObject(file.content) ? file : undefined;
	} catch {
		return undefined;
	}
}

function readText(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw new IndexError('unreadable', path);
	}
}
