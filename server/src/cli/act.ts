import { type Agreed, type Memory, performAct, prepareAct } from '../adapters/acts/perform.ts';
import type { Asked } from '../adapters/acts/question.ts';
import type { ActEnd } from '../adapters/acts/session.ts';
import type { Way } from '../adapters/acts/way.ts';
import { wayFor } from '../adapters/issuers.ts';
import { openProbeCache } from '../adapters/state/probe-cache.ts';
import { withSecretLock } from '../adapters/state/secret-lock.ts';
import type { CredentialRecord } from '../core/inventory/model.ts';
import { plain } from '../core/report/words.ts';
import { Fingerprinter, shortFingerprint } from '../core/secret-value.ts';
import { recordNamed, wrongName } from './act-name.ts';
import { type Surveyed, survey } from './act-session.ts';
import { type Command, type Context, EXIT } from './context.ts';
import { CommandError } from './error.ts';
import { randomKey } from './random.ts';
import { openState } from './state.ts';
import { parse } from './usage.ts';

type EndingAct = 'revoke' | 'rotate';

/** `revoke NAME [PATH...]`: ends a token at its issuer. */
export const revoke: Command = (args, context) => act('revoke', args, context);

/** `rotate NAME [PATH...]`: has the issuer replace a stored token, and stores the new value in its place. */
export const rotate: Command = (args, context) => act('rotate', args, context);

/**
 * The act of a person who read what ends and typed the code of the credential that the question named. There is no option that
 * answers instead: a script that ends a token ends whatever is there by then.
 */
async function act(which: EndingAct, args: readonly string[], context: Context): Promise<number> {
	const { values, positionals } = parse(args, { dialect: { type: 'string' } });
	const [name, ...paths] = positionals;
	if (!(await context.isInteractive()))
		throw new CommandError(`What ${which} does cannot be undone, so it asks first: run it yourself, in a terminal.`);
	// Codes that hold from one run to the next, and a lock that others see, need an index. Where there is no keychain, it goes without.
	await openState(context)
		.then((index) => index.establish())
		.catch(() => undefined);
	const fallback = new Fingerprinter(await randomKey(32));
	const look = () => survey({ paths, dialect: values.dialect }, fallback, context);
	const seen = await look();
	for (const problem of seen.problems) context.err(`mcp-hygiene ${which}: ${plain(problem)}\n`);
	const record = recordNamed(name, seen, which);
	const way = wayFor(which, record.kind);
	if (!way) throw new CommandError(wrongName(record, which));
	const { asked, agreed } = await prepareAct(seen.session, record, way, seen.index);
	context.err(questionText(which, asked, record));
	const code = shortFingerprint(record.id);
	const answer = await context.ask(`Type ${code}, the code in its name, to ${which} it: `);
	if (answer.trim().replace(/^#/, '').toLowerCase() !== code) throw new CommandError('Nothing was sent.');
	const end = await context.uninterrupted(() =>
		withSecretLock(context.stateDir, record.id, async () => perform(await look(), record.id, way, agreed, context)),
	);
	context.out(`${WORDS[end.status]}: ${plain(end.message)}\n`);
	if (which === 'revoke' && end.status === 'done')
		context.err(
			`The dead token is still there, ${standsIn(record)}: put its successor in its place, or take it out.\n`,
		);
	return CODES[end.status];
}

/** What was looked at before the question is looked at again: the answer may have taken a while. */
function perform(
	{ session, index, records }: Surveyed,
	id: string,
	way: Way,
	agreed: Agreed,
	{ stateDir, now }: Context,
): Promise<ActEnd> {
	const cache = openProbeCache(stateDir, now);
	// What cannot be kept is asked again another day; without an index no fingerprint lasts.
	const kept = (work: () => Promise<void>) => (index ? work().catch(() => undefined) : Promise.resolve());
	const memory: Memory = {
		put: (secret, answer) => kept(() => cache.put(index!.fingerprinter.of(secret), answer)),
		forget: (row) => kept(() => cache.forget(row)),
	};
	const record = records.find((one) => one.id === id);
	return performAct(session, record, way, agreed, { index, memory });
}

function standsIn({ storage: { where, text } }: CredentialRecord): string {
	return plain(where === 'config' ? text : `in the ${text}`);
}

const WORDS: Readonly<Record<ActEnd['status'], string>> = {
	done: 'confirmed',
	refused: 'refused',
	unknown: 'unknown',
	failed: 'failed',
};

/** 1 as for findings: it may have happened, or it did, and something is left to look at. */
const CODES: Readonly<Record<ActEnd['status'], number>> = {
	done: EXIT.ok,
	unknown: EXIT.findings,
	refused: EXIT.failure,
	failed: EXIT.findings,
};

function questionText(which: EndingAct, asked: Asked, { storage }: CredentialRecord): string {
	const { label, issuer, owner, hosts, usedBy, running = [], warnings } = asked;
	const fields = [
		['belongs to', owner ?? `not known (${issuer} was not asked, or did not say)`],
		...hosts.map(({ host, from }, i) => [i === 0 ? 'sent to' : '', `${host} (${from})`]),
		['stands', storage.text],
		...usedBy.map((use, i) => [i === 0 ? 'used by' : '', use]),
		...running.map((one, i) => [i === 0 ? 'runs now' : '', one]),
	] as const;
	const lines = fields.map(([field = '', text = '']) => `  ${field.padEnd(10)}  ${plain(text)}\n`);
	return [
		`To ${which} at ${issuer}: ${plain(label)}\n`,
		...lines,
		...warnings.map((warning) => `${plain(warning)}\n`),
	].join('');
}
