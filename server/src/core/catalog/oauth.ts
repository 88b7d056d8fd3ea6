import data from './oauth-remotes.json' with { type: 'json' };

/** A vendor's own server that signs in with OAuth. */
export interface OauthRemote {
	readonly url: string;
	/** What else a person has to know, one sentence. */
	readonly note?: string;
}

interface Entry extends OauthRemote {
	/** Of a known server in `servers.json`. */
	readonly id: string;
}

const BY_ID: ReadonlyMap<string, OauthRemote> = new Map(
	(data.remotes as readonly Entry[]).map(({ id, ...remote }) => [id, remote]),
);

/** What stands in place of a known server that takes a token; undefined where no such offer is known. */
export function oauthRemote(id: string): OauthRemote | undefined {
	return BY_ID.get(id);
}
