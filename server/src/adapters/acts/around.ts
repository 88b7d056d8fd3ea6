import { envFilesOf, takesFromFile } from '../../core/entries/env-files.ts';
import type { Credential } from '../../core/finding.ts';
import type { CredentialRecord } from '../../core/inventory/model.ts';
import { plainName } from '../../core/names-shown.ts';
import { type Surroundings, surroundingsOf } from '../../core/probes/surroundings.ts';
import type { McpServer, NamedPart } from '../../core/servers.ts';
import type { ActDocument, ActSession } from './session.ts';

/** What is looked at around a token: the configs as they are, and which `.env` files they name. */
export type Around = Pick<ActSession, 'current'> & { readonly knowledge: Pick<ActSession['knowledge'], 'files'> };

/** An entry's surroundings, with what its `.env` file and the file as a whole set: these can name the issuer's host too. */
export async function aroundServer(
	session: Around,
	{ document }: Pick<ActDocument, 'document'>,
	server: McpServer,
): Promise<Surroundings> {
	return surroundingsOf(server, [...document.variables, ...(await envFileVariables(session, document.uri, server))]);
}

/**
 * The surroundings of a literal: those of its entry, or for a variable of a whole file those of every entry that reads the file.
 * Empty for an input or a comment, where nobody can say which host it is for.
 */
export async function aroundLiteral(
	session: Around,
	current: ActDocument,
	{ server, part }: Pick<Credential, 'server' | 'part'>,
): Promise<Surroundings[]> {
	if (server) return [await aroundServer(session, current, server)];
	const { variables, uri } = current.document;
	if (!variables.some(({ pointer }) => pointer === part.pointer)) return [];
	const readers = (await readersOf(session, uri)).filter((reader) => takesFromFile(reader.server, part.name));
	if (readers.length === 0) return [surroundingsOf(undefined, variables)];
	return readers.map((reader) => surroundingsOf(reader.server, [...reader.current.document.variables, ...variables]));
}

/** An entry, in its config as it is now. */
export interface Reader {
	readonly current: ActDocument;
	readonly server: McpServer;
}

/** The entries that name this `.env` file. */
export async function readersOf(session: Around, envFile: string): Promise<Reader[]> {
	const readers: Reader[] = [];
	for (const [config, { envFiles = new Map() }] of session.knowledge.files) {
		const pointers = [...envFiles].flatMap(([pointer, { uri }]) => (uri === envFile ? [pointer] : []));
		const current = pointers.length > 0 ? await session.current(config) : undefined;
		for (const server of current?.document.servers ?? [])
			if (pointers.some((pointer) => pointer.startsWith(`${server.pointer}/`)))
				readers.push({ current: current!, server });
	}
	return readers;
}

export type Place = CredentialRecord['places'][number];

/** The entries that the launcher hands it to: the one that it stands in, or those that get the `.env` file. */
export async function ownersOf(session: Around, current: ActDocument, place: Place): Promise<Reader[]> {
	const { uri, servers } = current.document;
	const own = servers.find((one) => place.pointer.startsWith(`${one.pointer}/`));
	if (own) return [{ current, server: own }];
	return (await readersOf(session, uri)).filter(({ server }) => plainName(server.name) === place.server);
}

async function envFileVariables(session: Around, config: string, server: McpServer): Promise<readonly NamedPart[]> {
	const files = session.knowledge.files.get(config)?.envFiles ?? new Map();
	const own = [...files].flatMap(([pointer, { uri }]) => (pointer.startsWith(`${server.pointer}/`) ? [uri] : []));
	const read = await Promise.all(own.map((uri: string) => session.current(uri)));
	return read.flatMap((current) => current?.document.variables ?? []);
}

/** Does the entry read a `.env` file that was not looked into? It could name another host. */
export function hasUnreadEnvFile(session: Around, { document }: ActDocument, server: McpServer | undefined): boolean {
	const files = session.knowledge.files.get(document.uri)?.envFiles;
	return envFilesOf(document).some((file) => file.server === server && !files?.has(file.part.pointer));
}

/** Is one of the entries that use it such an entry? */
export async function isPartlyUnread(session: Around, places: readonly Place[]): Promise<boolean> {
	for (const place of places) {
		const current = await session.current(place.uri);
		const owners = current ? await ownersOf(session, current, place) : [];
		if (owners.some((owner) => hasUnreadEnvFile(session, owner.current, owner.server))) return true;
	}
	return false;
}
