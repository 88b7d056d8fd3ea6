import { parseReference } from '../references.ts';
import { type Fingerprinter, SecretValue } from '../secret-value.ts';
import type {
	BoundText,
	ConnectDestination,
	Destination,
	HashedFile,
	RunDestination,
	SeenConnect,
	SeenDestination,
	SeenRun,
} from './binding.ts';
import { targetText } from './binding.ts';

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
		const [now, approved] = [seen.commandLine.length - 1, bound.commandLine.length - 1];
		const words = now === 1 ? '1 argument' : `${now} arguments`;
		return [`the command has ${words}, approved ${approved === 1 ? 'was' : 'were'} ${approved}`];
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
