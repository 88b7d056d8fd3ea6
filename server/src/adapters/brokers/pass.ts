import { existsSync, readdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { type Broker, type BrokerItem, StoreError } from '../../core/ports.ts';
import { type CredentialReference, parseReference } from '../../core/references.ts';
import { SecretValue } from '../../core/secret-value.ts';
import { safeEnvironment } from '../workload/environment.ts';
import { findExecutable } from '../workload/executable.ts';
import { runTool, type ToolResult } from './command.ts';

export interface PassSettings {
	/** Folder of the store; default `~/.password-store`. */
	readonly store?: string;
	/** GnuPG's folder, where it is not the usual one. */
	readonly gnupgHome?: string;
}

/**
 * `pass`, the password store: `cred://pass/<path>` is the first line of an entry, `cred://pass/<path>/@<field>` the value of
 * its line `field: value`, as the program's own page suggests to write them.
 */
export function passBroker(settings: PassSettings): Broker {
	const store = settings.store ?? join(userInfo().homedir, '.password-store');
	const show = async (path: string): Promise<string> => {
		const result = await pass(settings, store, ['show', path]);
		if (result.code !== 0) throw showFailure(path, result);
		return result.stdout;
	};
	return {
		id: 'pass',
		name: 'pass (password-store)',
		isInstalled: () => program(settings) !== undefined,
		async status() {
			if (!program(settings))
				return { ready: false, message: 'The program "pass" is not installed. Install it, or choose another store.' };
			if (!existsSync(join(store, '.gpg-id')))
				return { ready: false, message: `There is no password store in ${store}. Run "pass init" first.` };
			return { ready: true };
		},
		list: async () => entriesIn(store, ''),
		owns: (reference) => reference.store === 'pass',
		read: async (reference) => SecretValue.of(pick(await show(reference.path), reference)),
		async create(name, value) {
			const path = `mcp/${name}`;
			const reference = parseReference(`cred://pass/${path}`);
			if (!reference)
				throw new StoreError(
					'refused',
					`"${name}" cannot be the name of an entry in pass. Use letters, digits, "-" and "_".`,
				);
			refuseUnstorable(value, store, path);
			const result = await pass(settings, store, ['insert', '--multiline', path], `${value.reveal()}\n`);
			if (result.code !== 0)
				throw new StoreError(
					'failed',
					`pass did not store ${path}. Run "pass insert ${path}" in a terminal to see why.`,
				);
			await verify(settings, store, path, value, show);
			return reference;
		},
	};
}

/** The program overwrites without a question when no terminal is there, so it is looked at beforehand. */
function refuseUnstorable(value: SecretValue, store: string, path: string): void {
	if (existsSync(join(store, `${path}.gpg`))) {
		throw new StoreError('refused', `pass already holds ${path}. Choose that entry, or another name.`);
	}
	if (/[\r\n]/.test(value.reveal())) {
		throw new StoreError(
			'refused',
			'This secret has several lines, and pass keeps a secret in the first line. Use the OS keychain for it.',
		);
	}
}

async function verify(
	settings: PassSettings,
	store: string,
	path: string,
	value: SecretValue,
	show: (path: string) => Promise<string>,
): Promise<void> {
	const back = await show(path).catch((error: unknown) => error);
	if (typeof back === 'string' && firstLine(back) === value.reveal()) return;
	await pass(settings, store, ['rm', '--force', path]);
	if (back instanceof StoreError) throw back;
	throw new StoreError(
		'failed',
		`pass did not give back what was stored under ${path}, so the entry was removed again.`,
	);
}

function pick(text: string, { path, field }: CredentialReference): string {
	if (field === undefined) return firstLine(text);
	const prefix = `${field}:`;
	const line = text.split('\n').find((candidate) => candidate.startsWith(prefix));
	if (line === undefined)
		throw new StoreError(
			'missing',
			`The entry ${path} in pass has no line "${field}: ...". Add it with "pass edit ${path}".`,
		);
	return line.slice(prefix.length).trim();
}

function firstLine(text: string): string {
	return text.split('\n', 1)[0]!.replace(/\r$/, '');
}

function showFailure(path: string, { stderr }: ToolResult): StoreError {
	if (/is not in the password store/.test(stderr))
		return new StoreError(
			'missing',
			`pass holds no entry ${path}. Correct the reference, or run "pass insert ${path}".`,
		);
	// pass runs GnuPG with --quiet, which then says the same of a locked key and of an absent one.
	if (/no secret key|no pinentry|passphrase|cancel/i.test(stderr)) {
		return new StoreError(
			'locked',
			`The GnuPG key that opens ${path} in pass is locked, or not on this machine. Run "pass show ${path}" in a terminal once, then start the server again.`,
		);
	}
	return new StoreError('failed', `pass could not open ${path}. Run "pass show ${path}" in a terminal to see why.`);
}

function program(settings: PassSettings): string | undefined {
	return findExecutable('pass', { path: environment(settings).PATH ?? '', cwd: '/' })?.path;
}

async function pass(
	settings: PassSettings,
	store: string,
	args: readonly string[],
	input?: string,
): Promise<ToolResult> {
	const path = program(settings);
	if (!path)
		throw new StoreError('not-installed', 'The program "pass" is not installed. Install it, or choose another store.');
	const result = runTool({
		program: path,
		args,
		environment: { ...environment(settings), PASSWORD_STORE_DIR: store },
		...(input === undefined ? {} : { input }),
	});
	return result;
}

/**
 * Built, not inherited: variables such as PASSWORD_STORE_EXTENSIONS_DIR or GNUPGHOME from a config would choose other code or
 * another store. GnuPG never asks here: a server's start shows no window, the locked key is reported instead.
 */
function environment(settings: PassSettings): Record<string, string> {
	return {
		...safeEnvironment(process.env),
		...(settings.gnupgHome ? { GNUPGHOME: settings.gnupgHome } : {}),
		PASSWORD_STORE_GPG_OPTS: '--batch --pinentry-mode=error',
		LC_ALL: 'C',
	};
}

const MAX_DEPTH = 8;

/** Entry names are file names; nothing is decrypted. Names that the reference grammar cannot hold are left out. */
function entriesIn(store: string, folder: string, depth = 0): BrokerItem[] {
	if (depth > MAX_DEPTH) return [];
	return entries(join(store, folder)).flatMap((entry) => {
		if (entry.name.startsWith('.')) return [];
		const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
		if (entry.isDirectory()) return entriesIn(store, path, depth + 1);
		if (!path.endsWith('.gpg')) return [];
		const title = path.slice(0, -'.gpg'.length);
		const reference = `cred://pass/${title}`;
		return parseReference(reference) ? [{ reference, title }] : [];
	});
}

function entries(folder: string) {
	try {
		return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
	} catch {
		return [];
	}
}
