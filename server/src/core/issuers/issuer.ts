/**
 * Who issued a token, and in which formats. The facts stand in `data/<issuer>.json`, one file an issuer, each with its
 * source and date; this file says what a fact may be. `index.ts` is the table.
 */
export interface Issuer {
	readonly id: string;
	/** As people say it: "GitHub". */
	readonly name: string;
	/** Other words that stand for the issuer in names of variables, headers and servers, written together: "wandb". */
	readonly aliases?: readonly string[];
	/** The name is an ordinary word too ("notion", "box"), as is every alias of three letters or fewer: it counts at the start of a name only. */
	readonly commonName?: boolean;
	/** The issuer's own hosts; a token kind sent elsewhere is suspicious. A leading dot means any subdomain. */
	readonly hosts: readonly string[];
	/** Where a person sees, narrows, rotates and revokes such tokens. */
	readonly settingsUrl?: string;
	readonly kinds: readonly TokenKind[];
}

export interface TokenKind {
	/** Unique among all kinds: "github-pat-classic". */
	readonly id: string;
	readonly issuer: string;
	/** "personal access token (classic)" */
	readonly name: string;
	/** The literal that every such token starts with; feeds the prefilter. */
	readonly prefix?: string;
	/**
	 * Instead of a prefix: a literal that every such token contains, near enough to its start to find it from there. Beside a
	 * prefix with which ordinary values begin too (`https://`): a literal that these do not contain.
	 */
	readonly marker?: string;
	/** Matches one whole token; bounded repetition only. Compiled with `^...$` for values and unanchored for scanning. */
	readonly pattern: string;
	/**
	 * Where the bytes alone do not identify this kind: one of these must stand in the name beside the value or in the
	 * server's name. Lower case; a hint of several words needs all of them.
	 */
	readonly nameHints?: readonly string[];
	/** For JSON in base64: members that it has. Other JSON that begins alike is something else. */
	readonly members?: readonly string[];
	/** Without prefix, marker or hints: the shape of the whole value is so unusual that no name is needed. */
	readonly shape?: boolean;
	readonly checksum?: ChecksumId;
	/** What the bytes tell besides the kind, and how to read it. */
	readonly facts?: FactsId;
	readonly breadth: Breadth;
	/** What the form tells of the token's reach, one sentence for people, honest about what it does not tell. */
	readonly scope: string;
	/** What the form tells of its lifetime, one sentence for people; absent = nothing known. */
	readonly lifetime?: string;
	/** `true`: not secret at all (publishable keys, client ids). Recognised in order to stay silent. */
	readonly public?: boolean;
	/** The most that a match may claim: an id that names a secret without being one stays `weak`. */
	readonly ceiling?: Confidence;
	/** Advice that makes the token smaller: "use a fine-grained token limited to ..." */
	readonly narrower?: string;
	/** Vendor page or repository path, and the date it was read. */
	readonly source: string;
}

/**
 * How far a kind reaches by its form.
 * - `admin`: administers an organisation or bypasses access rules
 * - `user`: acts as the person, everywhere the person may
 * - `project`: bound to one project, repository, site, workspace, or a service that holds nothing of its owner but a quota
 * - `scoped`: limited by scopes that the bytes do not show
 * - `session`: short-lived by form
 * - `unknown`
 */
export type Breadth = 'admin' | 'user' | 'project' | 'scoped' | 'session' | 'unknown';

export type ChecksumId =
	| 'crc32-base62-6'
	| 'github-fine-grained'
	| 'gitlab-routable'
	| 'atlassian-crc32-hex'
	| 'crc32-hex-8'
	| 'grafana-crc32'
	| 'bech32'
	| 'base64-json';

export type FactsId =
	| 'jwt'
	| 'aws-account'
	| 'azure-cask'
	| 'discord-bot'
	| 'grafana-cloud'
	| 'onepassword'
	| 'postman'
	| 'sentry-org'
	| 'slack'
	| 'snyk'
	| 'ulid'
	| 'discord-webhook'
	| 'presigned-bedrock'
	| 'azure-sas';

/** `valid` and `invalid` grade a match; neither hides one. `none`: the kind has no checksum that is known. */
export type ChecksumGrade = 'valid' | 'invalid' | 'none';

/** What a classifier says of one string. */
export interface Classification {
	readonly issuer: string;
	readonly issuerName: string;
	readonly kind: TokenKind;
	/** Offsets of the secret inside the classified value: `Bearer ghp_...` -> the token alone. */
	readonly from: number;
	readonly to: number;
	readonly checksum: ChecksumGrade;
	readonly confidence: Confidence;
	/** `name`: the issuer follows from the name, server or host beside the value, not from the bytes. Absent: from the bytes. */
	readonly attributed?: 'name';
	/** Facts that the token's own bytes tell. */
	readonly inside?: TokenFacts;
}

/**
 * How sure that this is a live secret.
 * - `certain`: the format identifies itself, and its checksum, if it has one, is right
 * - `likely`: a known format with a wrong checksum or length, or a telling name beside a value that looks random
 * - `weak`: typed by hand, words only, or an id
 */
export type Confidence = 'certain' | 'likely' | 'weak';

/** Times are epoch milliseconds. */
export interface TokenFacts {
	readonly issuedAt?: number;
	readonly expiresAt?: number;
	/** Words for people: "AWS account 123456789012", "role service_role, project abc". Never characters of the secret part. */
	readonly notes?: readonly string[];
	readonly breadth?: Breadth;
	/** What the token says that it may do, in its issuer's words. */
	readonly scopes?: readonly string[];
	/** A JWT that says nothing of an end. */
	readonly noExpiry?: boolean;
}
