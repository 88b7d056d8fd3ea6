import { parseReference } from '../references.ts';
import { type Fingerprinter, SecretValue } from '../secret-value.ts';
import type { BoundText, ConnectDestination, Destination, SeenConnect, SeenDestination } from './binding.ts';

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

/** `fromEntries` defines `__proto__` as a plain key, where an assignment would not. */
function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
	return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
