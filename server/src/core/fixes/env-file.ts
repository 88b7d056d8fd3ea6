import type { ConfigDocument } from '../document.ts';
import { type EnvFileUser, takesFromFile } from '../entries/env-files.ts';
import type { Credential } from '../finding.ts';
import { isLoaderVariable } from '../loader-variables.ts';
import { plainName } from '../names-shown.ts';
import { SecretValue } from '../secret-value.ts';
import { overlaps, type TextChange } from '../text.ts';
import { writableEntry } from './entry-writer.ts';
import { besideLoader, wrapChanges } from './move.ts';
import { isThere } from './planned.ts';
import type { Refusal } from './target.ts';
import { brokenBecause, unwritableBecause } from './writable.ts';

/** A secret leaves a `.env` file: its line becomes the reference, and each entry that gets the file starts through the launcher. */
export interface EnvFileMove {
	/** The whole value. */
	readonly stored: SecretValue;
	/** The entries that get the variable from the file. */
	readonly users: readonly EnvFileUser[];
	/** The edit of the file itself: quotes, `export` and a comment stay. */
	fileChanges(reference: string): readonly TextChange[];
	/** The edit of one of the configs. */
	configChanges(config: ConfigDocument, launcher: string): readonly TextChange[];
	/** What stays imperfect, for people. */
	readonly caveat: string;
}

/** How it can be moved, or why not. `users`: every entry that is known to be started with this file. */
export function planEnvFileMove(
	file: ConfigDocument,
	credential: Credential,
	users: readonly EnvFileUser[],
): EnvFileMove | Refusal {
	const { part } = credential;
	const name = part.name ?? '';
	const refused = lineRefusal(file, credential);
	if (refused) return refused;
	const affected = users.filter(({ server }) => takesFromFile(server, name));
	if (affected.length === 0)
		return {
			refused: `No server that the launcher could start gets ${plainName(name)} from this file. Whatever else reads it would get the reference in place of the value.`,
		};
	for (const user of affected) {
		const why = userRefusal(file, credential, user);
		if (why) return { refused: `${userWords(user)} reads this file. ${why}` };
	}
	return {
		stored: SecretValue.of(part.value),
		users: affected,
		fileChanges: (reference) => [{ span: part.node.spanOf(0, part.value.length), newText: reference }],
		configChanges: (config, launcher) =>
			affected
				.filter(({ document }) => document === config)
				.flatMap(({ server }) => wrapChanges(writableEntry(config, server), launcher))
				.filter(isThere),
		caveat: 'Other programs that read this file will see the reference, not the value.',
	};
}

function lineRefusal({ variables, tree }: ConfigDocument, { part }: Credential): Refusal | undefined {
	const written = variables.find(({ pointer, node }) => pointer === part.pointer && node === part.node);
	if (!written) return { refused: 'It stands in no line NAME=value of the file.' };
	if (variables.filter(({ name }) => name === written.name).length > 1)
		return {
			refused:
				'The file sets this variable twice, and programs differ in which one they take. Delete one of the lines.',
		};
	if (
		tree.problems.some(({ span }) => overlaps(span, { start: written.member.span.start, end: part.node.span.end + 1 }))
	)
		return { refused: 'The quote of this value is not closed. Correct that first.' };
	if (/\$\{/.test(part.value))
		return {
			refused: 'The value also holds a ${...} that other programs fill in; a stored secret has to be the whole value.',
		};
	return undefined;
}

function userRefusal(
	file: ConfigDocument,
	credential: Credential,
	{ document, server, part }: EnvFileUser,
): string | undefined {
	if (part.position !== 'envFile')
		return 'It is handed to the server’s own program as an argument, so the launcher cannot put the value in. Name the variable in `env` first.';
	if (!document.dialect.readsEnvFile)
		return `${document.dialect.name} is not known to read \`envFile\`, so nobody can say what the server gets. Write the variable into \`env\` first.`;
	if (!server.command) return 'It has no `command`, so there is nothing that the launcher could start.';
	const loader = [...server.env, ...file.variables].find(({ name }) => isLoaderVariable(name));
	if (loader) return besideLoader(loader.name);
	return (brokenBecause(document) ?? unwritableBecause(document, { ...credential, server }))?.refused;
}

function userWords({ server, displayPath }: EnvFileUser): string {
	return `Server "${plainName(server.name)}" in ${displayPath}`;
}
