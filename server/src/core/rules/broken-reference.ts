import { isLauncher } from '../bindings/launcher-use.ts';
import { commandLine, programName } from '../command-line.ts';
import { parseReference } from '../references.ts';
import type { McpServer, Part } from '../servers.ts';
import type { ReferenceProblem } from './reference-problem.ts';
import { inner, partPlace } from './words.ts';

/** A secret manager's references, and the programs that resolve them around a server. */
interface Scheme {
	readonly prefix: string;
	readonly owner: string;
	readonly wrappers: ReadonlySet<string>;
	/** Our launcher resolves it too. */
	readonly ours: boolean;
}

const SCHEMES: readonly Scheme[] = [
	{ prefix: 'cred://', owner: 'mcp-hygiene', wrappers: new Set(), ours: true },
	{ prefix: 'op://', owner: '1Password', wrappers: new Set(['op', 'varlock', 'fnox']), ours: true },
	{ prefix: 'keeper://', owner: 'Keeper', wrappers: new Set(['ksm']), ours: false },
	{ prefix: 'dl://', owner: 'Dashlane', wrappers: new Set(['dcli']), ours: false },
	{ prefix: 'pass://', owner: 'Proton Pass', wrappers: new Set(['pass-cli']), ours: false },
];

const SCHEME = /(?<![A-Za-z0-9+.-])(?:cred|op|keeper|dl|pass):\/\//i;

/** A `cred://`, `op://`, ... that nothing resolves, or that our launcher would refuse. */
export function brokenReference(part: Part, server: McpServer): ReferenceProblem | undefined {
	if (part.position !== 'env' && part.position !== 'header' && part.position !== 'arg') return undefined;
	const found = part.value.includes('://') ? SCHEME.exec(part.value) : undefined;
	const scheme = found && SCHEMES.find((known) => known.prefix === found[0].toLowerCase());
	if (!scheme || isInBraces(part.value, found.index)) return undefined;
	if (server.launcher && scheme.ours) return inLaunch(part, server, scheme);
	if (isWrapped(server, scheme)) return undefined;
	// An argument may be the very subject of a server: one that manages such items takes their addresses.
	const level = part.position === 'arg' && !isWholeValue(part, found.index) ? ('warning' as const) : undefined;
	return {
		span: fromScheme(part, found.index),
		message: `Nothing resolves the ${scheme.prefix} reference in ${partPlace(part, server)}: its text is sent in place of the secret. ${wayOut(scheme, server)}`,
		...(level ? { level } : {}),
	};
}

/** `${op://...}` is a form of its own, judged as such. */
function isInBraces(value: string, at: number): boolean {
	return value.lastIndexOf('${', at) > value.lastIndexOf('}', at);
}

/** Behind our launcher a reference is a whole value, in the grammar of `references.ts`. */
function inLaunch(part: Part, server: McpServer, scheme: Scheme): ReferenceProblem | undefined {
	if (part.position === 'header') return undefined;
	const { headers = [], inUrl = [] } = server.launcher ?? {};
	const text = [...headers, ...inUrl].find((one) => one.part.node === part.node)?.reference ?? part.value;
	if (parseReference(text)) return undefined;
	const start = SCHEME.exec(text)?.index ?? 0;
	const why =
		start > 0
			? 'A reference has to be the whole value'
			: `This is not a reference that mcp-hygiene can read (${grammar(scheme)})`;
	return {
		span: inner(part),
		message: `${why}, so ${partPlace(part, server)} is refused or sent as text. Correct it.`,
	};
}

function grammar(scheme: Scheme): string {
	const form = scheme.prefix === 'op://' ? 'op://vault/item/field' : 'cred://store/path';
	return `${form}, with letters, digits and -_.: in each part`;
}

function isWrapped(server: McpServer, scheme: Scheme): boolean {
	const { command, args } = commandLine(server);
	if (command && scheme.wrappers.has(programName(command.value))) return true;
	return args.some((arg) => scheme.wrappers.has(firstWord(arg.value)) || mentionsWrapper(arg.value, scheme));
}

function firstWord(text: string): string {
	return programName(text.slice(0, 256).split(' ', 1)[0] ?? '');
}

/** `sh -c "exec op run -- npx ..."` */
function mentionsWrapper(text: string, scheme: Scheme): boolean {
	if (!text.includes(' ')) return false;
	return text
		.slice(0, 2_000)
		.split(/[\s;&|()"']/)
		.some((word) => scheme.wrappers.has(programName(word)));
}

function isWholeValue(part: Part, start: number): boolean {
	return start === 0 && !/\s/.test(part.value);
}

/** The reference up to the next blank; the words before it are the header's own. */
function fromScheme(part: Part, start: number) {
	const blank = part.value.slice(start).search(/\s/);
	return part.node.spanOf(start, blank < 0 ? part.value.length : start + blank);
}

function wayOut(scheme: Scheme, server: McpServer): string {
	if (server.command && isLauncher(server.command.value))
		return 'Write `run -- COMMAND` or `connect URL` after mcp-hygiene.';
	if (scheme.ours) return 'Start the server through `mcp-hygiene run` (or `connect` for a URL), which resolves it.';
	return `Start the server through ${scheme.owner}’s own program, or store the secret in the OS keychain.`;
}
