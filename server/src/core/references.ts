/**
 * The one grammar of what stands in a config instead of a credential.
 *
 * Ours: `cred://<store>/<path>[/@<field>]`. Vendors' own URIs (`op://`) are kept as the vendor writes them. Only letters,
 * digits and `-_.:/@` may appear, because hosts, shells, dotenv readers and YAML expand, strip or split on everything else.
 * A reference is a whole value, never a part of one. No form runs a command.
 */
export interface CredentialReference {
	readonly scheme: 'cred' | 'op';
	/** `keychain`, `pass`, ... ; `op` for vendor URIs of 1Password. */
	readonly store: string;
	/** `github/issues`; for `op` the path as the vendor writes it. */
	readonly path: string;
	readonly field?: string;
	/** As written. */
	readonly text: string;
}

const CRED =
	/^cred:\/\/([a-z][a-z0-9-]{0,31})\/([A-Za-z0-9_.:-]{1,64}(?:\/[A-Za-z0-9_.:-]{1,64}){0,7})(?:\/@([A-Za-z0-9_.-]{1,64}))?$/;
const OP = /^op:\/\/([A-Za-z0-9_.:-]{1,128}\/[A-Za-z0-9_.:-]{1,128}(?:\/[A-Za-z0-9_.:-]{1,128}){1,2})$/;
/** A path made of dots would climb out of a store that maps paths to files. */
const CLIMBS = /(?:^|\/)\.{1,2}(?:\/|$)/;

export function parseReference(text: string): CredentialReference | undefined {
	const cred = CRED.exec(text);
	if (cred) {
		if (CLIMBS.test(cred[2]!)) return undefined;
		return { scheme: 'cred', store: cred[1]!, path: cred[2]!, ...(cred[3] ? { field: cred[3] } : {}), text };
	}
	const op = OP.exec(text);
	if (op && !CLIMBS.test(op[1]!)) return { scheme: 'op', store: 'op', path: op[1]!, text };
	return undefined;
}

/** Looks like one of ours or a vendor's, well formed or not: used to say what is wrong with it. */
export function looksLikeReference(text: string): boolean {
	return /^(?:cred|op|pass|vault|keychain|keyring|keeper|dl|se|bws):/i.test(text.trimStart());
}

export function keychainReference(path: string): string {
	return `cred://keychain/${path}`;
}

/** One path segment from a free name: "My Server!" -> "my-server". Never empty. */
export function pathSegment(name: string): string {
	const cleaned = name
		.slice(0, 256)
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^a-z0-9_.-]+/g, '-')
		.replace(/^[-.]{1,1024}|[-.]{1,1024}$/g, '')
		.slice(0, 48);
	return cleaned || 'server';
}
