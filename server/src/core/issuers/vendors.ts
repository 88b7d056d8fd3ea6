import { lazy } from '../lazy.ts';
import vendorKeys from './data/vendor-keys.json' with { type: 'json' };
import lines from './data/vendors.json' with { type: 'json' };
import type { ChecksumId, FactsId, Issuer, TokenKind } from './issuer.ts';

/** A published form of a vendor's key. */
interface VendorKey {
	readonly issuer: string;
	readonly name: string;
	readonly prefix?: string;
	readonly marker?: string;
	readonly pattern: string;
	/** Others use the same form: the vendor's name must stand beside it. */
	readonly named?: boolean;
	readonly shape?: boolean;
	readonly checksum?: ChecksumId;
	readonly facts?: FactsId;
	/** Names a secret without being one. */
	readonly id?: boolean;
	/** Where the vendor documents it. */
	readonly source?: string;
	/** Known from published samples and clients, not from the survey. */
	readonly sample?: boolean;
}

const SURVEY =
	'A survey of the public rules of other scanners (gitleaks, betterleaks, kingfisher, titus and others), 2026-11; not checked with the vendor';
const SAMPLES = 'Published samples and clients of the vendor, 2026-11; not checked with the vendor';

/** `id|name|domains|aliases|common`, with blanks between several: one text each, because a thousand objects cost time at every start. */
function issuer(line: string): Issuer {
	const [id, name, domains, aliases, common] = line.split('|') as [string, string, ...string[]];
	const words = aliases ? aliases.split(' ') : [];
	return {
		id,
		name,
		...(aliases ? { aliases: words } : {}),
		...(common ? { commonName: true } : {}),
		hosts: domains ? domains.split(' ').flatMap((domain) => [domain, `.${domain}`]) : [],
		kinds: (KEYS.get(id) ?? []).map((key, i) => kind(words, key, i)),
	};
}

function kind(aliases: readonly string[], key: VendorKey, index: number): TokenKind {
	return {
		id: `${key.issuer}-key${index === 0 ? '' : `-${index + 1}`}`,
		issuer: key.issuer,
		name: key.name,
		...(key.prefix ? { prefix: key.prefix } : {}),
		...(key.marker ? { marker: key.marker } : {}),
		pattern: key.pattern,
		...(key.checksum ? { checksum: key.checksum } : {}),
		...(key.facts ? { facts: key.facts } : {}),
		...(key.shape ? { shape: true } : {}),
		...(key.named ? { nameHints: [key.issuer, ...aliases] } : {}),
		...(key.id ? { ceiling: 'weak' as const } : {}),
		breadth: 'unknown',
		scope: 'Acts for an account of this vendor; the bytes do not show what it may do.',
		source: key.source ?? (key.sample ? SAMPLES : SURVEY),
	};
}

const KEYS = Map.groupBy(vendorKeys as readonly VendorKey[], (key) => key.issuer);

/**
 * Issuers whose secrets mostly do not identify themselves: a variable's, header's or server's name, or the host, tells
 * whose a value is. A few have a published form too. Names and domains are general knowledge (2026-11).
 */
export const vendors = lazy((): readonly Issuer[] => lines.map(issuer));

/** The kinds of all vendors, without the thousand vendors that have none. */
export const VENDOR_KINDS: readonly TokenKind[] = lines
	.filter((line) => KEYS.has(line.slice(0, line.indexOf('|'))))
	.flatMap((line) => issuer(line).kinds);
