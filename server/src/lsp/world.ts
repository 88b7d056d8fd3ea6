import type { UserPlaces } from '../adapters/discover.ts';
import type { GitHistory, SoughtSecret } from '../adapters/git/history.ts';
import type { IssuerHttp } from '../adapters/issuer-http/index.ts';
import type { ReadOnlyIndex, StateIndex } from '../adapters/state/index.ts';
import type { AgeEvidence } from '../core/grants/evidence.ts';
import type { Grant } from '../core/grants/grant.ts';
import type { Broker, SecretStore } from '../core/ports.ts';
import type { Exposure } from '../core/rules/rule.ts';
import type { Fingerprint, Fingerprinter } from '../core/secret-value.ts';

/** Everything outside of the documents that the language server touches. Tests hand in another one. */
export interface World {
	/** The person's home folder, by account. */
	readonly home: string;
	/** Where the index and the launcher's refusals lie. */
	readonly stateDir: string;
	/** URI of the folder of rule pages that came with this program; absent = they did not come along. */
	readonly rulePages?: string;
	/** Epoch milliseconds. */
	now(): number;
	/** Names of the variables that this process sees. */
	environmentNames(): ReadonlySet<string>;
	/** Where applications keep their settings: `~/.config` and its like. */
	readonly configFolder: string;
	/** Folders that the person moved by variables, the machine's own configs, and the homes of Windows seen from WSL. */
	otherPlaces(): Promise<Pick<UserPlaces, 'moved' | 'otherHomes' | 'root'>>;
	readonly keychain: SecretStore;
	readonly brokers: readonly Broker[];
	/** The only way to an issuer; each call needs a person's consent. @throws ConfigError for a proxy or authority that cannot be used */
	issuers(fingerprinter: Fingerprinter): Promise<IssuerHttp>;
	/** Which registry npm uses for this person. Starts npm, so it is asked in trusted workspaces only. */
	npmRegistry(): Promise<string | undefined>;
	/** Opens the person's index, and makes it where there is none. */
	openIndex(): Promise<StateIndex>;
	/** Reads the index; undefined where none was ever made, so that nobody's keychain is asked for nothing. */
	readIndex(): Promise<ReadOnlyIndex | undefined>;
	/** What the person said that tokens may do, by fingerprint. */
	declared(): ReadonlyMap<Fingerprint, Grant>;
	/** Keeps one such statement, or takes it back. @throws where it cannot be written */
	declare(fingerprint: Fingerprint, grant: Grant | undefined): Promise<void>;
	/** What was said of a token that was replaced is said of the new value, or of none. @throws where it cannot be written */
	carryDeclared(old: Fingerprint, renewed: Fingerprint | undefined): Promise<'carried' | 'dropped' | 'nothing'>;
	/** Notes that these secrets stand in a config now; since when each is known to. */
	seen(fingerprints: readonly Fingerprint[]): Promise<ReadonlyMap<Fingerprint, AgeEvidence>>;
	/** When each secret first appeared in the history of its file. Starts git, so it is asked in trusted workspaces only. */
	firstSeen(path: string, secrets: readonly SoughtSecret[]): Promise<GitHistory>;
	/** Who else gets a file. Starts git, so it is asked in trusted workspaces only. */
	exposure(path: string): Promise<Exposure>;
	/** Puts the launcher where hosts find it; the command that a config should name. */
	installLauncher(scope: 'workspace' | 'user'): Promise<LauncherPlace>;
}

export interface LauncherPlace {
	/** What goes into `command`: the bare name, or the stable path. */
	readonly command: string;
	/** Folder that holds the shim. */
	readonly binFolder: string;
}
