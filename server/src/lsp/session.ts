import { randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { filePath, readConfig } from '../adapters/files.ts';
import type { Accepted } from '../core/accepted/suppressions.ts';
import { type Analysis, analyze } from '../core/analyze.ts';
import { dialectById, dialectFor, dialectForContent } from '../core/dialects/index.ts';
import type { ConfigDocument } from '../core/document.ts';
import type { EnvFileUser } from '../core/entries/env-files.ts';
import type { Credential } from '../core/finding.ts';
import { globMatches } from '../core/globs.ts';
import type { Broker } from '../core/ports.ts';
import { readDocument } from '../core/read.ts';
import { type Knowledge, NO_KNOWLEDGE } from '../core/rules/rule.ts';
import { Fingerprinter } from '../core/secret-value.ts';
import type { LineIndex } from '../core/text.ts';
import type { InitializationOptions } from '../protocol/index.ts';
import { Answers } from './answers.ts';
import type { SettingsCache } from './settings.ts';
import type { World } from './world.ts';

/** A config as it is now: what the editor holds open, otherwise what lies on disk. */
export interface CurrentDocument {
	readonly document: ConfigDocument;
	readonly analysis: Analysis;
	/** null: no editor holds it open. */
	readonly version: number | null;
}

/** What the inventory learned about the world beyond one document; replaced as a whole, never changed in place. */
export interface WorldKnowledge {
	/** Grows with each replacement, so that cached analyses can tell whether they are still true. */
	readonly revision: number;
	readonly fingerprinter: Fingerprinter;
	readonly ages: Knowledge['ages'];
	readonly stored: Knowledge['stored'];
	readonly grants: NonNullable<Knowledge['grants']>;
	/** What the person says that tokens may do. */
	readonly declared: NonNullable<Knowledge['declared']>;
	/** What the person says that servers need. */
	readonly needs: NonNullable<Knowledge['needs']>;
	/** Other places of a secret, by fingerprint; a document filters itself out. */
	readonly places: Knowledge['elsewhere'];
	/** What is known of single files, by URI. */
	readonly files: ReadonlyMap<string, FileKnowledge>;
	/** The `.env` files that servers are started with, by URI, as they were when they were looked at. */
	readonly envFiles: ReadonlyMap<string, EnvFileKnowledge>;
	/** The secret managers whose programs are on this machine. */
	readonly brokers: readonly Broker[];
	/** The lines of documents that hold secrets, by URI, as they were when they were looked at. */
	readonly lines: ReadonlyMap<string, LineIndex>;
}

/** Facts about a file that its text does not tell. */
export interface FileKnowledge extends Pick<Knowledge, 'exposure' | 'envFiles' | 'readBy'> {
	/** What the baseline of its folder accepts. */
	readonly accepted?: Accepted;
}

export interface EnvFileKnowledge {
	/** Absent: there is no such file, or it cannot be read. */
	readonly current?: CurrentDocument;
	readonly users: readonly EnvFileUser[];
}

/** Everything one connection shares: open documents, settings, trust, and what is known of the world. */
export class Session {
	readonly connection: Connection;
	readonly documents: TextDocuments<TextDocument>;
	readonly settings: SettingsCache;
	readonly world: World;
	readonly options: InitializationOptions;
	/** Folders of the workspace, as paths. */
	folders: readonly string[] = [];
	trusted: boolean;
	/** What issuers told when a person let them be asked. */
	readonly answers: Answers;
	knowledge: WorldKnowledge;
	/** For the time of this session only; unlike `knowledge.fingerprinter` it never changes under an offered fix. */
	readonly #stamps = new Fingerprinter(randomBytes(32));
	readonly #cache = new Map<
		string,
		{
			readonly open: TextDocument;
			readonly version: number;
			readonly revision: number;
			readonly result: CurrentDocument;
		}
	>();

	constructor(parts: Pick<Session, 'connection' | 'documents' | 'settings' | 'world' | 'options'>) {
		this.connection = parts.connection;
		this.documents = parts.documents;
		this.settings = parts.settings;
		this.world = parts.world;
		this.options = parts.options;
		this.answers = new Answers(parts.world);
		this.trusted = parts.options.trusted ?? true;
		this.knowledge = {
			revision: 0,
			// Until the index gives the person's own key, fingerprints mean something within this session only.
			fingerprinter: new Fingerprinter(randomBytes(32)),
			ages: NO_KNOWLEDGE.ages,
			stored: NO_KNOWLEDGE.stored,
			grants: new Map(),
			declared: new Map(),
			needs: [],
			places: NO_KNOWLEDGE.elsewhere,
			files: new Map(),
			envFiles: new Map(),
			brokers: [],
			lines: new Map(),
		};
	}

	/** The document at this URI, analysed; undefined if it is no MCP config, or cannot be read. */
	async current(uri: string): Promise<CurrentDocument | undefined> {
		const open = this.documents.get(uri);
		if (open) return this.#analyzeOpen(open);
		const text = await diskText(uri);
		return text === undefined ? undefined : this.analyzeText(uri, text, null);
	}

	/** Tells whether a place still holds the secret that a fix was offered for. */
	stamp({ secret }: Pick<Credential, 'secret'>): string {
		return this.#stamps.of(secret);
	}

	forget(uri: string): void {
		this.#cache.delete(uri);
	}

	async #analyzeOpen(open: TextDocument): Promise<CurrentDocument | undefined> {
		const cached = this.#cache.get(open.uri);
		const { revision } = this.knowledge;
		// Closed and opened again, a document counts from the same version, with another text.
		const isSame = cached?.open === open && cached.version === open.version && cached.revision === revision;
		if (isSame) return cached.result;
		const { version } = open;
		const result = await this.analyzeText(open.uri, open.getText(), version);
		if (result) this.#cache.set(open.uri, { open, version, revision, result });
		return result;
	}

	async analyzeText(uri: string, text: string, version: number | null): Promise<CurrentDocument | undefined> {
		const match = dialectForContent(pathOf(uri), text, this.world.home);
		if (!match) return this.knowledge.files.get(uri)?.readBy ? this.analyzeEnvFile(uri, text, version) : undefined;
		if (await this.#isIgnored(uri)) return undefined;
		const document = readDocument(uri, text, match.dialect, match.scope);
		return { document, analysis: await this.analyzeDocument(document), version };
	}

	/** A `.env` file is one because a server names it, whatever it is called. */
	async analyzeEnvFile(uri: string, text: string, version: number | null): Promise<CurrentDocument | undefined> {
		if (await this.#isIgnored(uri)) return undefined;
		const match = dialectFor(pathOf(uri), this.world.home);
		const document = readDocument(uri, text, dialectById('dotenv'), match?.scope ?? 'workspace');
		return { document, analysis: await this.analyzeDocument(document), version };
	}

	/** The workspace folder that holds this path: the innermost, where one lies in another. */
	folderOf(path: string): string | undefined {
		const holders = this.folders.filter((folder) => path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`));
		return holders.toSorted((a, b) => b.length - a.length)[0];
	}

	/** Does a glob of the person's settings fit: the path in its workspace folder, `~/...`, or the whole path? */
	async #isIgnored(uri: string): Promise<boolean> {
		const { ignore } = await this.settings.of(uri);
		if (ignore.length === 0) return false;
		const path = pathOf(uri);
		const folder = this.folderOf(path);
		const names = [path, ...(folder === undefined ? [] : [path.slice(folder.length + 1)])];
		if (path.startsWith(`${this.world.home}/`) || path.startsWith(`${this.world.home}\\`))
			names.push(`~${path.slice(this.world.home.length)}`);
		return ignore.some((glob) => names.some((name) => globMatches(glob, name)));
	}

	async analyzeDocument(document: ConfigDocument): Promise<Analysis> {
		const settings = await this.settings.of(document.uri);
		const { fingerprinter, ages, stored, grants, declared, places, files } = this.knowledge;
		const { accepted, ...file } = files.get(document.uri) ?? {};
		const environment = this.#environmentOf(document);
		return analyze(document, {
			fingerprinter,
			levels: settings.rules,
			...(accepted ? { accepted } : {}),
			knowledge: {
				...file,
				now: this.world.now(),
				oldAfterDays: settings.oldAfterDays,
				needs: settings.needs,
				...(settings.expiresSoonDays === undefined ? {} : { expiresSoonDays: settings.expiresSoonDays }),
				...(settings.longLivedDays === undefined ? {} : { longLivedDays: settings.longLivedDays }),
				ages,
				stored,
				grants,
				declared,
				elsewhere: withoutSelf(places, document.uri),
				...(environment ? { environment } : {}),
			},
		});
	}

	/** VS Code hands its extension host's environment to servers; what other hosts see is not known here. */
	#environmentOf(document: ConfigDocument): ReadonlySet<string> | undefined {
		const isEditorsOwn =
			this.options.editor !== undefined && document.dialect.inputs !== undefined && document.dialect.id !== 'portable';
		return isEditorsOwn && this.trusted ? this.world.environmentNames() : undefined;
	}
}

function withoutSelf(places: Knowledge['elsewhere'], uri: string): Knowledge['elsewhere'] {
	const others = new Map<string, readonly NonNullable<ReturnType<typeof places.get>>[number][]>();
	for (const [fingerprint, all] of places) {
		const rest = all.filter((place) => place.uri !== uri);
		if (rest.length > 0) others.set(fingerprint, rest);
	}
	return others;
}

/** The path of a URI of any scheme: `vscode-userdata:/.../User/mcp.json` names its dialect as well as a file does. */
export function pathOf(uri: string): string {
	const file = filePath(uri);
	if (file !== undefined) return file;
	try {
		return decodeURIComponent(new URL(uri).pathname);
	} catch {
		return uri;
	}
}

export function uriOf(path: string): string {
	return pathToFileURL(path).href;
}

async function diskText(uri: string): Promise<string | undefined> {
	const path = filePath(uri);
	if (path === undefined) return undefined;
	const file = await readConfig(path);
	return file.state === 'read' ? file.text : undefined;
}
