import { filePath, readConfig } from '../../adapters/files.ts';
import type { ConfigDocument } from '../../core/document.ts';
import type { EnvFileUser } from '../../core/entries/env-files.ts';
import { planEnvFileMove } from '../../core/fixes/env-file.ts';
import { planMove } from '../../core/fixes/move.ts';
import { isRefusal } from '../../core/fixes/target.ts';
import type { SecretValue } from '../../core/secret-value.ts';
import type { EntryName } from '../../core/servers.ts';
import { applyChanges } from '../../core/text.ts';
import { envFilesNamedIn } from '../file-facts.ts';
import { type CurrentDocument, type Session, uriOf } from '../session.ts';
import type { DocumentEdit } from './edit.ts';
import { FixRefused, type Place } from './place.ts';

/** One secret on its way out of a file: what is stored, which texts change, and which entries get it from then on. */
export interface Placement {
	/** The exact text to store: the whole value, which may be more than the secret in it. */
	readonly stored: SecretValue;
	/** What stays imperfect after the move, for people. */
	readonly caveat?: string;
	/** The configs whose entries get it, each with their names. */
	readonly entries: readonly { readonly document: ConfigDocument; readonly server: EntryName }[];
	edits(reference: string): Promise<readonly DocumentEdit[]>;
	/** Texts beside the configs, by path, as they will lie on disk after these edits. */
	written(edits: readonly DocumentEdit[]): Promise<ReadonlyMap<string, string>>;
}

/** @throws FixRefused with the reason why it cannot be moved. */
export async function placementOf(session: Session, place: Place): Promise<Placement> {
	return place.current.document.dialect.format === 'dotenv' ? inEnvFile(session, place) : inConfig(session, place);
}

function inConfig(session: Session, { current, credential }: Place): Placement {
	const { document } = current;
	const plan = planMove(document, credential);
	if (isRefusal(plan)) throw new FixRefused(plan.refused);
	const misfit = plan.tried();
	if (misfit) throw new FixRefused(misfit.refused);
	return {
		stored: plan.stored,
		...(plan.caveat ? { caveat: plan.caveat } : {}),
		entries: [{ document, server: credential.server! }],
		edits: async (reference) => [{ current, changes: plan.changes(reference, await launcherFor(session, document)) }],
		written: async () => new Map(),
	};
}

async function inEnvFile(session: Session, { current, credential }: Place): Promise<Placement> {
	const configs = await configsNaming(session, current.document.uri);
	const plan = planEnvFileMove(
		current.document,
		credential,
		configs.flatMap(({ users }) => users),
	);
	if (isRefusal(plan)) throw new FixRefused(plan.refused);
	const edits = async (reference: string): Promise<DocumentEdit[]> => {
		const file = { current, changes: plan.fileChanges(reference) };
		const wraps = configs.map(async ({ current: config }) => ({
			current: config,
			changes: plan.configChanges(config.document, await launcherFor(session, config.document)),
		}));
		return [file, ...(await Promise.all(wraps)).filter(({ changes }) => changes.length > 0)];
	};
	return {
		stored: plan.stored,
		caveat: plan.caveat,
		entries: plan.users.map(({ document, server }) => ({ document, server })),
		edits,
		written: async ([file]) => {
			const path = filePath(current.document.uri)!;
			const text = applyChanges(file!.current.document.text, file!.changes);
			return new Map([[path, (await byteOrderMark(path)) + text]]);
		},
	};
}

/** The configs of the last look that name this file, read again. */
async function configsNaming(session: Session, uri: string) {
	const known = session.knowledge.envFiles.get(uri)?.users ?? [];
	const shown = new Map(known.map((user) => [user.document.uri, user]));
	const found: { readonly current: CurrentDocument; readonly users: readonly EnvFileUser[] }[] = [];
	for (const [config, { displayPath }] of shown) {
		const current = await session.current(config);
		if (!current)
			throw new FixRefused(`${displayPath}, which names this file, cannot be read any more. Open it and try again.`);
		const { document } = current;
		const uses = envFilesNamedIn(session, document).filter(({ path }) => uriOf(path) === uri);
		found.push({ current, users: uses.map(({ server, part }) => ({ server, part, document, displayPath })) });
	}
	return found;
}

async function launcherFor(session: Session, { scope }: ConfigDocument): Promise<string> {
	return (await session.world.installLauncher(scope)).command;
}

/** Editors keep it, and do not count it. */
async function byteOrderMark(path: string): Promise<string> {
	const file = await readConfig(path);
	if (file.state !== 'read' || !file.byteOrderMark) return '';
	if (file.encoding === 'utf8') return '\uFEFF';
	throw new FixRefused(
		'The file is not written in UTF-8, which the programs that read it expect. Save it as UTF-8 first.',
	);
}
