import type { Dialect, DialectId } from './dialect.ts';
import { UNDOCUMENTED } from './forms.ts';

const STRICT_JSON = { comments: false, trailingCommas: false };
export const WITH_COMMENTS = { comments: true, trailingCommas: true };

/** What most hosts have in common: strict JSON with `mcpServers`, in which nothing is filled in. */
export const COMMON = {
	syntax: STRICT_JSON,
	serverRoots: [['mcpServers']],
	references: [],
	unset: 'the text of the reference itself',
	stopSeconds: 2,
	environment: 'unknown',
	types: { stdio: undefined, http: undefined },
} satisfies Partial<Dialect>;

/** A host that reads its files alone. */
export function host(id: DialectId, name: string) {
	return { ...COMMON, id, name, readers: [name] };
}

/** For hosts that do not tell what they fill in: nothing of it is called unresolvable. */
export function undocumented(host: string) {
	return { references: UNDOCUMENTED, unset: `something that ${host} does not document` };
}
