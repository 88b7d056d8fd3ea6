import type { Fingerprint } from '../secret-value.ts';
import { type EntryName, isSameEntry } from '../servers.ts';
import type { UrlPlace } from './connect-url.ts';

/**
 * A binding: one label, released to one workload, for one destination, approved by a person.
 *
 * A config holds only a label. This record, kept in the person's authenticated index, says which stored item the label
 * means for this config file and server, and what will receive it. Whatever else names the label is refused.
 */
export interface Binding {
	/** The reference as the config writes it: `cred://keychain/github/issues`. */
	readonly reference: string;
	readonly workload: Workload;
	readonly destination: Destination;
	/** Id of the stored item (keychain account); absent when a broker resolves the reference itself. */
	readonly itemId?: string;
	/** Epoch milliseconds. */
	readonly approvedAt: number;
}

/** Config file x server entry. The host is shown, not proof: several hosts read one file. */
export interface Workload {
	/** Real path of the config file. */
	readonly config: string;
	readonly server: string;
	/** Of an entry that its host keeps for one folder: that folder, as the config writes it. */
	readonly folder?: string;
	/** Real paths of the folders from which a host starts this server; empty for user-level files, which start from anywhere. */
	readonly roots: readonly string[];
	/** Dialect id, for display. */
	readonly dialect: string;
}

/** What was approved, as it is kept. Holds no secret: texts that are or may be one are kept as keyed fingerprints. */
export type Destination = RunDestination | ConnectDestination;

/** A text that was approved: itself, or (when it is or may be a secret) its keyed fingerprint. */
export type BoundText = string | { readonly fingerprint: Fingerprint };

/** What receives the secret: an environment variable, or (a finding) an argument, by its index in the command line. */
export type RunTarget = { readonly env: string } | { readonly arg: number };

export interface RunDestination {
	readonly kind: 'run';
	/** Real path of the executable that `command` resolves to. */
	readonly executable: string;
	/** The wrapped command line as the config writes it (index 0 is the command), host variables unresolved. */
	readonly commandLine: readonly BoundText[];
	readonly target: RunTarget;
	/** The entry's other environment. References stand as text; every other value is a fingerprint, as any could be a secret. */
	readonly env: Readonly<Record<string, BoundText>>;
	readonly envFile?: HashedFile;
	/** `cwd` as the config writes it. */
	readonly cwd?: string;
	/** Code inside the workspace that this command line runs, by content: the text can stay while the code changes. */
	readonly localCode: readonly HashedFile[];
}

export interface HashedFile {
	readonly path: string;
	readonly sha256: string;
}

/** What carries the secret: a header (lower case; `authorization` for `--bearer` and `--basic`), or a place in the URL. */
export type ConnectTarget = { readonly header: string } | UrlPlace;

export type ConnectDestination = ConnectParts & ConnectTarget;

/** Other places of the URL need no mention: only references can fill them, and each of those has an approval of its own. */
interface ConnectParts {
	readonly kind: 'connect';
	readonly origin: string;
	/** The URL as the config writes it, as a fingerprint: paths and queries can hold secrets of their own. */
	readonly url: BoundText;
	/** The entry's other headers, by lower-case name, kept as {@link RunDestination.env} is. */
	readonly headers: Readonly<Record<string, BoundText>>;
}

/** What a config asks for now. It lives in memory only, because it holds the entry's texts as they are. */
export type SeenDestination = SeenRun | SeenConnect;

export type SeenConnect = ConnectTarget & {
	readonly kind: 'connect';
	/** Absent when the host part of the URL is not written out. */
	readonly origin?: string;
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
};

export interface SeenRun extends Omit<RunDestination, 'executable' | 'commandLine' | 'env'> {
	/** Absent when nothing of that name is on PATH. */
	readonly executable?: string;
	readonly commandLine: readonly string[];
	/** The entry's environment without the target. */
	readonly env: Readonly<Record<string, string>>;
}

/** A stored secret, without its value. */
export interface StoredSecret {
	/** Keychain account: random, so that two repositories with one label do not share an item. */
	readonly id: string;
	/** `github/issues` */
	readonly path: string;
	readonly fingerprint: string;
	readonly issuer: string;
	readonly kind: string;
	readonly kindName: string;
	/** Epoch milliseconds. */
	readonly storedAt: number;
	/** When its issuer made it in the place of an older one. */
	readonly rotatedAt?: number;
	/** The earliest date known when it was stored, with who said so. */
	readonly since?: { readonly at: number; readonly detail: string };
}

/** The entry of its config that a workload is. */
export function entryOf({ server, folder }: Pick<Workload, 'server' | 'folder'>): EntryName {
	return folder === undefined ? { name: server } : { name: server, folder };
}

/** Do two bindings speak of the same place? Then the newer replaces the older. */
export function samePlace(a: Binding, b: Binding): boolean {
	return (
		a.reference === b.reference &&
		a.workload.config === b.workload.config &&
		isSameEntry(entryOf(a.workload), entryOf(b.workload)) &&
		targetText(a.destination) === targetText(b.destination)
	);
}

/** "environment variable GITHUB_TOKEN", "header authorization", "query parameter api_key" */
export function targetText(destination: Destination | SeenDestination): string {
	return targetWords(destination.kind === 'connect' ? destination : destination.target);
}

export function targetWords(target: RunTarget | ConnectTarget): string {
	if ('env' in target) return `environment variable ${target.env}`;
	if ('arg' in target) return `argument ${target.arg}`;
	if ('header' in target) return `header ${target.header}`;
	return 'query' in target ? `query parameter ${target.query}` : `path segment {${target.path}}`;
}
