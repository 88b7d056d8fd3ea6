import { decodeBase64Json } from './base64.ts';
import type { TokenFacts } from './issuer.ts';

/** The readable claims of a JSON Web Token (RFC 7519). Nothing is verified: claims only ever raise or date a finding. */
export interface JwtClaims {
	readonly issuer?: string;
	readonly role?: string;
	readonly scopes: readonly string[];
	/** Supabase: the project. */
	readonly ref?: string;
	/** Epoch milliseconds. */
	readonly issuedAt?: number;
	readonly expiresAt?: number;
	/** The payload can be read and says nothing of an end. */
	readonly noExpiry: boolean;
	/** The example of the debugger at jwt.io, which stands in countless documents. */
	readonly example: boolean;
}

/** Undefined if the header is not one of a JWT; claims are empty if only the payload cannot be read. */
export function decodeJwt(token: string): JwtClaims | undefined {
	const [header, payload] = token.split('.', 2);
	if (!header || decodeBase64Json(header)?.alg === undefined) return undefined;
	const read = payload ? decodeBase64Json(payload) : undefined;
	const claims = read ?? {};
	return {
		noExpiry: read !== undefined && claims.exp === undefined,
		scopes: words(claims.scope ?? claims.scp ?? claims.scopes),
		example: claims.sub === '1234567890',
		...text('issuer', claims.iss),
		...text('role', claims.role),
		...text('ref', claims.ref),
		...time('issuedAt', claims.iat),
		...time('expiresAt', claims.exp),
	};
}

/** Which Supabase key a legacy JWT is, if it is one: the issuer and the role claim say so (supabase.com, API keys; read 2026-11). */
export function supabaseKind(claims: JwtClaims): 'supabase-service-role' | 'supabase-anon' | undefined {
	if (claims.issuer !== 'supabase' && !claims.issuer?.includes('.supabase.')) return undefined;
	if (claims.role === 'service_role') return 'supabase-service-role';
	return claims.role === 'anon' ? 'supabase-anon' : undefined;
}

export function jwtFacts(token: string): TokenFacts | undefined {
	const claims = decodeJwt(token);
	if (!claims) return undefined;
	const notes: string[] = [];
	if (claims.issuer) notes.push(`issued by ${claims.issuer}`);
	if (claims.role) notes.push(`role ${claims.role}`);
	if (claims.ref) notes.push(`project ${claims.ref}`);
	if (claims.scopes.length > 0) notes.push(`scopes ${claims.scopes.slice(0, 20).join(', ')}`);
	if (claims.expiresAt === undefined) notes.push('no expiry inside');
	return {
		...(claims.issuedAt === undefined ? {} : { issuedAt: claims.issuedAt }),
		...(claims.expiresAt === undefined ? { noExpiry: claims.noExpiry } : { expiresAt: claims.expiresAt }),
		...(claims.scopes.length > 0 ? { scopes: claims.scopes } : {}),
		notes,
	};
}

function words(value: unknown): string[] {
	if (typeof value === 'string') return value.split(/[\s,]+/, 50).filter(isPlain);
	return Array.isArray(value) ? value.slice(0, 50).filter(isPlain) : [];
}

/** A claim that can be shown: short, and without control characters. */
function isPlain(value: unknown): value is string {
	return typeof value === 'string' && /^[\p{L}\p{N}\p{P}\p{S}]{1,120}$/u.test(value);
}

function text<Key extends string>(key: Key, value: unknown): { readonly [K in Key]?: string } {
	return isPlain(value) ? ({ [key]: value } as { readonly [K in Key]?: string }) : {};
}

const YEAR_2000 = 946_684_800;
const YEAR_2200 = 7_258_118_400;

/** A NumericDate, which is in seconds; what is not plausibly one is ignored. */
function time<Key extends string>(key: Key, value: unknown): { readonly [K in Key]?: number } {
	if (typeof value !== 'number' || value < YEAR_2000 || value > YEAR_2200) return {};
	return { [key]: Math.round(value * 1000) } as { readonly [K in Key]?: number };
}
