import type { ConfigDocument } from '../document.ts';
import { classify } from '../issuers/classify.ts';
import { parseReference } from '../references.ts';
import type { McpServer, Part } from '../servers.ts';
import { type ConfigNode, type Member, member } from '../syntax/tree.ts';
import type { TextChange } from '../text.ts';
import type { WritableEntry } from './entry-writer.ts';
import { type MovePlan, planned } from './planned.ts';
import type { Refusal, Target } from './target.ts';
import { plainEntry, UNFOLLOWED, type Wanted } from './trial.ts';
import { urlCaveat } from './url-target.ts';
import { isBearerField } from './writable.ts';
import { writerFor } from './writers.ts';

export type ConnectTarget = Extract<Target, { kind: 'header' | 'url' }>;

/** A server with a URL: its entry becomes one that starts `connect`, or has become one when its first secret moved. */
export function planConnect(entry: WritableEntry, target: ConnectTarget): MovePlan | Refusal {
	const { document, server } = entry;
	if (server.type?.value === 'sse')
		return {
			refused: 'The entry asks for SSE, and `connect` speaks streamable HTTP. Use the server’s address for that first.',
		};
	const others = server.headers.filter((header) => header !== target.part && header.pointer !== target.part.pointer);
	const blocking = others.find((header) => !isPlainHeader(header));
	if (blocking) {
		return {
			refused: `The header \`${blocking.name}\` holds a space, a quote, or a \${...} that only the host fills in, and would have to become an argument. Move or simplify that header first.`,
		};
	}
	const caveat = [...(target.kind === 'url' ? [urlCaveat(server, target)] : []), ...alsoSecret(server, target, others)];
	const said = caveat.length > 0 ? { caveat: caveat.join(' ') } : {};
	if (target.kind === 'url' && server.launcher) {
		return planned(entry, target, [target.part.node], {
			build: (reference) => furtherChanges(entry, target, reference),
			wanted: (reference) => wantedFurther(entry, target, reference),
			...said,
		});
	}
	const carrier = carrierOf(entry, target.part);
	if (!carrier && (target.kind === 'header' || server.headers.length > 0)) return { refused: UNFOLLOWED };
	const urlOnly = document.dialect.urlOnly?.find((field) => field !== carrier?.key && member(server.node, field));
	if (urlOnly) {
		return {
			refused: `The entry also has \`${urlOnly}\`, which ${document.dialect.name} takes beside a URL only, and this fix starts a command instead. Remove it first, or let it hold this secret as well.`,
		};
	}
	const touched = [server.url!.node, server.type, carrier?.value, ...server.headers.map(({ node }) => node)];
	const args = (reference: string) => connectArgs(server, target, others, reference);
	return planned(entry, target, touched, {
		build: (reference, launcher) => connectChanges(entry, carrier, args(reference), launcher),
		wanted: (reference, launcher) => wantedConnect(entry, carrier, args(reference), launcher),
		...said,
	});
}

/** A header that may stand as an argument: a reference, or a short plain word that no host splits or expands. */
function isPlainHeader(header: Part): boolean {
	return parseReference(header.value) !== undefined || /^[A-Za-z0-9_.,:/@+=-]{0,1024}$/.test(header.value);
}

/** Until they are moved too, the entry's other secrets are arguments of the launcher. */
function alsoSecret(server: McpServer, target: ConnectTarget, others: readonly Part[]): string[] {
	const url = server.url ?? server.launcher?.url;
	const left = target.kind === 'url' ? [url && { ...url, value: target.url }] : [url];
	const parts = [...left.filter((part) => part !== undefined), ...others];
	const isSecret = ({ value, name, position }: Part) =>
		classify(value, { position: position === 'arg' ? 'url' : position, ...(name ? { name } : {}) }).some(
			({ kind }) => !kind.public,
		);
	return parts.some(isSecret)
		? [
				'The entry holds another secret, which the process list shows until you move it as well: do that before you start the server.',
			]
		: [];
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

function connectArgs(server: McpServer, target: ConnectTarget, others: readonly Part[], reference: string): string[] {
	return [
		'connect',
		target.kind === 'url' ? target.url : server.url!.value,
		...optionArgs(target, reference),
		...others.flatMap((header) => ['--header', `${header.name}=${header.value}`]),
	];
}

function optionArgs(target: ConnectTarget, reference: string): string[] {
	if (target.kind === 'url')
		return [target.option, target.name === undefined ? reference : `${target.name}=${reference}`];
	return target.bearer ? ['--bearer', reference] : ['--header', `${target.name}=${reference}`];
}

/**
 * The http entry becomes a stdio entry: `url` gives way to `command`, `headers` to `args`, `type` says stdio. Other
 * members stay untouched; comments inside of the two that go are put before what takes their place.
 */
function connectChanges(
	entry: WritableEntry,
	carrier: Member | undefined,
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
	carrier: Member | undefined,
	args: readonly string[],
	launcher: string,
): Wanted {
	const keyOf = (node: ConfigNode | undefined) => server.node.members.find(({ value }) => value === node)?.key;
	const typeKey = server.type && keyOf(server.type);
	return {
		...plainEntry(server),
		[keyOf(server.url!.node)!]: undefined,
		...(carrier ? { [carrier.key]: undefined } : {}),
		...(typeKey === undefined ? {} : { [typeKey]: stdioType(document) }),
		[names.command]: launcher,
		[names.args]: args,
	};
}

type UrlTarget = Extract<Target, { kind: 'url' }>;

/** `connect` is there already: its URL loses the secret, and one more option brings it back. */
function furtherChanges(entry: WritableEntry, target: UrlTarget, reference: string): (TextChange | undefined)[] {
	const writer = writerFor(entry.document);
	return [writer.replace(entry, target.part.node, target.url), writer.appendArgs(entry, optionArgs(target, reference))];
}

function wantedFurther({ server, names }: WritableEntry, target: UrlTarget, reference: string): Wanted {
	const now = plainEntry(server);
	const args = [...(now[names.args] as readonly string[])];
	args[target.part.index!] = target.url;
	return { ...now, [names.args]: [...args, ...optionArgs(target, reference)] };
}
