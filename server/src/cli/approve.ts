import { proposalFor } from '../adapters/approvals/approval.ts';
import type { Refusal } from '../adapters/approvals/refusal.ts';
import { approveRefusal, listRefusals } from '../adapters/approvals/refusals.ts';
import { type Binding, targetWords } from '../core/bindings/binding.ts';
import { receiverDetails } from '../core/bindings/receiver.ts';
import { classify } from '../core/issuers/classify.ts';
import { plainName } from '../core/names-shown.ts';
import { plain } from '../core/report/words.ts';
import type { Part } from '../core/servers.ts';
import { bindingText } from './bindings.ts';
import { type Command, type Context, EXIT } from './context.ts';
import { CommandError } from './error.ts';
import { openState } from './state.ts';
import { parse, UsageError } from './usage.ts';

/**
 * `approve [NUMBER|ID] [--item ID]`: shows what was refused to start and why, and allows one of them. An act of a person: a
 * terminal is no proof of one, but whoever has none is certainly none.
 */
export const approve: Command = async (args, context) => {
	const { values, positionals } = parse(args, { item: { type: 'string' } });
	if (positionals.length > 1) throw new UsageError('approve takes one number or id at most.');
	if (!(await context.isInteractive())) {
		throw new CommandError('Approving is for a person: run it yourself, in a terminal.');
	}
	const refusals = listRefusals(context.stateDir);
	if (refusals.length === 0) {
		context.err('Nothing was refused since the last approval.\n');
		return EXIT.ok;
	}
	const refusal = await choose(refusals, positionals[0], context);
	if (!refusal) return EXIT.ok;
	return lift(refusal, values.item, context);
};

async function choose(
	refusals: readonly Refusal[],
	named: string | undefined,
	context: Context,
): Promise<Refusal | undefined> {
	if (named === undefined) context.err(refusals.map((refusal, i) => `${describe(refusal, i + 1)}\n`).join(''));
	const answer = named ?? (await context.ask('Which one do you want to allow? Number, or Enter for none: ')).trim();
	if (answer === '') return undefined;
	const found = refusals.find((refusal, i) => refusal.id === answer || String(i + 1) === answer);
	if (!found) throw new CommandError('There is no refusal of that number.');
	return found;
}

function describe(refusal: Refusal, number: number): string {
	const server = plainName(refusal.config?.server ?? refusal.server ?? 'without a name');
	const place = refusal.config ? `in ${refusal.config.path}` : `started in ${refusal.cwd}`;
	return [
		`${number}. ${plain(refusal.reference)} for ${targetOf(refusal)} of server "${plain(server)}" ${plain(place)}`,
		`   refused ${new Date(refusal.at).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
		...refusal.differences.map((difference) => `   - ${plain(difference)}`),
		'',
	].join('\n');
}

/** Each word as a name is shown: a token pasted as the name of a variable is none. */
function targetOf({ target }: Refusal): string {
	return targetWords(target).split(' ').map(plainName).map(plain).join(' ');
}

async function lift(refusal: Refusal, itemId: string | undefined, context: Context): Promise<number> {
	const index = await openState(context);
	const request = {
		index,
		refusal,
		...(itemId === undefined ? {} : { itemId }),
		isSecret: holdsSecret,
		home: context.home,
		environment: { ...context.env },
		now: context.now(),
	};
	const shown = proposalFor(request);
	context.err(`\n${details(shown)}\n`);
	const answer = await context.ask('May this receive the secret, from now on and without asking? Type yes: ');
	if (answer.trim() !== 'yes') {
		context.err('Nothing was allowed.\n');
		return EXIT.ok;
	}
	await approveRefusal({ ...request, stateDir: context.stateDir, shown });
	context.err('Allowed. Start the server again.\n');
	return EXIT.ok;
}

/** An argument that holds another secret is kept as a fingerprint, and not shown. */
function holdsSecret(part: Part): boolean {
	const context = { position: part.position, ...(part.name === undefined ? {} : { name: part.name }) };
	return classify(part.value, context).some((found) => !found.kind.public);
}

function details(binding: Binding): string {
	const { destination, workload } = binding;
	const lines = [bindingText(binding)];
	if (workload.roots.length > 0) lines.push(`  started from  ${workload.roots.map(plain).join(', ')}`);
	for (const [what, names] of receiverDetails(destination)) lines.push(`  ${what}  ${plain(names)}`);
	return `${lines.join('\n')}\n`;
}
