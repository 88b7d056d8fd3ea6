import { randomUUID } from 'node:crypto';
import { storeVerified } from '../adapters/keychain/verified.ts';
import { withSecretLock } from '../adapters/state/secret-lock.ts';
import type { StoredSecret } from '../core/bindings/binding.ts';
import { nameOfStored } from '../core/inventory/record.ts';
import { plainName } from '../core/names-shown.ts';
import { keychainReference, parseReference } from '../core/references.ts';
import { plain } from '../core/report/words.ts';
import { SecretValue } from '../core/secret-value.ts';
import { type Command, type Context, EXIT } from './context.ts';
import { CommandError } from './error.ts';
import { identify } from './identify.ts';
import { openState, readState } from './state.ts';
import { noPositionals, oneOf, parse, UsageError } from './usage.ts';

/** `store put|get|list|remove`: the secrets that this tool keeps in the OS keychain. */
export const store: Command = async (args, context) => {
	const [action, ...rest] = args;
	switch (action) {
		case 'put':
			return put(rest, context);
		case 'get':
			return get(rest, context);
		case 'list':
			return list(rest, context);
		case 'remove':
			return remove(rest, context);
		default:
			throw new UsageError('store is followed by put, get, list or remove.');
	}
};

const put: Command = async (args, context) => {
	const { positionals } = parse(args, {});
	const [path, ...more] = positionals;
	if (more.length > 0) {
		throw new UsageError(
			'store put takes no value as an argument, because other programs can read arguments. Pipe it in, or run "mcp-hygiene store put PATH" and type it.',
		);
	}
	const reference = referenceOf(path);
	const index = await openState(context);
	if (index.items.some((item) => item.path === path)) {
		throw new CommandError(
			`${reference} is already stored. Choose another path, or remove it first with "mcp-hygiene store remove ${path}".`,
		);
	}
	const value = await readValue(reference, context);
	const { secret, ...kind } = identify(value);
	const item: StoredSecret = {
		id: randomUUID(),
		path: path!,
		fingerprint: index.fingerprinter.of(secret),
		...kind,
		storedAt: context.now(),
	};
	const keychain = await context.keychain();
	await storeVerified(keychain, item.id, value);
	try {
		await index.addItem(item);
	} catch (error) {
		// What no index knows could never be listed or removed.
		await keychain.remove(item.id).catch(() => undefined);
		throw error;
	}
	context.err(
		`Stored as ${reference} (${item.kindName}). Write that reference where the token stood, start the server, then run "mcp-hygiene approve".\n`,
	);
	return EXIT.ok;
};

/** A path is a label of the person's own; anything that could not stand in a config is refused here. */
function referenceOf(path: string | undefined): string {
	if (path === undefined) throw new UsageError('store put needs a PATH, such as github/issues.');
	const reference = keychainReference(path);
	if (parseReference(reference)?.path !== path) {
		throw new UsageError('A PATH is made of letters, digits and -_.: with / between its parts, such as github/issues.');
	}
	return reference;
}

async function readValue(reference: string, context: Context): Promise<SecretValue> {
	const text = (await context.isInteractive())
		? await context.ask(`Value for ${reference} (what you type is not shown): `, { hidden: true })
		: Buffer.from(await context.readInput()).toString('utf8');
	const value = text.replace(/\r?\n$/, '');
	if (value === '') throw new CommandError('No value was given, so nothing was stored.');
	if (/[\r\n\0]/.test(value) && !value.startsWith('-----BEGIN ')) {
		throw new CommandError(
			'The value has several lines, so nothing was stored. A token is one line; pipe in that line alone.',
		);
	}
	return SecretValue.of(value);
}

const get: Command = async (args, context) => {
	const { values, positionals } = parse(args, { reveal: { type: 'boolean', default: false } });
	const item = await itemNamed(positionals, 'get', context);
	if (!values.reveal) throw new UsageError('store get shows a secret only with --reveal.');
	if (!(await context.isInteractive())) {
		throw new CommandError(
			'A secret is shown to a person on a terminal only. To hand it to a program, start that program with "mcp-hygiene run".',
		);
	}
	const answer = await context.ask(`Show the value of ${keychainReference(item.path)} on this screen? Type yes: `);
	if (answer.trim() !== 'yes') throw new CommandError('Not shown.');
	const value = await (await context.keychain()).get(item.id);
	if (!value)
		throw new CommandError(
			'The keychain no longer holds it. Remove it with "mcp-hygiene store remove" and store it again.',
		);
	context.out(`${value.reveal()}\n`);
	return EXIT.ok;
};

const list: Command = async (args, context) => {
	const { values, positionals } = parse(args, { format: { type: 'string', default: 'text' } });
	noPositionals(positionals, 'store list');
	const format = oneOf(values.format, ['text', 'json'], '--format');
	const state = await readState(context);
	const rows = (state?.items ?? []).map((item) => ({
		reference: keychainReference(item.path),
		id: item.id,
		issuer: item.issuer,
		kind: nameOfStored(item),
		stored: new Date(item.storedAt).toISOString(),
		bindings: state?.bindings.filter((binding) => binding.itemId === item.id).length ?? 0,
	}));
	if (format === 'json') context.out(`${JSON.stringify(rows, null, '\t')}\n`);
	else if (rows.length === 0) context.out('Nothing is stored yet.\n');
	for (const row of format === 'text' ? rows : []) {
		const uses = row.bindings === 0 ? 'bound to no server' : `bound ${row.bindings}x`;
		context.out(
			`${plain(row.reference)}  ${plain(row.kind)}, stored ${row.stored.slice(0, 10)}, ${uses}, id ${row.id}\n`,
		);
	}
	return EXIT.ok;
};

const remove: Command = async (args, context) => {
	const { values, positionals } = parse(args, { yes: { type: 'boolean', default: false } });
	const item = await itemNamed(positionals, 'remove', context);
	if (!values.yes) await confirmRemoval(item, context);
	await withSecretLock(context.stateDir, item.fingerprint, async () => {
		const index = await openState(context);
		// The keychain first: an index entry without a value can be removed again, a value that nobody knows of cannot.
		await (await context.keychain()).remove(item.id);
		await index.removeItem(item.id);
	});
	context.err(
		`Removed ${keychainReference(item.path)}. The token itself still works: revoke it where it was issued.\n`,
	);
	return EXIT.ok;
};

async function confirmRemoval(item: StoredSecret, context: Context): Promise<void> {
	if (!(await context.isInteractive())) throw new CommandError('Removing loses the value. Say --yes if that is meant.');
	const users = ((await readState(context))?.bindings ?? []).filter((binding) => binding.itemId === item.id);
	for (const { workload } of users)
		context.err(
			`Used by server ${plain(plainName(workload.server))} in ${plain(workload.config)}, which then cannot start.\n`,
		);
	const answer = await context.ask(`Remove ${keychainReference(item.path)} for good? Type yes: `);
	if (answer.trim() !== 'yes') throw new CommandError('Nothing was removed.');
}

/** An item by its path, its reference or its id. Two repositories may use one path, then only the id tells. */
async function itemNamed(positionals: readonly string[], action: string, context: Context): Promise<StoredSecret> {
	const [name, ...more] = positionals;
	if (name === undefined || more.length > 0)
		throw new UsageError(`store ${action} needs one PATH; "mcp-hygiene store list" shows them.`);
	const items = (await readState(context))?.items ?? [];
	const matches = items.filter(
		(item) => item.id === name || item.path === name || keychainReference(item.path) === name,
	);
	if (matches.length > 1)
		throw new CommandError(
			`Several secrets are stored under that path. Name one by its id: ${matches.map((m) => m.id).join(', ')}`,
		);
	if (!matches[0]) throw new CommandError('Nothing is stored under that path. "mcp-hygiene store list" shows what is.');
	return matches[0];
}
