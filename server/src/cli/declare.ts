import { declare as keep } from '../adapters/state/declared-grants.ts';
import type { StateIndex } from '../adapters/state/index.ts';
import { analyze } from '../core/analyze.ts';
import { type DeclaredWords, declaredGrant } from '../core/grants/declared.ts';
import type { Grant } from '../core/grants/grant.ts';
import { plain } from '../core/report/words.ts';
import { NO_KNOWLEDGE } from '../core/rules/rule.ts';
import { type Fingerprint, shortFingerprint } from '../core/secret-value.ts';
import { type Command, type Context, EXIT } from './context.ts';
import { CommandError } from './error.ts';
import { Progress } from './progress.ts';
import { envFilesOf, readSources, SOURCE_OPTIONS, type SourceOptions } from './sources.ts';
import { openState, readState } from './state.ts';
import { oneOf, parse, UsageError } from './usage.ts';

/** `declare CODE`: keeps what you say that a token may do, or takes it back. */
export const declare: Command = async (args, context) => {
	const { values, positionals } = parse(args, {
		...SOURCE_OPTIONS,
		scope: { type: 'string', multiple: true, default: [] },
		access: { type: 'string' },
		expires: { type: 'string' },
		forget: { type: 'boolean', default: false },
	});
	const [code = '', ...paths] = positionals;
	const short = /^#?([0-9a-f]{6})$/.exec(code)?.[1];
	if (short === undefined)
		throw new UsageError(
			'declare needs the code of a token, such as 1a2b3c: "mcp-hygiene list" shows it at the end of its name.',
		);
	const grant = values.forget ? undefined : grantOf(values, context.now());
	const { user, dialect } = values;
	const isNew = (await readState(context)) === undefined;
	const index = await openState(context);
	await index.establish();
	const found = await withCode(short, { paths, user, dialect, staged: false }, { ...index, isNew }, context);
	await keep(context.stateDir, found, grant);
	context.err(grant ? 'Kept, as declared by you.\n' : 'Taken back.\n');
	return EXIT.ok;
};

interface Values {
	readonly scope: string[];
	readonly access?: string | undefined;
	readonly expires?: string | undefined;
}

function grantOf({ scope, access, expires }: Values, now: number): Grant {
	const words: DeclaredWords = {
		scopes: scope,
		...(access === undefined ? {} : { access: oneOf(access, ['read', 'write', 'admin'], '--access') }),
		...(expires === undefined ? {} : { expires }),
	};
	const grant = declaredGrant(words, now);
	if ('refused' in grant) throw new UsageError(grant.refused);
	return grant;
}

/** @throws CommandError unless exactly one secret of the configs, their `.env` files or the index has this code. */
async function withCode(
	short: string,
	request: SourceOptions,
	index: Pick<StateIndex, 'fingerprinter' | 'items'> & { readonly isNew: boolean },
	context: Context,
): Promise<Fingerprint> {
	const progress = await Progress.start(context);
	const { read, problems } = await readSources(request, context, progress);
	progress.end();
	const envFiles = await envFilesOf(read, context);
	for (const problem of [...problems, ...(envFiles?.problems ?? [])])
		context.err(`mcp-hygiene declare: ${plain(problem)}\n`);
	const knowledge = { ...NO_KNOWLEDGE, now: context.now() };
	const written = [...read, ...(envFiles?.read ?? [])].flatMap(
		({ document }) =>
			analyze(document, { fingerprinter: index.fingerprinter, levels: new Map(), knowledge }).credentials,
	);
	const all = [...written, ...index.items].map(({ fingerprint }) => fingerprint);
	const [found, ...more] = new Set(all.filter((fingerprint) => shortFingerprint(fingerprint) === short));
	if (found === undefined)
		throw new CommandError(
			index.isNew
				? 'Your index was made just now, so every code is a new one, and stays from here on. Run "mcp-hygiene list" with the same paths, and take the code from there.'
				: 'No secret has this code. Run "mcp-hygiene list" with the same paths, and take the code from there.',
		);
	if (more.length > 0) throw new CommandError('Several secrets have this code, so say it in the editor.');
	return found;
}
