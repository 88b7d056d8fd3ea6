import { plainName } from '../names-shown.ts';
import type { Destination } from './binding.ts';

/** Who gets the secret: the program with its arguments, or the origin. An argument that is another secret is not shown. */
export function receiverText(destination: Destination): string {
	if (destination.kind === 'connect') return destination.origin;
	const shown = destination.commandLine.map((part) => (typeof part === 'string' ? part : '[hidden]'));
	return [destination.executable, ...shown.slice(1)].join(' ');
}

/** What else decides where the secret goes, which a person who approves has to see: a word for it, and its names. */
export function receiverDetails(destination: Destination): readonly (readonly [what: string, names: string])[] {
	const details =
		destination.kind === 'connect'
			? [['other headers', Object.keys(destination.headers).map(plainName)] as const]
			: ([
					['other environment', Object.keys(destination.env).map(plainName)],
					['variables of', destination.envFile ? [destination.envFile.path] : []],
					['working folder', destination.cwd === undefined ? [] : [destination.cwd]],
					['runs', destination.localCode.map(({ path }) => path)],
				] as const);
	return details.filter(([, names]) => names.length > 0).map(([what, names]) => [what, names.join(', ')]);
}
