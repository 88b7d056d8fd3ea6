import type { ReadOnlyIndex } from '../adapters/state/index.ts';
import type { AgeEvidence } from '../core/grants/evidence.ts';
import type { Grant, ProbeOutcome } from '../core/grants/grant.ts';
import { agesTold, withAges } from '../core/inventory/grant.ts';
import { inventory } from '../core/inventory/index.ts';
import type { CredentialRecord, InventoryDocument } from '../core/inventory/model.ts';
import type { NeedOverride } from '../core/needs/need.ts';
import type { Fingerprint } from '../core/secret-value.ts';
import { ConfigReader } from './config-reader.ts';
import { type EnvDocument, type FileFacts, FileFactsFinder, readEnvFiles } from './file-facts.ts';
import type { FileWatch } from './file-watch.ts';
import { isWaiting } from './fix/prompt.ts';
import { GitAges } from './git-ages.ts';
import { linesOf, placesBySecret, storedItems } from './places.ts';
import { type Session, uriOf } from './session.ts';
import type { Settings } from './settings.ts';
import { told } from './told.ts';

/** What the panel shows, and what rules know beyond one document. */
export interface Snapshot {
	readonly records: readonly CredentialRecord[];
	readonly documents: readonly InventoryDocument[];
	readonly problems: readonly string[];
	readonly oldAfterDays: number;
}

/** What came of a look. */
interface Looked {
	readonly snapshot: Snapshot;
	/** A diagnostic of an open document could change by it. */
	readonly diagnosticsChanged: boolean;
}

/** Looks at every config of the workspace and of the person, and hands what it learned to the session. */
export class Look {
	readonly #session: Session;
	readonly #configs: ConfigReader;
	readonly #facts: FileFactsFinder;
	readonly #gitAges: GitAges;
	/** Of everything that a diagnostic depends on, at the last look. */
	#signature = '';

	constructor(session: Session, fileWatch: FileWatch) {
		this.#session = session;
		this.#configs = new ConfigReader(session, fileWatch);
		this.#facts = new FileFactsFinder(session);
		this.#gitAges = new GitAges(session, (uri) => this.#configs.displayPath(uri));
	}

	async take(): Promise<Looked> {
		const settings = await this.#settings();
		const problems = [...settings.problems];
		const index = await this.#readIndex(problems);
		this.#learnIndex(index);
		const configs = await this.#configs.all(problems);
		const envDocuments = this.#session.trusted ? await readEnvFiles(this.#session, configs) : [];
		const first = withUsers([...configs, ...this.#configs.notAmong(configs, envDocuments)], envDocuments);
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
		const snapshot = { records, documents, problems, oldAfterDays: settings.oldAfterDays };
		return { snapshot, diagnosticsChanged };
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
			brokers: this.#session.trusted ? this.#session.world.brokers.filter((broker) => broker.isInstalled()) : [],
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
