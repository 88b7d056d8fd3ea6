/**
 * What an item of ours looks like in the keychain: JSON with the value, so that an item explains itself when the index is
 * lost, split into parts where the platform limits an item's length.
 */
export interface Envelope {
	readonly v: 1;
	/** The account it was written under; an item copied to another account is not accepted. */
	readonly id: string;
	/** Epoch milliseconds. */
	readonly created: number;
	/** The secret; absent when it is split. */
	readonly value?: string;
	/** The value is split: into so many parts, which together are the base64 of its UTF-8. */
	readonly parts?: { readonly count: number; readonly generation: string };
}

/** Characters in one item. Windows keeps at most 2,560 bytes (CRED_MAX_CREDENTIAL_BLOB_SIZE) and the library writes UTF-16. */
export function itemLimit(platform: NodeJS.Platform): number {
	return platform === 'win32' ? 1_200 : Number.POSITIVE_INFINITY;
}

export interface WrittenItem {
	readonly account: string;
	readonly text: string;
}

/** The items to write, parts first, so that the envelope never names a part that is not there yet. */
export function wrap(id: string, value: string, created: number, limit: number, generation: string): WrittenItem[] {
	const whole = JSON.stringify({ v: 1, id, created, value } satisfies Envelope);
	if (whole.length <= limit) return [{ account: id, text: whole }];
	const encoded = Buffer.from(value, 'utf8').toString('base64');
	const pieces = encoded.match(new RegExp(`.{1,${limit}}`, 'gs')) ?? [];
	const head: Envelope = { v: 1, id, created, parts: { count: pieces.length, generation } };
	const accounts = partAccounts(head);
	return [...pieces.map((text, i) => ({ account: accounts[i]!, text })), { account: id, text: JSON.stringify(head) }];
}

/** Accounts of the parts, in order. The generation keeps a new value's parts apart from those it replaces. */
export function partAccounts({ id, parts }: Envelope): string[] {
	return Array.from({ length: parts?.count ?? 0 }, (_, i) => `${id}.${parts!.generation}.${i}`);
}

/** Undefined for anything that is not an envelope of this account. */
export function readEnvelope(id: string, text: string): Envelope | undefined {
	const data = parseJson(text);
	if (typeof data !== 'object' || data === null) return undefined;
	const envelope = data as Partial<Envelope>;
	if (envelope.v !== 1 || envelope.id !== id || typeof envelope.created !== 'number') return undefined;
	if (typeof envelope.value === 'string') return envelope as Envelope;
	return isParts(envelope.parts) ? (envelope as Envelope) : undefined;
}

const MOST_PARTS = 10_000;

function isParts(parts: Envelope['parts']): boolean {
	return (
		typeof parts?.generation === 'string' &&
		Number.isInteger(parts.count) &&
		parts.count > 0 &&
		parts.count <= MOST_PARTS
	);
}

export function joinParts(texts: readonly string[]): string {
	return Buffer.from(texts.join(''), 'base64').toString('utf8');
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
