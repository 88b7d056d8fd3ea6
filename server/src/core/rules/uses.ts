import type { ReferenceForm } from '../dialects/dialect.ts';
import type { ConfigDocument } from '../document.ts';
import type { McpServer, Part } from '../servers.ts';
import type { Span } from '../text.ts';
import { resolvedBy } from './resolution.ts';
import { isSecretName } from './secret-names.ts';

/** One `${...}` in a server entry. Most values of a tidy config are one, so what few of them are asked for is made then. */
export class VariableUse {
	readonly server: McpServer;
	readonly part: Part;
	/** The whole reference as written: `${input:token}`. */
	readonly text: string;
	/** By which a reader of this file resolves it; undefined if none does. */
	readonly form: ReferenceForm | undefined;
	readonly #start: number;

	constructor(server: McpServer, part: Part, text: string, start: number, document: ConfigDocument) {
		this.server = server;
		this.part = part;
		this.text = text;
		this.#start = start;
		this.form = resolvedBy(this, document);
	}

	/** What stands between the braces: `input:token`. */
	get body(): string {
		return this.text.slice(2, -1);
	}

	get span(): Span {
		return this.part.node.spanOf(this.#start, this.#start + this.text.length);
	}
}

/** Longer texts are no references: the braces and 1,024 characters between them. */
const LONGEST = 1_027;

const NO_USES: readonly VariableUse[] = [];

/** Every `${...}` of a part. */
export function usesIn(server: McpServer, part: Part, document: ConfigDocument): readonly VariableUse[] {
	const { value } = part;
	let start = value.indexOf('${');
	let found: VariableUse[] | undefined;
	let end = -1;
	while (start >= 0) {
		// Searched once for all openings before it, so that many of them cost no more than their length.
		if (end < start) end = value.indexOf('}', start);
		if (end < 0) break;
		const text = value.slice(start, end + 1);
		const isWhole = text.length <= LONGEST && text.lastIndexOf('{') === 1;
		if (isWhole) {
			const use = new VariableUse(server, part, text, start, document);
			// Mostly the only one, for which a list that grows would have too much room.
			if (found) found.push(use);
			else found = [use];
		}
		start = value.indexOf('${', isWhole ? end : start + 1);
	}
	return found ?? NO_USES;
}

/** `input:token` with prefix `input:` gives `token`. */
export function bodyAfter({ text }: VariableUse, prefix: string): string | undefined {
	return text.startsWith(prefix, 2) ? text.slice(2 + prefix.length, -1) : undefined;
}

/** Headers that carry no secret, whatever fills them; a header of another name in a config is there to authenticate. */
const PLAIN_HEADERS =
	/^(?:accept(?:-.{1,32})?|content-.{1,32}|user-agent|origin|referer|host|traceparent|x-(?:mcp-(?:toolsets|tools|readonly|features)|request-id|workspace|project|region|tenant|org(?:anization)?|team)(?:-id)?)$/i;

/** Does what stands here authenticate the server? Told by the field and its name, since there is no value to look at. */
export function carriesSecret(part: Part): boolean {
	const name = part.name ?? '';
	if (part.position === 'header') return !PLAIN_HEADERS.test(name);
	if (part.position === 'env') return isSecretName(name);
	if (part.position === 'arg')
		return isSecretName(name) || isSecretName(assignedName(part.value)) || HEADER_ARGUMENT.test(part.value);
	if (part.position === 'url') return SECRET_QUERY.test(part.value);
	return false;
}

/** `--token=${input:x}`, `GITHUB_TOKEN=${input:x}`. */
function assignedName(arg: string): string {
	const equals = arg.slice(0, 128).indexOf('=');
	return equals < 0 ? '' : arg.slice(0, equals);
}

const HEADER_ARGUMENT = /^(?:proxy-)?(?:authorization|x-api-key|api-key|x-auth-token|private-token|cookie)\s{0,4}[:=]/i;
const SECRET_QUERY = /[?&](?:api[_-]?key|apikey|key|token|access[_-]token|auth|secret|password)=\$\{/i;
