import { relative, sep } from 'node:path';
import { BaselineError, BaselineReader, readBaseline } from '../adapters/baseline.ts';
import { filePath, readConfig } from '../adapters/files.ts';
import { type NamedEnvFile, namedEnvFiles } from '../adapters/workload/env-files.ts';
import { BASELINE_NAME, type Baseline } from '../core/accepted/baseline.ts';
import { countsAs } from '../core/credentials/counts-as.ts';
import type { ConfigDocument } from '../core/document.ts';
import type { EnvFileUser } from '../core/entries/env-files.ts';
import type { InventoryDocument } from '../core/inventory/model.ts';
import { plainName } from '../core/rules/words.ts';
import { type CurrentDocument, type FileKnowledge, type Session, uriOf } from './session.ts';

/** What is learned of single files, apart from their text. */
export type FileFacts = ReadonlyMap<string, FileKnowledge>;

/** A `.env` file that servers name, read. */
export interface EnvDocument {
	readonly uri: string;
	readonly current: CurrentDocument | undefined;
	/** Who reads it: "server \"jira\" in .vscode/mcp.json". */
	readonly readBy: readonly string[];
	readonly users: readonly EnvFileUser[];
}

/** Reads the `.env` files that servers of these documents name. They are configs too. */
export async function readEnvFiles(session: Session, documents: readonly InventoryDocument[]): Promise<EnvDocument[]> {
	const named = documents.flatMap(({ document, displayPath, realPath }) =>
		envFilesNamedIn(session, document).map((file) => ({
			...file,
			document,
			displayPath,
			...(realPath ? { realPath } : {}),
		})),
	);
	const byFile = Map.groupBy(named, ({ path }) => uriOf(path));
	return Promise.all(
		[...byFile].map(async ([uri, all]) => ({
			uri,
			current: await readEnvFile(session, uri),
			readBy: [
				...new Set(all.map(({ server, displayPath }) => `server "${plainName(server.name)}" in ${displayPath}`)),
			],
			users: all,
		})),
	);
}

export function envFilesNamedIn(session: Session, document: ConfigDocument): NamedEnvFile[] {
	const config = filePath(document.uri);
	if (config === undefined) return [];
	const folder = session.folderOf(config);
	return namedEnvFiles(document, { config, home: session.world.home, ...(folder === undefined ? {} : { folder }) });
}

/** What an editor holds open counts; otherwise what lies on disk. */
async function readEnvFile(session: Session, uri: string): Promise<CurrentDocument | undefined> {
	const open = session.documents.get(uri);
	if (open) return session.analyzeEnvFile(uri, open.getText(), open.version);
	const file = await readConfig(filePath(uri)!);
	return file.state === 'read' ? session.analyzeEnvFile(uri, file.text, null) : undefined;
}

/** Gathers the facts of a look. Keeps what is slow to find out. */
export class FileFactsFinder {
	readonly #session: Session;
	readonly #baselines = new BaselineReader();

	constructor(session: Session) {
		this.#session = session;
	}

	/** Starts git and reads baselines, so it is for trusted workspaces. */
	async find(
		documents: readonly InventoryDocument[],
		envDocuments: readonly EnvDocument[],
		problems: string[],
	): Promise<FileFacts> {
		const facts = new Map<string, FileKnowledge>();
		const add = (uri: string, more: FileKnowledge) => facts.set(uri, { ...facts.get(uri), ...more });
		for (const { uri, readBy } of envDocuments) add(uri, { readBy });
		for (const document of documents) {
			const envFiles = envFilesOf(document.document.uri, envDocuments, documents);
			if (envFiles.size > 0) add(document.document.uri, { envFiles });
		}
		await Promise.all(documents.map(async (one) => add(one.document.uri, await this.#exposure(one))));
		for (const [uri, accepted] of await this.#accepted(documents, problems)) add(uri, { accepted });
		return facts;
	}

	/** Only of files that hold a secret: of the others nobody wants to know. */
	async #exposure({ document, analysis }: InventoryDocument): Promise<FileKnowledge> {
		const path = filePath(document.uri);
		if (path === undefined || analysis.credentials.length === 0) return {};
		return { exposure: await this.#session.world.exposure(path) };
	}

	/** A baseline speaks for the files of its own folder, so that no project can hide what is elsewhere. */
	async #accepted(
		documents: readonly InventoryDocument[],
		problems: string[],
	): Promise<Map<string, ReadonlyMap<string, string>>> {
		const accepted = new Map<string, ReadonlyMap<string, string>>();
		for (const folder of this.#session.folders) {
			const baseline = await readOrTell(`${folder}${sep}${BASELINE_NAME}`, problems);
			if (!baseline) continue;
			for (const { document, analysis } of documents) {
				const path = filePath(document.uri);
				if (path === undefined || this.#session.folderOf(path) !== folder) continue;
				// What the baseline accepted in the look before has to be compared again.
				const findings = [...analysis.findings, ...analysis.suppressed.map(({ finding }) => finding)];
				const placed = findings.map((finding) => ({ path: relative(folder, path).replaceAll(sep, '/'), finding }));
				accepted.set(document.uri, await this.#baselines.accepted(baseline, placed));
			}
		}
		return accepted;
	}
}

async function readOrTell(file: string, problems: string[]): Promise<Baseline | undefined> {
	try {
		return await readBaseline(file);
	} catch (error) {
		if (!(error instanceof BaselineError)) throw error;
		problems.push(error.message);
		return undefined;
	}
}

function envFilesOf(
	config: string,
	envDocuments: readonly EnvDocument[],
	documents: readonly InventoryDocument[],
): NonNullable<FileKnowledge['envFiles']> {
	return new Map(
		envDocuments.flatMap(({ uri, current, users }) =>
			users
				.filter(({ document }) => document.uri === config && current !== undefined)
				.map(({ part }) => {
					const displayPath = documents.find(({ document }) => document.uri === uri)?.displayPath ?? filePath(uri)!;
					const held = current!.analysis.credentials.filter((one) => countsAs(one) !== 'default');
					const secrets = held.map(({ span, label, confidence }) => ({
						span,
						label,
						confidence,
					}));
					return [part.pointer, { uri, displayPath, secrets }] as const;
				}),
		),
	);
}
