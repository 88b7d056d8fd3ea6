import { parseReference } from '../references.ts';
import { type Fingerprint, type Fingerprinter, SecretValue } from '../secret-value.ts';
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

/** How a seen destination becomes a kept one. */
export interface Sealing {
	readonly fingerprinter: Fingerprinter;
	/** The reference that stands, or will stand, at the target. */
	readonly reference: string;
	/** Indices in the command line that hold another secret. */
	readonly secretArguments: ReadonlySet<number>;
}

/** The form to keep. Undefined if the command is not on PATH, or the URL names no host: nobody can approve what cannot be named. */
export function sealDestination(seen: SeenDestination, sealing: Sealing): Destination | undefined {
	if (seen.kind === 'connect') return sealConnect(seen, sealing.fingerprinter);
	const { executable, target } = seen;
	if (executable === undefined) return undefined;
	const commandLine = seen.commandLine.map((text, index): BoundText => {
		if ('arg' in target && target.arg === index) return sealing.reference;
		return sealing.secretArguments.has(index) ? sealed(text, sealing.fingerprinter) : text;
	});
	const env = mapValues(seen.env, (text) => sealed(text, sealing.fingerprinter));
	return { ...seen, executable, commandLine, env };
}

function sealConnect(seen: SeenConnect, fingerprinter: Fingerprinter): ConnectDestination | undefined {
	const { origin } = seen;
	if (origin === undefined) return undefined;
	const url = sealed(seen.url, fingerprinter);
	return { ...seen, origin, url, headers: mapValues(seen.headers, (text) => sealed(text, fingerprinter)) };
}

function sealed(text: string, fingerprinter: Fingerprinter): BoundText {
	return parseReference(text) ? text : { fingerprint: fingerprinter.of(SecretValue.of(text)) };
}

/** Do two bindings speak of the same place? Then the newer replaces the older. */
export function samePlace(a: Binding, b: Binding): boolean {
	return (
		a.reference === b.reference &&
		a.workload.config === b.workload.config &&
		a.workload.server === b.workload.server &&
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

/**
 * What is not as approved: one line for people each, empty when all is as approved. Never quotes a text of the config that
 * was not approved before, because it could be a secret; paths of programs and files are the exception.
 */
export function differences(bound: Destination, seen: SeenDestination, fingerprinter: Fingerprinter): string[] {
	if (bound.kind === 'connect' && seen.kind === 'connect') return connectDifferences(bound, seen, fingerprinter);
	if (bound.kind === 'run' && seen.kind === 'run') return runDifferences(bound, seen, fingerprinter);
	return bound.kind === 'run'
		? ['the entry now sends the secret to a URL, approved was a local command']
		: ['the entry now gives the secret to a local command, approved was a URL'];
}

function connectDifferences(bound: ConnectDestination, seen: SeenConnect, fingerprinter: Fingerprinter): string[] {
	const lines: string[] = [];
	if (seen.origin !== bound.origin)
		lines.push(`the URL is now at ${seen.origin ?? 'an unknown host'}, approved was ${bound.origin}`);
	else if (!agrees(bound.url, seen.url, fingerprinter))
		lines.push(`the URL has another path or query than was approved`);
	const [now, approved] = [targetText(seen), targetText(bound)];
	if (now !== approved) lines.push(`the secret now goes into the ${now}, approved was the ${approved}`);
	return [...lines, ...textDifferences('header', bound.headers, seen.headers, fingerprinter)];
}

function runDifferences(bound: RunDestination, seen: SeenRun, fingerprinter: Fingerprinter): string[] {
	return [
		...executableDifference(bound, seen),
		...targetDifference(bound, seen),
		...commandLineDifferences(bound, seen, fingerprinter),
		...textDifferences('environment variable', bound.env, seen.env, fingerprinter),
		...envFileDifference(bound.envFile, seen.envFile),
		...cwdDifference(bound.cwd, seen.cwd),
		...codeDifferences(bound.localCode, seen.localCode),
	];
}

function executableDifference(bound: RunDestination, seen: SeenRun): string[] {
	if (seen.executable === bound.executable) return [];
	if (seen.executable === undefined) return [`the command is not found, approved was ${bound.executable}`];
	return [`the command is now ${seen.executable}, approved was ${bound.executable}`];
}

function targetDifference(bound: RunDestination, seen: SeenRun): string[] {
	const [now, approved] = [targetText(seen), targetText(bound)];
	return now === approved ? [] : [`the secret now goes to ${now}, approved was ${approved}`];
}

function commandLineDifferences(bound: RunDestination, seen: SeenRun, fingerprinter: Fingerprinter): string[] {
	if (bound.commandLine.length !== seen.commandLine.length) {
		return [`the command has ${seen.commandLine.length - 1} arguments, approved were ${bound.commandLine.length - 1}`];
	}
	return bound.commandLine.flatMap((approved, index) => {
		if (agrees(approved, seen.commandLine[index]!, fingerprinter)) return [];
		const was = typeof approved === 'string' ? ` (approved was "${approved}")` : '';
		return [
			index === 0
				? `the command is written in another way${was}`
				: `argument ${index} is another than was approved${was}`,
		];
	});
}

/** Differences of environment variables or headers. */
function textDifferences(
	what: string,
	bound: Readonly<Record<string, BoundText>>,
	seen: Readonly<Record<string, string>>,
	fingerprinter: Fingerprinter,
): string[] {
	const names = new Set([...Object.keys(bound), ...Object.keys(seen)]);
	return [...names].toSorted().flatMap((name) => {
		const approved = own(bound, name);
		const now = own(seen, name);
		if (now === undefined) return [`${what} ${name} was removed`];
		if (approved === undefined) return [`${what} ${name} was added`];
		return agrees(approved, now, fingerprinter) ? [] : [`${what} ${name} has another value than was approved`];
	});
}

/**
 * A text that was a fingerprint may have become a reference since: another fix moved that secret out of the config. The
 * reference has an approval of its own, so it takes nothing from this one.
 */
function agrees(approved: BoundText, now: string, fingerprinter: Fingerprinter): boolean {
	if (typeof approved === 'string') return approved === now || bothReferences(approved, now);
	return parseReference(now) !== undefined || fingerprinter.of(SecretValue.of(now)) === approved.fingerprint;
}

function bothReferences(a: string, b: string): boolean {
	return parseReference(a) !== undefined && parseReference(b) !== undefined;
}

function envFileDifference(bound: HashedFile | undefined, seen: HashedFile | undefined): string[] {
	if (!bound && !seen) return [];
	if (!seen) return ['the envFile was removed'];
	if (!bound) return [`an envFile was added: ${seen.path}`];
	if (bound.path !== seen.path) return [`the envFile is now ${seen.path}, approved was ${bound.path}`];
	return bound.sha256 === seen.sha256 ? [] : [`the envFile ${seen.path} has changed since it was approved`];
}

function cwdDifference(bound: string | undefined, seen: string | undefined): string[] {
	if (bound === seen) return [];
	return [`the working folder (cwd) is now ${seen ?? 'not set'}, approved was ${bound ?? 'not set'}`];
}

function codeDifferences(bound: readonly HashedFile[], seen: readonly HashedFile[]): string[] {
	const approved = new Map(bound.map((file) => [file.path, file.sha256]));
	const now = new Map(seen.map((file) => [file.path, file.sha256]));
	const gone = bound.filter((file) => !now.has(file.path)).map((file) => `${file.path} is gone`);
	const changed = seen.flatMap((file) => {
		const before = approved.get(file.path);
		if (before === undefined) return [`${file.path} decides what runs and was not there when this was approved`];
		return before === file.sha256 ? [] : [`${file.path} has changed since it was approved`];
	});
	return [...gone, ...changed];
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
	return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** `fromEntries` defines `__proto__` as a plain key, where an assignment would not. */
function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
	return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
