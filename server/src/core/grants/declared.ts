import type { TokenKind } from '../issuers/issuer.ts';
import { plainPointer } from '../names-shown.ts';
import { KNOWN_SERVERS } from '../needs/table.ts';
import { hasPermissions, scopeModel } from '../scopes/index.ts';
import type { Access } from '../scopes/model.ts';
import type { Grant } from './grant.ts';

/** What a person says of a token, as they said it. */
export interface DeclaredWords {
	/** In the issuer's own words. */
	readonly scopes: readonly string[];
	readonly access?: Access;
	/** Its last day, as an ISO date, or `never`. */
	readonly expires?: string;
}

const MOST_SCOPES = 100;
const LONGEST = 200;
const ACCESS: ReadonlySet<unknown> = new Set(['read', 'write', 'admin']);

/**
 * The person's statement as a grant: `at-least`, because nobody checked that it is all. Or why it cannot be one: the words come over
 * the wire, and a token that was pasted for a scope must not be kept. `now` in epoch milliseconds.
 */
export function declaredGrant(words: DeclaredWords, now: number): Grant | { readonly refused: string } {
	const { scopes, access, expires } = words;
	if (!Array.isArray(scopes) || scopes.length > MOST_SCOPES || !scopes.every(isScope))
		return { refused: 'Write each scope as its issuer does, such as issues:read. Nothing was kept.' };
	if (access !== undefined && !ACCESS.has(access)) return { refused: 'Say read, write or admin. Nothing was kept.' };
	const isEndless = expires === 'never';
	const expiresAt = expires === undefined || isEndless ? undefined : dayTime(expires);
	if (expires !== undefined && expiresAt === undefined && !isEndless)
		return { refused: 'Write its last day as YYYY-MM-DD, or never. Nothing was kept.' };
	const saysReach = scopes.length > 0 || access !== undefined;
	if (!saysReach && expires === undefined) return { refused: 'Nothing was said, so nothing was kept.' };
	return {
		source: 'declared',
		asOf: now,
		precision: saysReach ? 'at-least' : 'unknown',
		scopes: [...new Set(scopes)],
		...(access === undefined ? {} : { access }),
		...(expiresAt === undefined ? {} : { expiresAt }),
		...(isEndless ? { neverExpires: true } : {}),
	};
}

function isScope(scope: unknown): boolean {
	return (
		typeof scope === 'string' &&
		scope.trim() === scope &&
		scope !== '' &&
		scope.length <= LONGEST &&
		!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(scope) &&
		plainPointer(scope) === scope
	);
}

/** Epoch milliseconds of a day that exists. */
function dayTime(day: string): number | undefined {
	const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) : Number.NaN;
	return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? undefined : time;
}

/** Scopes of this issuer that are known here, to choose from: those that include others, and those that known servers need. */
export function knownScopes(issuer: string, kind: Pick<TokenKind, 'id'>): string[] {
	const model = scopeModel(issuer, kind);
	const included = Object.entries(model?.includes ?? {}).flat(2);
	const rows = KNOWN_SERVERS.filter((server) => server.issuer === issuer).flatMap(
		({ groups, scopePrefix = '', unprefixed = [] }) =>
			groups
				.flatMap(({ rows }) => rows)
				.flatMap((row) => {
					const words = hasPermissions(kind) ? [row.permissions, row.may] : [row.needs, row.may];
					return words
						.flatMap((word) => word?.split(/, |\|/) ?? [])
						.map((scope) => (unprefixed.includes(scope) ? scope : scopePrefix + scope));
				}),
	);
	const isOne = (scope: string) =>
		scope !== '' && scope !== '-' && (!model || model.knows(model.plain?.(scope) ?? scope));
	return [...new Set([...included, ...rows])].filter(isOne).toSorted();
}
