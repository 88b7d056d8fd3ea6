import type { CredentialRecord } from '../../core/inventory.ts';
import { probeFor, revokeFor, rotateFor } from '../../core/probes/index.ts';
import type { Base, IssuerProbe, RevokeAct, RotateAct } from '../../core/probes/probe.ts';
import { whereToAsk } from '../../core/probes/where.ts';
import type { ActId } from '../../protocol/index.ts';
import { FixRefused } from '../fix/place.ts';
import type { Session } from '../session.ts';
import { type Index, type Use, usesOf } from './use.ts';

/** How an issuer is asked for one act, with what only this act has. */
export type Way =
	| { readonly act: 'probe'; readonly probe: IssuerProbe }
	| { readonly act: 'revoke'; readonly probe: IssuerProbe; readonly revoke: RevokeAct }
	| { readonly act: 'rotate'; readonly probe: IssuerProbe; readonly rotate: RotateAct };

/** Undefined: this issuer offers no such thing for this kind of token. */
export function wayFor(act: ActId, kind: string): Way | undefined {
	if (act === 'probe') {
		const probe = probeFor(kind);
		return probe && { act, probe };
	}
	if (act === 'revoke') {
		const found = revokeFor(kind);
		return found && { act, ...found };
	}
	const found = rotateFor(kind);
	return found && { act, ...found };
}

/** What a question is about: the uses of one secret, and the one whose entry says where to ask. */
export interface Subject {
	readonly uses: readonly Use[];
	readonly use: Use;
	readonly base: Base;
}

/** @throws FixRefused with the way out */
export async function subjectOf(
	session: Session,
	record: CredentialRecord,
	way: Way,
	index: Index,
	wanted?: { readonly uri: string; readonly pointer: string },
): Promise<Subject> {
	if (!session.trusted)
		throw new FixRefused('This workspace is not trusted, so no secret of it is sent anywhere. Trust it first.');
	const uses = await withRegistry(session, way, await usesOf(session, record, index));
	if (uses.length === 0)
		throw new FixRefused(
			record.storage.where === 'config'
				? 'No entry uses it now (an input or a comment is none), so nobody can say which host it is for. Use the token page of its issuer.'
				: 'No entry that uses this stored secret is as it was approved, so it is sent nowhere. Approve the entry first ("mcp-hygiene approve").',
		);
	const where = whereToAsk(way.probe, record.kind, wanted ? uses.filter((one) => isAt(one, wanted)) : uses);
	if (where) return { uses, ...where };
	throw new FixRefused(way.probe.noBase ?? `No address of ${way.probe.name} is known for this entry.`);
}

function isAt({ uri, pointer }: Use, wanted: { readonly uri: string; readonly pointer: string }): boolean {
	return uri === wanted.uri && pointer === wanted.pointer;
}

/** npm itself says where a person's registry is; a token goes nowhere else. */
async function withRegistry(session: Session, { probe }: Way, uses: Use[]): Promise<Use[]> {
	if (probe.issuer !== 'npm') return uses;
	const npmRegistry = await session.world.npmRegistry();
	return npmRegistry === undefined ? uses : uses.map((use) => ({ ...use, around: { ...use.around, npmRegistry } }));
}
