import { findIssuer } from '../issuers/index.ts';
import data from './publishers.json' with { type: 'json' };

/**
 * The issuers whose own an npm scope or a GitHub owner is, where its name is another than theirs. A name that only begins like an
 * issuer's is nobody's: everybody can register one.
 */
const OWNERS: Readonly<Record<string, string>> = data.owners;

/** Does this npm scope or GitHub owner belong to the issuer? */
export function publishes(owner: string, issuer: string): boolean {
	const name = owner.toLowerCase();
	const issuers = Object.hasOwn(OWNERS, name) ? OWNERS[name] : findIssuer(name)?.id;
	return issuers?.split(' ').includes(issuer) === true;
}
