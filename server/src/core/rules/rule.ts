import type { ConfigDocument } from '../document.ts';
import type { Credential, Finding, Level } from '../finding.ts';
import type { AgeEvidence } from '../grants/evidence.ts';
import type { Grant, ProbeOutcome } from '../grants/grant.ts';
import type { NeedOverride } from '../needs/need.ts';
import type { Fingerprint } from '../secret-value.ts';
import type { Span } from '../text.ts';
import type { References } from './references-in.ts';

/**
 * One rule. Its file says what is wrong, `docs/rules/<id>.md` shows it and is its test. The id names the bad pattern and
 * never the cure.
 */
export interface Rule {
	readonly id: string;
	/** One line for lists and SARIF: "A credential is written into the config". */
	readonly title: string;
	readonly defaultLevel: Level;
	/** Only citations that are exact: "CWE-798". */
	readonly cwe: readonly string[];
	check(context: RuleContext): Iterable<RawFinding>;
}

/** A finding before suppressions and level settings. `level` overrides the rule's default, downwards or upwards. */
export type RawFinding = Omit<Finding, 'ruleId' | 'level'> & { readonly level?: Level };

/** What a rule may know. Everything is computed once for the document, before the first rule runs. */
export interface RuleContext {
	readonly document: ConfigDocument;
	/** Every literal secret of the document, in document order. */
	readonly credentials: readonly Credential[];
	/** As `secretsByServer` gives them. */
	readonly held: ReadonlyMap<string, readonly Credential[]>;
	readonly references: References;
	readonly knowledge: Knowledge;
}

/** What the world outside of this document tells. All of it is optional: a rule that misses it stays silent. */
export interface Knowledge {
	/** Epoch milliseconds. */
	readonly now: number;
	readonly oldAfterDays: number;
	readonly ages: ReadonlyMap<Fingerprint, readonly AgeEvidence[]>;
	/** References under which a secret with this fingerprint is already stored. */
	readonly stored: ReadonlyMap<Fingerprint, StoredItem>;
	/** Other documents that hold the same secret. */
	readonly elsewhere: ReadonlyMap<Fingerprint, readonly Elsewhere[]>;
	/** What issuers told when they were asked about a token; absent = nobody was asked. */
	readonly grants?: ReadonlyMap<Fingerprint, ProbeOutcome>;
	/** What the person says that a token may do, where its issuer does not tell. */
	readonly declared?: ReadonlyMap<Fingerprint, Grant>;
	/** What the person says that servers need, in place of our data. */
	readonly needs?: readonly NeedOverride[];
	/** Days before its end from which on a token is reported; absent = 7. */
	readonly expiresSoonDays?: number;
	/** Days of life from which on a token counts as long-lived; absent = 366. */
	readonly longLivedDays?: number;
	/** Names of environment variables that the host would see; absent = unknown, so nothing is called undefined. */
	readonly environment?: ReadonlySet<string>;
	/** Who else gets this file; absent = not looked at. */
	readonly exposure?: Exposure;
	/** What lies in the files that `envFile` fields of this document name, by the field's JSON pointer. */
	readonly envFiles?: ReadonlyMap<string, EnvFile>;
	/** For a `.env` file: the servers that read it, as people call them: `server "jira" in .vscode/mcp.json`. */
	readonly readBy?: readonly string[];
}

/** Facts about a file itself, apart from its text. Each is absent where it is not known. */
export interface Exposure {
	/** Absent: the file lies in no repository. */
	readonly git?: {
		/** It is in the index. */
		readonly tracked: boolean;
		/** It is not tracked, and a `.gitignore` keeps it out. */
		readonly ignored: boolean;
		/** So many commits changed it. */
		readonly commits?: number;
	};
	/** POSIX permission bits: 0o644. */
	readonly mode?: number;
	/** Other accounts can read it: its mode allows that, and so does every folder above it. */
	readonly readableByOthers?: boolean;
	/** Settings Sync has uploaded a version of it. */
	readonly synced?: boolean;
}

/** A `.env` file that a server reads. */
export interface EnvFile {
	readonly uri: string;
	/** As people see it: relative to its folder, or `~/...`. */
	readonly displayPath: string;
	/** Without well-known defaults. */
	readonly secrets: readonly Pick<Credential, 'span' | 'label' | 'confidence'>[];
}

export interface StoredItem {
	readonly reference: string;
	/** When it was stored, epoch milliseconds. */
	readonly storedAt: number;
	/** Entries (config file, server, target) that are bound to the reference, as {@link boundPlace} writes them: the value came back. */
	readonly boundPlaces: readonly string[];
}

/** `<uri of the config>\n<server>\n<env or header>:<name>`: the target of a binding, as a value that compares. */
export function boundPlace(credential: Credential, document: Pick<ConfigDocument, 'uri'>): string {
	return placeKey(document.uri, credential.server?.name ?? '', credential.part.position, credential.part.name ?? '');
}

/** The same from a binding's parts. Header names compare without case. */
export function placeKey(uri: string, server: string, position: string, name: string): string {
	return `${uri}\n${server}\n${position}:${position === 'header' ? name.toLowerCase() : name}`;
}

export interface Elsewhere {
	readonly uri: string;
	readonly span: Span;
	/** "server jira in ~/.cursor/mcp.json" */
	readonly description: string;
	/** It stands in no server's entry: a `.env` file, an input, a comment. Linked, but no user of the secret. */
	readonly isCopy?: boolean;
}

export const NO_KNOWLEDGE: Knowledge = {
	now: 0,
	oldAfterDays: 90,
	ages: new Map(),
	stored: new Map(),
	elsewhere: new Map(),
};
