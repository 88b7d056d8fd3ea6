import type { Analysis } from '../analyze.ts';
import type { Binding, StoredSecret } from '../bindings/binding.ts';
import type { CountsAs } from '../credentials/counts-as.ts';
import type { ConfigDocument } from '../document.ts';
import type { EnvFileUser } from '../entries/env-files.ts';
import type { Finding, Level } from '../finding.ts';
import type { AgeEvidence } from '../grants/evidence.ts';
import type { ScopeChip } from '../grants/excess.ts';
import type { Grant, ProbeOutcome, Silence } from '../grants/grant.ts';
import type { Breadth } from '../issuers/issuer.ts';
import type { NeedOverride } from '../needs/need.ts';
import type { Fingerprint } from '../secret-value.ts';
import type { Span } from '../text.ts';

/**
 * What is to be had from the issuer of a secret, where it told no scope. `dead`: it does not accept the token. `silent`: its
 * documentation or its answer says that it does not tell. `no-question`: nobody knows a safe question. `unasked`: it can be
 * asked, and was not. `failed`: it was asked, and there was no answer to the question.
 */
export type IssuerAnswer = 'dead' | 'silent' | 'no-question' | 'unasked' | 'failed';

/** One distinct secret: however many copies of it lie in however many files. Plain data; holds no secret text. */
export interface CredentialRecord {
	/** The fingerprint; for a broker's secret, whose value nobody read, the reference. */
	readonly id: string;
	readonly issuer: string;
	readonly issuerName: string;
	readonly kind: string;
	readonly kindName: string;
	/** "GitHub personal access token (classic) #a1b2c3" */
	readonly label: string;
	/** The worst finding at any of its places. */
	readonly level: Level | 'none';
	/** `reference`: no config holds its value, only what stands for it. */
	readonly countsAs: CountsAs | 'reference';
	readonly scope: {
		readonly text: string;
		readonly breadth: Breadth;
		/** Who says so: "from its format". */
		readonly evidence: string;
		/** Single scopes, where somebody told them or they are needed. */
		readonly chips?: readonly ScopeChip[];
		/** What its one server needs, and who says so; absent = not known. */
		readonly need?: string;
	};
	/** Where its issuer told no scope; the evidence of `scope` says more. */
	readonly answer?: IssuerAnswer;
	readonly age: {
		/** "at least 30 days", "unknown". */
		readonly text: string;
		readonly old: boolean;
		/** The evidence that `text` stands on. */
		readonly best?: AgeEvidence;
		/** Every piece of evidence with its date, best first. */
		readonly evidence: readonly string[];
	};
	/** Whose it is, where the issuer told: a login, a bot's name. */
	readonly owner?: string;
	/** ISO date, or `never`; absent = not known. */
	readonly expires?: string;
	/** ISO date, where the issuer told. */
	readonly lastUsed?: string;
	readonly storage: {
		readonly where: 'config' | 'keychain' | 'broker';
		readonly text: string;
	};
	readonly places: readonly CredentialPlaceRecord[];
}

/** Where a secret, or the reference that stands for it, is written. */
export interface CredentialPlaceRecord {
	readonly uri: string;
	readonly displayPath: string;
	readonly span: Span;
	/** Name of the server entry as it is shown, if it stands in one. */
	readonly server?: string;
	/** Every host that reads the file; empty = none that is known. */
	readonly hosts: readonly string[];
	/** "env GITHUB_TOKEN" */
	readonly position: string;
	/** As it is, so that the place is found again: a report shows it through `plainPointer`. */
	readonly pointer: string;
	readonly isReference: boolean;
	readonly findings: readonly Finding[];
}

export interface InventoryDocument {
	readonly document: ConfigDocument;
	readonly analysis: Analysis;
	/** As people see it: `~/.cursor/mcp.json`. */
	readonly displayPath: string;
	/** Real path of the file, which bindings name; absent = the path of the document's URI. */
	readonly realPath?: string;
	/** For a `.env` file: the entries that are started with it. */
	readonly users?: readonly EnvFileUser[];
}

export interface InventoryInput {
	readonly documents: readonly InventoryDocument[];
	readonly items: readonly StoredSecret[];
	readonly bindings: readonly Binding[];
	readonly ages: ReadonlyMap<Fingerprint, readonly AgeEvidence[]>;
	/** What issuers told when they were asked; absent = nobody was asked. */
	readonly grants?: ReadonlyMap<Fingerprint, ProbeOutcome>;
	/** Why a kind of an issuer cannot be asked about; absent = that was not looked up. */
	readonly silenceOf?: (kind: string, issuer: string) => Silence | undefined;
	/** What the person says that tokens may do. */
	readonly declared?: ReadonlyMap<Fingerprint, Grant>;
	/** What the person says that servers need. */
	readonly needs?: readonly NeedOverride[];
	/** Epoch milliseconds. */
	readonly now: number;
	readonly oldAfterDays: number;
}
