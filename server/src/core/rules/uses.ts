import type { McpServer, Part } from '../servers.ts';
import type { Span } from '../text.ts';
import type { References } from './references-in.ts';
import { isSecretName } from './secret-names.ts';

/** One `${...}` in a server entry. */
export interface VariableUse {
	readonly server: McpServer;
	readonly part: Part;
	/** The whole reference as written: `${input:token}`. */
	readonly text: string;
	/** What stands between the braces: `input:token`. */
	readonly body: string;
	readonly span: Span;
}

/**
 * Every `${...}` of a document, in order of servers and parts.
 *
 * @param opening of those that count: `${input:` leaves out the parts that hold none
 */
export function variableUses({ parts }: References, opening = '${'): readonly VariableUse[] {
	const found: VariableUse[] = [];
	for (const { part, server } of parts) {
		if (!part.value.includes(opening)) continue;
		for (const use of usesIn(server, part)) found.push(use);
	}
	return found;
}

/** Longer texts between braces are no references. */
const LONGEST_BODY = 1_024;

const NO_USES: readonly VariableUse[] = [];

export function usesIn(server: McpServer, part: Part): readonly VariableUse[] {
	const { value, node } = part;
	let start = value.indexOf('${');
	if (start < 0) return NO_USES;
	const found: VariableUse[] = [];
	let end = -1;
	while (start >= 0) {
		// Searched once for all openings before it, so that many of them cost no more than their length.
		if (end < start) end = value.indexOf('}', start);
		if (end < 0) break;
		const body = value.slice(start + 2, end);
		const isWhole = body.length <= LONGEST_BODY && !body.includes('{');
		if (isWhole)
			found.push({ server, part, text: value.slice(start, end + 1), body, span: node.spanOf(start, end + 1) });
		start = value.indexOf('${', isWhole ? end : start + 1);
	}
	return found;
}

/** `input:token` with prefix `input:` gives `token`. */
export function bodyAfter(use: VariableUse, prefix: string): string | undefined {
	return use.body.startsWith(prefix) ? use.body.slice(prefix.length) : undefined;
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
