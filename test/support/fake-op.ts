import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FakeOp {
	/** Folder to put on PATH. */
	readonly folder: string;
	/** Every call: a JSON line with argv, and the names of the environment it got. */
	readonly log: string;
}

/**
 * A stand-in for 1Password's `op`, because the real one needs an account. It speaks the documented commands that the adapter
 * uses: `account list`, `item list`, `item create -`, `item delete`, `read --no-newline`, with op's words for errors.
 */
export function fakeOp(folder: string, options: { readonly signedIn?: boolean } = {}): FakeOp {
	mkdirSync(folder, { recursive: true });
	const [log, data, program] = [join(folder, 'calls.log'), join(folder, 'items.json'), join(folder, 'op')];
	writeFileSync(data, '[]');
	writeFileSync(log, '');
	const settings = JSON.stringify({ log, data, signedIn: options.signedIn ?? true });
	writeFileSync(program, `#!${process.execPath}\n(${program_.toString()})(${settings});\n`);
	chmodSync(program, 0o755);
	return { folder, log };
}

/** The program itself: written to a file, so it uses nothing of this module. */
function program_(settings: { log: string; data: string; signedIn: boolean }): void {
	const fs = process.getBuiltinModule('node:fs');
	const args = process.argv.slice(2).filter((arg, i, all) => arg !== '--format' && all[i - 1] !== '--format');
	fs.appendFileSync(
		settings.log,
		`${JSON.stringify({ argv: process.argv.slice(2), env: Object.keys(process.env) })}\n`,
	);
	const items = JSON.parse(fs.readFileSync(settings.data, 'utf8'));
	const fail = (message: string): never => {
		process.stderr.write(`[ERROR] 2026/11/24 12:00:00 ${message}\n`);
		process.exit(1);
	};
	const print = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
	const command = args.slice(0, 2).join(' ');
	if (command === 'account list') {
		print(settings.signedIn ? [{ url: 'my.1password.com', user_uuid: 'U' }] : []);
		return;
	}
	if (!settings.signedIn) fail('You are not currently signed in. Please run `op signin --help` for instructions');
	if (command === 'item list') print(items.map(({ fields: _, ...item }: { fields: unknown }) => item));
	else if (command === 'item create') {
		if (args.at(-1) !== '-') fail('expected the template on stdin');
		const template = JSON.parse(fs.readFileSync(0, 'utf8'));
		const vault = args[args.indexOf('--vault') + 1] ?? 'Private';
		const item = {
			id: `item${items.length}abcdef`,
			title: template.title,
			category: template.category,
			vault: { id: 'vault1', name: vault },
			fields: template.fields,
		};
		fs.writeFileSync(settings.data, JSON.stringify([...items, item]));
		print(item);
	} else if (args[0] === 'read') {
		const [, vault, name, field] = /^op:\/\/([^/]+)\/([^/]+)\/(.+)$/.exec(args.at(-1) ?? '') ?? [];
		const item = items.find(
			(i: { id: string; title: string; vault: { id: string; name: string } }) =>
				[i.id, i.title].includes(name ?? '') && [i.vault.id, i.vault.name].includes(vault ?? ''),
		);
		if (!item) fail(`could not read secret: "${name}" isn't an item in the "${vault}" vault`);
		const found = item.fields.find((f: { id: string; label: string }) => f.id === field || f.label === field);
		if (!found) fail(`could not read secret: item does not have a field "${field}"`);
		process.stdout.write(found.value + (args.includes('--no-newline') ? '' : '\n'));
	} else fail(`unknown command "${command}"`);
}
