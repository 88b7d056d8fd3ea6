import type { ConfigDocument } from '../document.ts';
import type { Credential } from '../finding.ts';
import { LAUNCHER_NAME } from '../launcher-use.ts';
import { isLoaderVariable } from '../loader-variables.ts';
import { parseReference } from '../references.ts';
import type { SecretValue } from '../secret-value.ts';
import type { McpServer, Part } from '../servers.ts';
import { type ConfigNode, child, type Member, member } from '../syntax/tree.ts';
import { contains, type TextChange } from '../text.ts';
import { type WritableEntry, writableEntry } from './entry-writer.ts';
import {
	brokenBecause,
	isBearerField,
	isRefusal,
	type Refusal,
	type Target,
	targetOf,
	unwritableBecause,
} from './target.ts';
import { plainEntry, readsAs, UNFOLLOWED, type Wanted } from './trial.ts';
import { writerFor } from './writers.ts';

/** Everything that the fix needs besides the store: what to store, and what to change once it is stored. */
export interface MovePlan {
	readonly target: Target;
	/** The exact text to store: the whole value, which may be more than the secret in it. */
	readonly stored: SecretValue;
	/** The edit that puts this reference in place and lets the launcher start the server. */
	changes(reference: string, launcher: string): readonly TextChange[];
	/**
	 * Tries the edit on text that is thrown away: why it is not to be made after all, because this entry is spelled in a way in
	 * which it would do too little or too much. Reads the whole text again, so it is asked when the fix is chosen.
	 */
	tried(): Refusal | undefined;
	/** What stays imperfect after the move, for people; absent when nothing does. */
	readonly caveat?: string;
}

/** How a credential can be moved out of the config, or why it cannot. Pure: nothing is stored, nothing is edited. */
export function planMove(document: ConfigDocument, credential: Credential): MovePlan | Refusal {
	const broken = brokenBecause(document) ?? unwritableBecause(document, credential, ['toml', 'yaml']);
	if (broken) return broken;
	const target = targetOf(credential);
	if (isRefusal(target)) return target;
	const entry = writableEntry(document, credential.server!);
	return target.kind === 'header' ? planConnect(entry, target) : planRun(entry, target);
}

function planRun(entry: WritableEntry, target: RunTarget): MovePlan | Refusal {
	const { server } = entry;
	if (!server.command && !server.launcher?.command)
		return { refused: 'The entry has no `command`, so there is nothing that the launcher could start.' };
	const loader = [...server.env.map(({ name }) => name), ...server.passed].find(isLoaderVariable);
	if (loader) return { refused: besideLoader(loader) };
	const { names } = entry;
	const env = target.kind === 'arg-to-env' ? child(server.node, names.env) : undefined;
	const touched = [target.part.node, child(server.node, names.command), child(server.node, names.args), env];
	const caveat =
		'The server takes this secret as an argument, so it stays visible in the process list while the server runs.';
	return planned(entry, target, touched, {
		build: (reference, launcher) => [...targetChanges(entry, target, reference), ...wrapChanges(entry, launcher)],
		wanted: (reference, launcher) => wantedRun(entry, target, reference, launcher),
		...(target.kind === 'arg' ? { caveat } : {}),
	});
}

type RunTarget = Exclude<Target, { kind: 'header' }>;

interface Draft {
	/** The edit; with a gap where the writer does not follow the entry's spelling. */
	build(reference: string, launcher: string): readonly (TextChange | undefined)[];
	/** How the entry has to read afterwards. */
	wanted(reference: string, launcher: string): Wanted;
	readonly caveat?: string;
}

function planned(
	{ document, server }: WritableEntry,
	target: Target,
	touched: readonly (ConfigNode | undefined)[],
	{ build, wanted, caveat }: Draft,
): MovePlan | Refusal {
	const shared = document.tree.shared ?? [];
	if (touched.some((node) => node && shared.some((span) => contains(span, node.span)))) return { refused: SHARED };
	return {
		target,
		stored: target.stored,
		changes: (reference, launcher) => build(reference, launcher).filter(isThere),
		tried: () => {
			const edit = build(...TRIED);
			const isGood = edit.every(isThere) && readsAs(document, server, edit, wanted(...TRIED));
			return isGood ? undefined : { refused: UNFOLLOWED };
		},
		...(caveat ? { caveat } : {}),
	};
}

const TRIED = ['cred://keychain/a', LAUNCHER_NAME] as const;
const SHARED =
	'It stands behind an anchor (`&name`) that is used in several places, and an edit would change them all. Write this entry out first.';

function isThere<T>(value: T | undefined): value is T {
	return value !== undefined;
}

/** The launcher would refuse such an entry later; better said before anything is moved. */
function besideLoader(name: string): string {
	return `The entry sets \`${name}\`, which can make the server run other code or trust another machine, so the launcher hands no secret to it. Remove it; if you need it, name it under "passEnvironment" in the launcher’s own config.json and set it outside of this file.`;
}

function targetChanges(entry: WritableEntry, target: RunTarget, reference: string): (TextChange | undefined)[] {
	const writer = writerFor(entry.document);
	if (target.kind !== 'arg-to-env') return [writer.replace(entry, target.part.node, reference)];
	return [writer.replace(entry, target.part.node, target.newArg), writer.setEnv(entry, target.name, reference)];
}

/** `command` becomes the launcher, the old command line follows after `--`. Nothing to do where it is there already. */
function wrapChanges(entry: WritableEntry, launcher: string): (TextChange | undefined)[] {
	const { document, server } = entry;
	if (server.launcher || !server.command) return [];
	const writer = writerFor(document);
	return [writer.replace(entry, server.command.node, launcher), writer.prependArgs(entry, prefixOf(server))];
}

function prefixOf({ name, command }: McpServer): string[] {
	return ['run', '--server', name, '--', command!.value];
}

function wantedRun({ server, names }: WritableEntry, target: RunTarget, reference: string, launcher: string): Wanted {
	const now = plainEntry(server);
	const list = now[names.args];
	const args = Array.isArray(list) ? [...list] : [];
	if (target.kind !== 'env') args[target.part.index!] = target.kind === 'arg' ? reference : target.newArg;
	const env = target.kind === 'arg' ? {} : { [names.env]: { ...(now[names.env] as object), [target.name]: reference } };
	if (server.launcher) return { ...now, ...env, [names.args]: args };
	return { ...now, ...env, [names.command]: launcher, [names.args]: [...prefixOf(server), ...args] };
}

type HeaderTarget = Extract<Target, { kind: 'header' }>;

function planConnect(entry: WritableEntry, target: HeaderTarget): MovePlan | Refusal {
	const { document, server } = entry;
	const others = server.headers.filter((header) => header !== target.part && header.pointer !== target.part.pointer);
	const blocking = others.find((header) => !isPlainHeader(header));
	if (blocking) {
		return {
			refused: `The header \`${blocking.name}\` holds a space, a quote, or a \${...} that only the host fills in, and would have to become an argument. Move or simplify that header first.`,
		};
	}
	const carrier = carrierOf(entry, target.part);
	if (!carrier) return { refused: UNFOLLOWED };
	const urlOnly = document.dialect.urlOnly?.find((field) => field !== carrier.key && member(server.node, field));
	if (urlOnly) {
		return {
			refused: `The entry also has \`${urlOnly}\`, which ${document.dialect.name} takes beside a URL only, and this fix starts a command instead. Remove it first, or let it hold this secret as well.`,
		};
	}
	const touched = [server.url!.node, server.type, carrier.value, ...server.headers.map(({ node }) => node)];
	return planned(entry, target, touched, {
		build: (reference, launcher) =>
			connectChanges(entry, carrier, connectArgs(server, target, others, reference), launcher),
		wanted: (reference, launcher) =>
			wantedConnect(entry, carrier, connectArgs(server, target, others, reference), launcher),
	});
}

/**
 * What holds the headers and nothing else, so that it can go: `headers`, `requestOptions` around them, or the field of a bearer
 * token.
 */
function carrierOf({ server, names }: WritableEntry, part: Part): Member | undefined {
	if (isBearerField(part, server)) return server.headers.length === 1 ? member(server.node, part.name!) : undefined;
	const [outer, ...inner] = names.headers.split('.');
	const owner = member(server.node, outer!);
	if (!owner || inner.length === 0) return owner;
	return owner.value?.kind === 'object' && owner.value.members.length === 1 ? owner : undefined;
}

/** A header that may stand as an argument: a reference, or a short plain word that no host splits or expands. */
function isPlainHeader(header: Part): boolean {
	return parseReference(header.value) !== undefined || /^[A-Za-z0-9_.,:/@+=-]{0,1024}$/.test(header.value);
}

function connectArgs(server: McpServer, target: HeaderTarget, others: readonly Part[], reference: string): string[] {
	return [
		'connect',
		server.url!.value,
		...headerArgs(target.name, target.bearer, reference),
		...others.flatMap((header) => headerArgs(header.name ?? '', false, header.value)),
	];
}

function headerArgs(name: string, isBearer: boolean, value: string): string[] {
	return isBearer ? ['--bearer', value] : ['--header', `${name}=${value}`];
}

/**
 * The http entry becomes a stdio entry: `url` gives way to `command`, `headers` to `args`, `type` says stdio. Other
 * members stay untouched; comments inside of the two that go are put before what takes their place.
 */
function connectChanges(
	entry: WritableEntry,
	carrier: Member,
	args: readonly string[],
	launcher: string,
): readonly (TextChange | undefined)[] {
	const { document, server } = entry;
	const writer = writerFor(document);
	const type = server.type ? [writer.replace(entry, server.type, stdioType(document))] : [];
	return [...type, ...(writer.toCommand(entry, carrier, launcher, args) ?? [undefined])];
}

function stdioType({ dialect }: ConfigDocument): string {
	return dialect.types.stdio ?? 'stdio';
}

function wantedConnect(
	{ document, server, names }: WritableEntry,
	carrier: Member,
	args: readonly string[],
	launcher: string,
): Wanted {
	const keyOf = (node: ConfigNode | undefined) => server.node.members.find(({ value }) => value === node)?.key;
	const typeKey = server.type && keyOf(server.type);
	return {
		...plainEntry(server),
		[keyOf(server.url!.node)!]: undefined,
		[carrier.key]: undefined,
		...(typeKey === undefined ? {} : { [typeKey]: stdioType(document) }),
		[names.command]: launcher,
		[names.args]: args,
	};
}
