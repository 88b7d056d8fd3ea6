import type { CredentialRecord } from '../../core/inventory/model.ts';
import type { Base } from '../../core/probes/bases.ts';
import { whereToAsk } from '../../core/probes/where.ts';
import { ActRefused, type ActSession } from './session.ts';
import { type Index, type Use, usesOf } from './use.ts';
import type { Way } from './way.ts';

/** What a question is about: the uses of one secret, and the one whose entry says where to ask. */
export interface Subject {
	readonly uses: readonly Use[];
	readonly use: Use;
	readonly base: Base;
}

/** How a question is asked, where that is open. */
export interface Wish {
	/** The use whose entry says where to ask. Absent: the first that names an address. */
	readonly place?: { readonly uri: string; readonly pointer: string } | undefined;
	/** A person allowed to read a stored text before the question, because only that says where to ask. */
	readonly opens?: boolean;
}

/** @throws ActRefused with the way out, StoreError where a stored text is read */
export async function subjectOf(
	session: ActSession,
	record: CredentialRecord,
	way: Way,
	index: Index,
	{ place: wanted, opens = false }: Wish,
): Promise<Subject> {
	if (!session.trusted)
		throw new ActRefused('This workspace is not trusted, so no secret of it is sent anywhere. Trust it first.');
	const uses = await withRegistry(session, way, await usesOf(session, record, index, opens));
	if (uses.length === 0)
		throw new ActRefused(
			record.storage.where === 'config'
				? 'No entry uses it now (an input or a comment is none), so nobody can say which host it is for. Use the token page of its issuer.'
				: 'No entry that uses this stored secret is as it was approved, so it is sent nowhere. Approve the entry first ("mcp-hygiene approve").',
		);
	const asked = wanted ? uses.filter((one) => isAt(one, wanted)) : uses;
	if (asked.length === 0)
		throw new ActRefused('The entry changed since you were asked, so nothing was sent. Look at it, and ask again.');
	const where = whereToAsk(way.probe, record.kind, asked);
	if (where) return { uses, ...where };
	throw new ActRefused(way.probe.noBase ?? `No address of ${way.probe.name} is known for this entry.`);
}

function isAt({ uri, pointer }: Use, wanted: { readonly uri: string; readonly pointer: string }): boolean {
	return uri === wanted.uri && pointer === wanted.pointer;
}

/** npm itself says where a person's registry is; a token goes nowhere else. */
async function withRegistry(session: ActSession, { probe }: Way, uses: Use[]): Promise<Use[]> {
	if (probe.issuer !== 'npm') return uses;
	const npmRegistry = await session.world.npmRegistry();
	return npmRegistry === undefined ? uses : uses.map((use) => ({ ...use, around: { ...use.around, npmRegistry } }));
}
