// Is the issuer the one that the corpus names?
import { allIssuers } from '../../server/src/core/issuers/index.ts';
import type { Example } from './corpus.ts';
import type { Outcome } from './outcome.ts';

/** Labels of other scanners that name no issuer. */
export function isNameable({ provider }: Example): boolean {
	return !/^(?:generic|odbc|psexec|react|django|privkey|filezilla|wireguard)/.test(provider);
}

/** The corpus names issuers in its own way: compared are letters and digits, with the issuer's other names. */
const NAMES = new Map(
	allIssuers().map((issuer) => {
		const words = [issuer.id, issuer.name, ...(issuer.aliases ?? [])];
		return [issuer.id, new Set(words.map((word) => word.toLowerCase().replace(/[^a-z0-9]/g, '')))];
	}),
);

export function isNamedRight({ example, issuers }: Outcome): boolean {
	const provider = example.provider.toLowerCase().replace(/[^a-z0-9]/g, '');
	const short = provider.replace(/(?:url|io|v\d|token|cloud|secretkey)$/, '');
	return issuers.some((issuer) => {
		const names = NAMES.get(issuer);
		return names !== undefined && (names.has(provider) || names.has(short));
	});
}
