import { discoverUser, discoverWorkspace, type UserPlaces } from '../adapters/discover.ts';
import { filePath, readConfig } from '../adapters/files.ts';
import { realOrSame } from '../adapters/workload/config-entry.ts';
import type { InventoryDocument } from '../core/inventory/model.ts';
import type { EnvDocument } from './file-facts.ts';
import type { FileWatch } from './file-watch.ts';
import { type CurrentDocument, type Session, uriOf } from './session.ts';

/** Reads the configs of a look: what an editor holds open counts, otherwise what lies on disk. */
export class ConfigReader {
	readonly #session: Session;
	readonly #fileWatch: FileWatch;

	constructor(session: Session, fileWatch: FileWatch) {
		this.#session = session;
		this.#fileWatch = fileWatch;
	}

	/** Those of the workspace, those of the person, and what is open. What cannot be read is told in `problems`. */
	async all(problems: string[]): Promise<InventoryDocument[]> {
		const session = this.#session;
		const paths = new Set<string>();
		for (const file of await discoverWorkspace(session.folders)) paths.add(file.path);
		for (const path of await this.#userFiles()) paths.add(path);
		const open = session.documents.all().map((document) => document.uri);
		const uris = new Set([...open, ...[...paths].map(uriOf)]);
		const read = await Promise.all([...uris].map((uri) => this.#read(uri, problems)));
		return read.filter((document) => document !== undefined);
	}

	async #userFiles(): Promise<string[]> {
		const { trusted, settings } = this.#session;
		const isWanted = trusted && (await settings.of('')).userConfigs;
		const paths = isWanted ? (await discoverUser(await this.#userPlaces())).map(({ path }) => path) : [];
		void this.#fileWatch.follow(paths);
		return paths;
	}

	/** The `.env` files that are not among these configs already. */
	notAmong(configs: readonly InventoryDocument[], envDocuments: readonly EnvDocument[]): InventoryDocument[] {
		const known = new Set(configs.map(({ document }) => document.uri));
		return envDocuments.flatMap(({ uri, current }) =>
			current && !known.has(uri) ? [this.#inventoryDocument(uri, current)] : [],
		);
	}

	async #userPlaces(): Promise<UserPlaces> {
		const { world, options } = this.#session;
		const { userDataFolder } = options;
		return {
			home: world.home,
			platform: process.platform,
			configFolder: world.configFolder,
			...(await world.otherPlaces()),
			...(userDataFolder ? { userDataFolder } : {}),
		};
	}

	async #read(uri: string, problems: string[]): Promise<InventoryDocument | undefined> {
		const current = this.#session.documents.get(uri)
			? await this.#session.current(uri)
			: await this.#readDisk(uri, problems);
		return current && this.#inventoryDocument(uri, current);
	}

	#inventoryDocument(uri: string, { document, analysis }: CurrentDocument): InventoryDocument {
		return { document, analysis, displayPath: this.displayPath(uri), ...realPathOf(uri) };
	}

	async #readDisk(uri: string, problems: string[]): Promise<CurrentDocument | undefined> {
		const path = filePath(uri);
		if (path === undefined) return undefined;
		const file = await readConfig(path);
		if (file.state === 'failed') problems.push(file.message);
		return file.state === 'read' ? this.#session.analyzeText(uri, file.text, null) : undefined;
	}

	/** As people see it: relative to its workspace folder, or `~/...`. */
	displayPath(uri: string): string {
		const path = filePath(uri) ?? uri;
		const folder = this.#session.folderOf(path);
		if (folder !== undefined) return path.slice(folder.length + 1);
		const { home } = this.#session.world;
		return path.startsWith(`${home}/`) || path.startsWith(`${home}\\`) ? `~${path.slice(home.length)}` : path;
	}
}

/** Bindings name files by their real path. */
function realPathOf(uri: string): { realPath?: string } {
	const path = filePath(uri);
	return path === undefined ? {} : { realPath: realOrSame(path) };
}
