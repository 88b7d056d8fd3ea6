import type { Binding } from '../../core/bindings/binding.ts';
import { differences } from '../../core/bindings/differences.ts';
import type { ConfigDocument } from '../../core/document.ts';
import type { ReadOnlyIndex } from '../state/index.ts';
import { realOrSame, referencesIn, rootsOf, serverNamed } from '../workload/config-entry.ts';
import { describeDestination } from '../workload/destination.ts';

/** The bindings of this entry that the document still agrees with. */
export function matchingBindings(
	home: string,
	index: ReadOnlyIndex,
	document: ConfigDocument,
	config: string,
	server: string,
): Binding[] {
	const entry = serverNamed(document, server);
	if (!entry) return [];
	const surroundings = { roots: rootsOf(config, document), environment: process.env, home };
	const placed = referencesIn(entry, surroundings);
	return bindingsOf(index, config, server).filter((binding) =>
		placed.some(
			({ reference, target }) =>
				reference === binding.reference &&
				differences(binding.destination, describeDestination(entry, target, surroundings), index.fingerprinter)
					.length === 0,
		),
	);
}

export function bindingsOf(index: ReadOnlyIndex, config: string, server: string): Binding[] {
	const real = realOrSame(config);
	return index.bindings.filter(({ workload }) => workload.config === real && workload.server === server);
}
