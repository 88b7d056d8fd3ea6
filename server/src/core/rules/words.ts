import type { ConfigDocument } from '../document.ts';
import type { Credential, Level } from '../finding.ts';
import type { Confidence } from '../issuers/issuer.ts';
import { plainName } from '../names-shown.ts';
import type { McpServer, Part } from '../servers.ts';

export { plainName };

/** The words that the messages of several rules share. None of them ever holds a piece of a secret. */

const LEVELS: Record<Confidence, Level> = { certain: 'error', likely: 'warning', weak: 'note' };

/** How sure we are that it is a credential is how loudly we say so. */
export function levelOf(confidence: Confidence): Level {
	return LEVELS[confidence];
}

/** Advice about a credential: worth a warning when it certainly is one. */
export function adviceLevel(confidence: Confidence): Level {
	return confidence === 'certain' ? 'warning' : 'note';
}

/** The credential as the subject of a sentence, with our doubt in it. */
export function subject(credential: Credential): string {
	if (credential.confidence === 'certain') return credential.label;
	return `${credential.confidence === 'likely' ? 'Probably' : 'Possibly'} a secret (${credential.label})`;
}

/** `env GITHUB_TOKEN of server "github"` */
export function place(credential: Credential): string {
	return partPlace(credential.part, credential.server);
}

export function partPlace(part: Part, server: McpServer | undefined): string {
	const field = fieldWords(part);
	return server ? `${field} of ${serverWords(server)}` : field;
}

/** Of an entry that its host keeps for one folder with the folder's name, because there are others of its own name. */
export function serverWords({ name, folder }: McpServer): string {
	const project =
		folder === undefined ? '' : ` of project "${plainName(folder.split(/[\\/]/).findLast(Boolean) ?? '/')}"`;
	return `server "${plainName(name)}"${project}`;
}

function fieldWords(part: Part): string {
	const name = part.name === undefined ? '' : plainName(part.name);
	if (part.isField) return `"${name}"`;
	switch (part.position) {
		case 'env':
			return `env ${name}`;
		case 'header':
			return `header ${name}`;
		case 'arg':
			return name === '' ? 'an argument' : `the argument after ${name}`;
		case 'url':
			return 'the URL';
		case 'command':
			return 'the command';
		case 'input-default':
			return name === '' ? 'the default of an input' : `the default of input "${name}"`;
		case 'input-option':
			return name === '' ? 'an option of an input' : `an option of input "${name}"`;
		default:
			return name === '' ? 'a field' : `"${name}"`;
	}
}

/** Who gets to see this file. */
export function exposure(document: ConfigDocument): string {
	if (document.scope === 'workspace')
		return 'a project file that travels with every copy of the folder and, unless git ignores it, every commit';
	if (isVsCode(document)) return 'a file that Settings Sync uploads when it is on';
	return 'a file that every program and every backup of yours can read';
}

/** VS Code's own formats, in which inputs and commands are resolved. */
export function isVsCode(document: ConfigDocument): boolean {
	return document.dialect.references.some((form) => form.kind === 'input');
}

/** "A", "A and B", "A, B and C". */
export function listWords(words: readonly string[]): string {
	if (words.length < 2) return words.join('');
	return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** A string's span without its quotes. */
export function inner(part: Pick<Part, 'node'>): { readonly start: number; readonly end: number } {
	return part.node.spanOf(0, part.node.value.length);
}
