import { type Broker, type BrokerItem, StoreError } from '../../core/ports.ts';
import { parseReference } from '../../core/references.ts';
import { SecretValue } from '../../core/secret-value.ts';
import { safeEnvironment } from '../workload/environment.ts';
import { findExecutable, windowsExtensions } from '../workload/executable.ts';
import { runTool, type ToolResult } from './command.ts';

export interface OnePasswordSettings {
	/** Account as `--account` takes it; default: the one that `op` is signed in to. */
	readonly account?: string;
	/** Vault for new items; default: the account's own. */
	readonly vault?: string;
}

/**
 * 1Password through its program `op`, by the commands that developer.1password.com/docs/cli documents (read 2026-11): `op read`,
 * `op item list`, `op item create -` with the item as JSON on stdin. References are 1Password's own `op://vault/item/field`.
 */
export function onePassword(settings: OnePasswordSettings): Broker {
	return {
		id: 'op',
		name: '1Password',
		isInstalled: () => program() !== undefined,
		async status() {
			if (!program())
				return { ready: false, message: 'The program "op" is not installed. Install the 1Password command-line tool.' };
			const result = await op(settings, ['account', 'list', '--format', 'json']);
			const accounts = result.code === 0 ? parseList(result.stdout) : [];
			return accounts.length > 0 ? { ready: true } : { ready: false, message: NOT_SIGNED_IN };
		},
		async list() {
			return itemsOf(await listItems(settings));
		},
		owns: (reference) => reference.scheme === 'op',
		async read(reference) {
			const result = await op(settings, ['read', '--no-newline', reference.text]);
			if (result.code !== 0) throw failure(result, reference.text);
			return SecretValue.of(result.stdout);
		},
		async create(name, value) {
			const taken = (await listItems(settings)).some((item) => item.title === name && inVault(item, settings.vault));
			if (taken)
				throw new StoreError(
					'refused',
					`1Password already holds an item "${name}". Choose that item, or another name.`,
				);
			const item = await createItem(settings, name, value);
			const reference = parseReference(`op://${item.vault.id}/${item.id}/credential`);
			if (!reference)
				throw new StoreError('failed', 'op created the item, but did not say where. Look for it in 1Password.');
			const back = await this.read(reference);
			if (back.equals(value)) return reference;
			await op(settings, ['item', 'delete', item.id, '--vault', item.vault.id]);
			throw new StoreError('failed', '1Password did not give back what was stored, so the new item was removed again.');
		},
	};
}

const NOT_SIGNED_IN =
	'op is not signed in. Turn on "Integrate with 1Password CLI" in the 1Password app, or run "op signin".';

interface Item {
	readonly id: string;
	readonly title: string;
	readonly category?: string;
	readonly vault: { readonly id: string; readonly name?: string };
}

async function createItem(settings: OnePasswordSettings, title: string, value: SecretValue): Promise<Item> {
	const template = {
		title,
		category: 'API_CREDENTIAL',
		fields: [{ id: 'credential', type: 'CONCEALED', label: 'credential', value: value.reveal() }],
	};
	const vault = settings.vault ? ['--vault', settings.vault] : [];
	const result = await op(settings, ['item', 'create', ...vault, '--format', 'json', '-'], JSON.stringify(template));
	if (result.code !== 0) throw failure(result, title);
	const item = parse(result.stdout);
	if (isItem(item)) return item;
	throw new StoreError('failed', 'op answered in a form that is not understood. Update op, then try again.');
}

async function listItems(settings: OnePasswordSettings): Promise<Item[]> {
	const result = await op(settings, ['item', 'list', '--format', 'json']);
	if (result.code !== 0) throw failure(result, 'the list of items');
	return parseList(result.stdout).filter(isItem);
}

function inVault(item: Item, vault: string | undefined): boolean {
	return vault === undefined || item.vault.name === vault || item.vault.id === vault;
}

/** The field that holds the secret, by what kind of item it is. Other kinds hold no token. */
const SECRET_FIELD: Readonly<Record<string, string>> = {
	API_CREDENTIAL: 'credential',
	LOGIN: 'password',
	PASSWORD: 'password',
};

/** Names where the grammar can hold them and they are unique, ids elsewhere. */
function itemsOf(items: readonly Item[]): BrokerItem[] {
	return items.flatMap((item) => {
		const field = SECRET_FIELD[item.category ?? ''];
		if (!field) return [];
		const isUnique =
			items.filter((other) => other.title === item.title && other.vault.id === item.vault.id).length === 1;
		const vault = isPlain(item.vault.name) ? item.vault.name : item.vault.id;
		const name = isUnique && isPlain(item.title) ? item.title : item.id;
		const reference = `op://${vault}/${name}/${field}`;
		return parseReference(reference)
			? [{ reference, title: `${item.vault.name ?? item.vault.id} / ${item.title}` }]
			: [];
	});
}

function isPlain(name: string | undefined): name is string {
	return name !== undefined && /^[A-Za-z0-9_.:-]{1,128}$/.test(name);
}

function failure({ stderr }: ToolResult, what: string): StoreError {
	if (/isn't an item|could not find|not found|isn't a vault|does not have a field/i.test(stderr)) {
		return new StoreError('missing', `1Password does not hold ${what}. Correct the reference.`);
	}
	if (/dismissed|denied|forbidden|permission/i.test(stderr)) {
		return new StoreError(
			'refused',
			`1Password did not allow access to ${what}. Allow it in the 1Password app, then try again.`,
		);
	}
	if (/sign(?:ed)? ?in|no account|session expired|locked/i.test(stderr)) return new StoreError('locked', NOT_SIGNED_IN);
	return new StoreError('failed', `op failed for ${what}. Run "op item list" in a terminal to see why.`);
}

function program(): string | undefined {
	const { PATH, Path, PATHEXT } = safeEnvironment(process.env);
	const extensions = process.platform === 'win32' ? { extensions: windowsExtensions(PATHEXT) } : {};
	return findExecutable('op', { path: PATH ?? Path ?? '', cwd: '/', ...extensions })?.path;
}

/** In an environment that we build: OP_CONNECT_HOST or OP_SERVICE_ACCOUNT_TOKEN from a config would choose another account. */
async function op(settings: OnePasswordSettings, args: readonly string[], input?: string): Promise<ToolResult> {
	const path = program();
	if (!path)
		throw new StoreError(
			'not-installed',
			'The program "op" is not installed. Install the 1Password command-line tool.',
		);
	const account = settings.account ? ['--account', settings.account] : [];
	return runTool({
		program: path,
		args: [...args, ...account],
		environment: safeEnvironment(process.env),
		...(input === undefined ? {} : { input }),
	});
}

function isItem(value: unknown): value is Item {
	const item = value as Partial<Item> | null;
	return typeof item?.id === 'string' && typeof item.title === 'string' && typeof item.vault?.id === 'string';
}

function parseList(text: string): unknown[] {
	const data = parse(text);
	return Array.isArray(data) ? data : [];
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
