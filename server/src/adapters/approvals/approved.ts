import { type Binding, entryOf } from '../../core/bindings/binding.ts';
import { differences } from '../../core/bindings/differences.ts';
import type { ConfigDocument } from '../../core/document.ts';
import { type EntryName, isSameEntry } from '../../core/servers.ts';
import type { ReadOnlyIndex } from '../state/index.ts';
import { realOrSame, referencesIn, rootsOf, serverNamed } from '../workload/config-entry.ts';
import { describeDestination } from '../workload/destination.ts';

/** The bindings of this entry that the document still agrees with. */
export function matchingBindings(
	home: string,
	index: ReadOnlyIndex,
	document: ConfigDocument,
	config: string,
	name: EntryName,
): Binding[] {
	const entry = serverNamed(document, name);
	if (!entry) return [];
	const surroundings = { roots: rootsOf(config, document, entry), environment: process.env, home };
	const placed = referencesIn(entry, surroundings);
	return bindingsOf(index, config, name).filter((binding) =>
		placed.some(
			({ reference, target }) =>
				reference === binding.reference &&
				differences(binding.destination, describeDestination(entry, target, surroundings), index.fingerprinter)
					.length === 0,
		),
	);
}

export function bindingsOf(index: ReadOnlyIndex, config: string, name: EntryName): Binding[] {
	const real = realOrSame(config);
	return index.bindings.filter(({ workload }) => workload.config === real && isSameEntry(entryOf(workload), name));
}
