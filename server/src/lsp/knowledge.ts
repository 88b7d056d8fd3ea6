import { realOrSame } from '../adapters/config-entry.ts';
import { discoverUser, discoverWorkspace, type UserPlaces } from '../adapters/discover.ts';
import { filePath, readConfig } from '../adapters/files.ts';
import type { ReadOnlyIndex } from '../adapters/state/index.ts';
import type { AgeEvidence } from '../core/evidence.ts';
import type { Grant, ProbeOutcome } from '../core/grant.ts';
import { agesTold, withAges } from '../core/inventory/grant.ts';
import { inventory } from '../core/inventory/index.ts';
import type { CredentialRecord, InventoryDocument } from '../core/inventory/model.ts';
import type { NeedOverride } from '../core/needs/need.ts';
import type { Fingerprint } from '../core/secret-value.ts';
import { type EnvDocument, type FileFacts, FileFactsFinder, readEnvFiles } from './file-facts.ts';
import { isWaiting } from './fix/prompt.ts';
import { GitAges } from './git-ages.ts';
import { linesOf, placesBySecret, storedItems } from './places.ts';
import { type CurrentDocument, type Session, uriOf } from './session.ts';
import type { Settings } from './settings.ts';
import { told } from './told.ts';
import type { UserFileWatch } from './user-file-watch.ts';

/** What the panel shows, and what rules know beyond one document. */
export interface Snapshot {
	readonly records: readonly CredentialRecord[];
	readonly documents: readonly InventoryDocument[];
	readonly problems: readonly string[];
	readonly oldAfterDays: number;
}

/**
 * Looks at every config of the workspace and of the person, off the keystroke path: after a pause, one run at a time, and
 * once more if something changed meanwhile.
 */
export class KnowledgeBase {
	readonly #session: Session;
	readonly #userFileWatch: UserFileWatch;
	readonly #onChange: (diagnosticsChanged: boolean) => void;
	#snapshot: Snapshot = { records: [], documents: [], problems: [], oldAfterDays: 90 };
	#running: Promise<void> | undefined;
	#again = false;
	#timer: NodeJS.Timeout | undefined;
	#signature = '';
	readonly #gitAges: GitAges;

	readonly #facts: FileFactsFinder;

	constructor(session: Session, userFileWatch: UserFileWatch, onChange: (diagnosticsChanged: boolean) => void) {
		this.#session = session;
		this.#userFileWatch = userFileWatch;
		this.#facts = new FileFactsFinder(session);
		this.#gitAges = new GitAges(session, (uri) => this.displayPath(uri));
		this.#onChange = onChange;
	}

	/** The newest finished look, at once. */
	get latest(): Snapshot {
		return this.#snapshot;
	}

	/** The newest look, after the one that is under way. */
	async snapshot(): Promise<Snapshot> {
		if (this.#running) await this.#running;
		return this.#snapshot;
	}

	/** Looks again after a pause in typing. */
	schedule(milliseconds = 400): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.refresh(), milliseconds);
	}

	dispose(): void {
		clearTimeout(this.#timer);
	}

	/** Looks now. A call during a look waits for it and for one more. */
	async refresh(): Promise<void> {
		if (this.#running) {
			this.#again = true;
			return this.#running;
		}
		this.#running = this.#loop();
		try {
			await this.#running;
		} finally {
			this.#running = undefined;
		}
	}

	async #loop(): Promise<void> {
		do {
			this.#again = false;
			await this.#look().catch((error: unknown) => this.#failed(error));
		} while (this.#again);
	}

	/** What was seen before stays. The message of an unforeseen error may quote anything, so only its name is told. */
	#failed(error: unknown): void {
		const name = error instanceof Error ? error.name : 'unknown';
		const problem = `The configs could not be looked at (${name}). What is shown may be out of date; refresh the list.`;
		this.#snapshot = { ...this.#snapshot, problems: [problem] };
		this.#onChange(false);
	}

	async #look(): Promise<void> {
		const settings = await this.#settings();
		const problems = [...settings.problems];
		const index = await this.#readIndex(problems);
		this.#learnIndex(index);
		const configs = await this.#readAll(problems);
		const envDocuments = this.#session.trusted ? await readEnvFiles(this.#session, configs) : [];
		const first = withUsers([...configs, ...this.#notYetRead(envDocuments, configs)], envDocuments);
		const grants = this.#session.trusted ? this.#grants(first) : new Map<Fingerprint, ProbeOutcome>();
		const declared = index ? this.#session.world.declared() : new Map<Fingerprint, Grant>();
		const inGit = this.#session.trusted ? await this.#gitAges.of(first, problems) : new Map();
		const ages = agesTold(index ? await this.#agesSeen(first, inGit) : inGit, grants);
		const files = this.#session.trusted ? await this.#facts.find(first, envDocuments, problems) : new Map();
		const learned = { ages, grants, declared, needs: settings.needs, index, files, envDocuments };
		const diagnosticsChanged = this.#learn(first, learned);
		const documents = diagnosticsChanged ? await this.#analyzeAgain(first) : first;
		const { silenceOf } = await import('../adapters/issuers.ts');
		const records = inventory({
			documents,
			items: index?.items ?? [],
			bindings: index?.bindings ?? [],
			ages,
			grants,
			silenceOf,
			declared,
			needs: settings.needs,
			now: this.#session.world.now(),
			oldAfterDays: settings.oldAfterDays,
		});
		this.#snapshot = { records, documents, problems, oldAfterDays: settings.oldAfterDays };
		this.#onChange(diagnosticsChanged);
	}

	async #settings(): Promise<Settings> {
		const [folder] = this.#session.folders;
		return this.#session.settings.of(folder ? uriOf(folder) : '');
	}

	/** In an untrusted workspace nothing is asked: the keychain sits in a process of its own. */
	async #readIndex(problems: string[]): Promise<ReadOnlyIndex | undefined> {
		if (!this.#session.trusted) return undefined;
		try {
			return await this.#session.world.readIndex();
		} catch (error) {
			problems.push(told(error));
			return undefined;
		}
	}

	/** The person's own key makes fingerprints comparable with the index; without it the session's key stays. */
	#learnIndex(index: ReadOnlyIndex | undefined): void {
		if (!index) return;
		const { knowledge } = this.#session;
		const stored = storedItems(
			index.items.filter((item) => !isWaiting(item)),
			index.bindings,
		);
		this.#session.knowledge = {
			...knowledge,
			revision: knowledge.revision + 1,
			fingerprinter: index.fingerprinter,
			stored,
		};
	}

	async #readAll(problems: string[]): Promise<InventoryDocument[]> {
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
		void this.#userFileWatch.follow(paths);
		return paths;
	}

	#notYetRead(envDocuments: readonly EnvDocument[], configs: readonly InventoryDocument[]): InventoryDocument[] {
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

	/** Only with the person's own key a fingerprint means the same tomorrow. */
	async #agesSeen(
		documents: readonly InventoryDocument[],
		ages: ReadonlyMap<Fingerprint, readonly AgeEvidence[]>,
	): Promise<ReadonlyMap<Fingerprint, readonly AgeEvidence[]>> {
		const here = new Set(documents.flatMap(({ analysis }) => analysis.credentials.map((one) => one.fingerprint)));
		const seen = await this.#session.world.seen([...here]);
		return withAges(ages, seen);
	}

	#grants(documents: readonly InventoryDocument[]): ReadonlyMap<Fingerprint, ProbeOutcome> {
		const { answers, knowledge } = this.#session;
		return answers.of(documents, knowledge.stored.keys(), (credential) => this.#session.stamp(credential));
	}

	/** Hands what was learned to the session. True if a diagnostic of an open document could change by it. */
	#learn(documents: readonly InventoryDocument[], learned: Learned): boolean {
		const { ages, grants, declared, needs, index, files, envDocuments } = learned;
		const places = placesBySecret(documents);
		const signature = JSON.stringify([
			this.#session.trusted,
			[...ages],
			[...grants],
			[...declared],
			needs,
			[...places].map(([fingerprint, all]) => [fingerprint, all.map((place) => [place.uri, place.description])]),
			index?.items.map((item) => item.id),
			index?.bindings.map((binding) => [binding.reference, binding.workload, binding.destination]),
			[...files].map(([uri, { exposure, readBy, accepted, envFiles }]) => [
				uri,
				exposure,
				readBy,
				[...(accepted ?? [])],
				[...(envFiles ?? [])],
			]),
		]);
		const { knowledge } = this.#session;
		const changed = signature !== this.#signature;
		this.#signature = signature;
		this.#session.knowledge = {
			...knowledge,
			revision: knowledge.revision + (changed ? 1 : 0),
			ages,
			grants,
			declared,
			needs,
			places,
			files,
			envFiles: new Map(
				envDocuments.map(({ uri, current, users }) => [uri, { users, ...(current ? { current } : {}) }]),
			),
			lines: linesOf(documents),
		};
		return changed;
	}

	async #analyzeAgain(documents: readonly InventoryDocument[]): Promise<InventoryDocument[]> {
		return Promise.all(
			documents.map(async (known) => ({ ...known, analysis: await this.#session.analyzeDocument(known.document) })),
		);
	}
}

/** What a look found out beyond the documents. */
interface Learned {
	readonly ages: ReadonlyMap<Fingerprint, readonly AgeEvidence[]>;
	readonly grants: ReadonlyMap<Fingerprint, ProbeOutcome>;
	readonly declared: ReadonlyMap<Fingerprint, Grant>;
	readonly needs: readonly NeedOverride[];
	readonly index: ReadOnlyIndex | undefined;
	readonly files: FileFacts;
	readonly envDocuments: readonly EnvDocument[];
}

/** A reference in a `.env` file is one of the entries that get the file. */
function withUsers(documents: readonly InventoryDocument[], envDocuments: readonly EnvDocument[]): InventoryDocument[] {
	const users = new Map(envDocuments.map((one) => [one.uri, one.users]));
	return documents.map((one) => ({ ...one, users: users.get(one.document.uri) ?? [] }));
}

/** Bindings name files by their real path. */
function realPathOf(uri: string): { realPath?: string } {
	const path = filePath(uri);
	return path === undefined ? {} : { realPath: realOrSame(path) };
}
