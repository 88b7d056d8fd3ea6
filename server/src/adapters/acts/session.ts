import type { Analysis } from '../../core/analyze.ts';
import type { ConfigDocument } from '../../core/document.ts';
import type { SecretStore } from '../../core/ports.ts';
import type { Fingerprint, Fingerprinter } from '../../core/secret-value.ts';
import type { IssuerHttp } from '../issuer-http/index.ts';
import type { StateIndex } from '../state/index.ts';

/** A config as it is now. */
export interface ActDocument {
	readonly document: ConfigDocument;
	readonly analysis: Analysis;
}

/** What acts at an issuer need of whoever offers them: the language server's session, or a command. */
export interface ActSession {
	/** In a workspace that is not trusted no secret is sent anywhere. */
	readonly trusted: boolean;
	readonly world: ActWorld;
	readonly knowledge: {
		readonly fingerprinter: Fingerprinter;
		/** By URI of a config: the `.env` files that its entries name and that were read, by the field's pointer. */
		readonly files: ReadonlyMap<string, { readonly envFiles?: ReadonlyMap<string, { readonly uri: string }> }>;
	};
	current(uri: string): Promise<ActDocument | undefined>;
}

export interface ActWorld {
	/** The person's home folder, by account. */
	readonly home: string;
	/** Where the index lies, and the notes of what runs. */
	readonly stateDir: string;
	readonly keychain: SecretStore;
	/** Epoch milliseconds. */
	now(): number;
	/** @throws ConfigError */
	issuers(fingerprinter: Fingerprinter): Promise<IssuerHttp>;
	/** Which registry npm uses for this person. Starts npm. */
	npmRegistry(): Promise<string | undefined>;
	openIndex(): Promise<StateIndex>;
	/** What the person said of a token that was replaced is said of the new value, or of none. @throws where it cannot be written */
	carryDeclared(old: Fingerprint, renewed: Fingerprint | undefined): Promise<'carried' | 'dropped' | 'nothing'>;
}

export type ActId = 'probe' | 'revoke' | 'rotate';

/** What came of an act, in one or two sentences. `failed`: the issuer did it, and what was to follow went wrong. */
export interface ActEnd {
	/** `unknown`: the issuer did not say whether it did what was asked. */
	readonly status: 'done' | 'refused' | 'failed' | 'unknown';
	readonly message: string;
}

/** Stops an act before anything was sent; one line for people that names the way out. */
export class ActRefused extends Error {
	override readonly name = 'ActRefused';
}
