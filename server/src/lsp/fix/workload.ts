import { ApprovalError, approvalFor } from '../../adapters/approvals/approval.ts';
import { matchingBindings } from '../../adapters/approvals/approved.ts';
import { filePath } from '../../adapters/files.ts';
import type { StateIndex } from '../../adapters/state/index.ts';
import { referencesIn, rootsOf, serverNamed } from '../../adapters/workload/config-entry.ts';
import type { Binding } from '../../core/bindings/binding.ts';
import { findCredentials } from '../../core/credentials/find.ts';
import type { ConfigDocument } from '../../core/document.ts';
import type { EntryName } from '../../core/servers.ts';
import type { Session } from '../session.ts';
import { FixRefused } from './place.ts';

export interface NewReference {
	readonly reference: string;
	/** Absent when a broker keeps the secret. */
	readonly itemId?: string;
}

/**
 * The bindings that the edited entry needs: one for the new reference, and renewed ones for the references that were
 * there before, since the edit changed what surrounds them. Only those are renewed that still matched before the edit: a
 * fix must not approve what somebody else changed.
 *
 * @param written texts that the same edit writes beside the config, by path: its `.env` file
 * @throws FixRefused when nobody can say what would receive the secret.
 */
export function bindingsAfter(
	session: Session,
	index: StateIndex,
	before: ConfigDocument,
	after: ConfigDocument,
	name: EntryName,
	added: NewReference,
	written: ReadonlyMap<string, string> = new Map(),
): Binding[] {
	const entry = serverNamed(after, name);
	if (!entry) throw new FixRefused('The edited entry could not be read again.');
	const config = filePath(after.uri)!;
	const approved = matchingBindings(session.world.home, index, before, config, name);
	const secrets = new Set(findCredentials(after, index.fingerprinter).map((credential) => credential.part.pointer));
	const { home } = session.world;
	const surroundings = { roots: rootsOf(config, after, entry), environment: process.env, home, written };
	return referencesIn(entry, surroundings).flatMap(({ reference, target }) => {
		const isNew = reference === added.reference;
		const itemId = isNew ? added.itemId : approved.find((binding) => binding.reference === reference)?.itemId;
		if (!isNew && !approved.some((binding) => binding.reference === reference)) return [];
		try {
			return approvalFor({
				config,
				document: after,
				entry: name,
				reference,
				target,
				...(itemId ? { itemId } : {}),
				isSecret: (part) => secrets.has(part.pointer),
				home,
				environment: process.env,
				written,
				fingerprinter: index.fingerprinter,
				now: session.world.now(),
			});
		} catch (error) {
			if (isNew && error instanceof ApprovalError) throw new FixRefused(error.message);
			if (error instanceof ApprovalError) return [];
			throw error;
		}
	});
}
