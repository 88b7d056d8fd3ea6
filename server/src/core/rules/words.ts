import type { ConfigDocument } from '../document.ts';
import type { Credential, Level } from '../finding.ts';
import type { Confidence } from '../issuers/issuer.ts';
import type { McpServer, Part } from '../servers.ts';

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

export function serverWords(server: McpServer): string {
	return `server "${plainName(server.name)}"`;
}

function fieldWords(part: Part): string {
	const name = part.name === undefined ? '' : plainName(part.name);
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

/** A name from the config, unless it could itself be a secret: people paste tokens into the oddest fields. */
export function plainName(name: string): string {
	if (name.length > MAX_SHOWN) return '(long name)';
	return name.length >= MIN_TOKEN && (unrest(name) > MAX_UNREST || hasMixedRun(name)) ? '(unreadable name)' : name;
}

const MAX_SHOWN = 64;
const MIN_TOKEN = 16;
/** `githubPersonalAccessToken` scores 3, `s3-eu1-v2-prod` 4.5; random letters and digits of a token's length 8 and more. */
const MAX_UNREST = 6;

/** How often letters and digits, and lower and upper case, change inside the words of a name; capitals at a word's start are free. */
function unrest(name: string): number {
	let changes = 0;
	for (let i = 1; i < name.length; i++) {
		const pair = classOf(name.charCodeAt(i - 1)) + classOf(name.charCodeAt(i));
		if (/^[au]d|d[au]$/.test(pair)) changes += 1.5;
		else if (pair === 'au') changes += 1;
	}
	return changes;
}

/** A long unbroken run of letters and digits: no word of a name. */
function hasMixedRun(name: string): boolean {
	const runs = name.match(/[A-Za-z0-9]{16,64}/g) ?? [];
	return runs.some((run) => /[0-9]/.test(run) && /[A-Za-z]/.test(run));
}

function classOf(code: number): 'd' | 'a' | 'u' | '-' {
	if (code >= 48 && code <= 57) return 'd';
	if (code >= 97 && code <= 122) return 'a';
	return code >= 65 && code <= 90 ? 'u' : '-';
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
