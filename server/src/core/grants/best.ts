import { isoDay } from '../dates.ts';
import type { Classification } from '../issuers/issuer.ts';
import type { Grant, ProbeOutcome } from './grant.ts';

/** What the token's own bytes tell, else its kind. Never more than they say: without scopes it is `unknown`. `now` in epoch milliseconds. */
export function grantOf({ kind, inside }: Classification, now: number): Grant {
	const breadth = inside?.breadth ?? kind.breadth;
	const scopes = inside?.scopes ?? [];
	return {
		source: inside ? 'token' : 'format',
		asOf: now,
		precision: scopes.length > 0 ? 'at-least' : 'unknown',
		scopes,
		...(breadth === 'admin' ? { access: 'admin' as const } : {}),
		...(inside?.issuedAt === undefined ? {} : { createdAt: inside.issuedAt }),
		...(inside?.expiresAt === undefined ? {} : { expiresAt: inside.expiresAt }),
		...(inside?.noExpiry ? { neverExpires: true } : {}),
		notes: [kind.scope, ...(inside?.notes ?? [])],
	};
}

/**
 * What a person said of a token that its issuer has replaced since by one with the same rights. When the new one ends is another
 * question. Undefined where nothing is left.
 */
export function afterRotation({ source, asOf, precision, scopes, access }: Grant, now: number): Grant | undefined {
	if (precision === 'unknown') return undefined;
	const notes = [`declared before its rotation on ${isoDay(now)}`];
	return { source, asOf, precision, scopes, ...(access === undefined ? {} : { access }), notes };
}

const RANK: Record<Grant['source'], number> = { issuer: 0, token: 1, declared: 2, format: 3 };

/**
 * The statement to go by: what the issuer told, else the token, else the person, else its form. What the best leaves open
 * (scopes, dates, owner, reach) is taken from the next, and `source` is who tells the scopes. A refusal is no statement, so it
 * changes nothing.
 */
export function bestGrant(...statements: readonly (Grant | ProbeOutcome | undefined)[]): Grant | undefined {
	const grants = statements.flatMap((statement) => {
		if (!statement) return [];
		if (!('state' in statement)) return [statement];
		return statement.state === 'told' ? [statement.grant] : [];
	});
	const [best, ...rest] = grants.toSorted((a, b) => RANK[a.source] - RANK[b.source] || b.asOf - a.asOf);
	return best && rest.reduce(filled, best);
}

function filled(best: Grant, next: Grant): Grant {
	const told = best.precision === 'unknown' && next.precision !== 'unknown' ? next : best;
	const ends = best.expiresAt !== undefined || best.neverExpires ? best : next;
	const isOtherEnd = (ends.expiresAt !== undefined || ends.neverExpires) && ends.source !== told.source;
	return {
		...best,
		source: told.source,
		asOf: told.asOf,
		precision: told.precision,
		scopes: told.scopes,
		...optional('access', best.access ?? next.access),
		...optional('resources', best.resources ?? next.resources),
		...optional('account', best.account ?? next.account),
		...optional('createdAt', best.createdAt ?? next.createdAt),
		...optional('expiresAt', ends.expiresAt),
		...optional('neverExpires', ends.neverExpires),
		...optional('endFrom', ends.endFrom ?? (isOtherEnd ? { source: ends.source, asOf: ends.asOf } : undefined)),
		...optional('lastUsedAt', best.lastUsedAt ?? next.lastUsedAt),
		...optional('notes', best.notes ?? next.notes),
	};
}

function optional<Key extends keyof Grant>(key: Key, value: Grant[Key]): { readonly [K in Key]?: Grant[K] } {
	return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]?: Grant[K] });
}
