import type { Base } from './bases.ts';
import type { IssuerProbe } from './probe.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Where to ask about a token that stands in several places. A host that one of them names goes before the issuer's own: the
 * token belongs there, and the public host would see the secret of a stranger. For the same reason a place whose host cannot be
 * read keeps the token from the public host. Undefined: nowhere.
 */
export function whereToAsk<Use extends { readonly around: Surroundings }>(
	probe: IssuerProbe,
	kind: string,
	uses: readonly Use[],
): { readonly use: Use; readonly base: Base } | undefined {
	const found = uses.map((use) => ({ use, base: probe.bases(kind, use.around)[0] }));
	const best =
		found.find(({ base }) => base !== undefined && base.from !== 'issuer') ??
		found.find(({ base }) => !base) ??
		found[0];
	return best?.base && { use: best.use, base: best.base };
}
