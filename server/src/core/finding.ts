import type { Classification, Confidence } from './issuers/issuer.ts';
import type { Fingerprint, SecretValue } from './secret-value.ts';
import type { McpServer, Part } from './servers.ts';
import type { Span } from './text.ts';

/** One scale everywhere. `error` is certain, `warning` likely, `note` weak. */
export type Level = 'error' | 'warning' | 'note';

/** What was found in one part, before it becomes a credential. */
export interface Found {
	readonly part: Part;
	readonly classification: Classification;
	readonly server?: McpServer;
}

/** A literal secret found in a config. */
export interface Credential {
	readonly server?: McpServer;
	readonly part: Part;
	/** The secret itself, not the quotes, not `Bearer `. */
	readonly span: Span;
	readonly secret: SecretValue;
	readonly fingerprint: Fingerprint;
	readonly classification: Classification;
	readonly confidence: Confidence;
	/** "GitHub personal access token (classic) #a1b2c3": safe to show anywhere. */
	readonly label: string;
}

export interface RelatedPlace {
	readonly span: Span;
	readonly message: string;
	/** Absent = the same document. */
	readonly uri?: string;
}

/** A rule's result. Plain data; holds no secret text in any string. */
export interface Finding {
	readonly ruleId: string;
	readonly level: Level;
	readonly span: Span;
	/** JSON pointer of the part or entry, stable across edits elsewhere. */
	readonly pointer: string;
	/** What it is, which server, why it matters here, what to do. */
	readonly message: string;
	readonly server?: string;
	readonly credential?: Credential;
	readonly related?: readonly RelatedPlace[];
}
