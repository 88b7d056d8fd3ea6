import type { ConfigDocument } from '../document.ts';
import type { McpServer, Part } from '../servers.ts';
import type { ReferenceProblem } from './reference-problem.ts';
import { isResolved } from './resolution.ts';
import { carriesSecret } from './uses.ts';
import { partPlace } from './words.ts';

interface Misspelling {
	readonly pattern: RegExp;
	readonly message: string;
	/** Only where a secret belongs: elsewhere such text may mean something to the server. */
	readonly secretsOnly: boolean;
}

const WRITE_HOST_FORM = 'Write `${input:id}` or `${env:NAME}` if this host resolves it.';
const USE_HOST_FORM =
	'Use the form of this host, or store the secret in the OS keychain and start the server through mcp-hygiene.';

/** Forms of other tools, or with a brace missing. One named group, `form`, is what is marked. */
const MISSPELLINGS: readonly Misspelling[] = [
	{
		pattern: /(?<![\w$])(?<form>\$(?:input|env|command):[A-Za-z0-9_.-]{1,128})/,
		message: `has no braces, so no host sees a reference and the text itself is sent. ${WRITE_HOST_FORM}`,
		secretsOnly: false,
	},
	{
		pattern: /(?<![\w${])(?<form>\{(?:input|env|command):[A-Za-z0-9_.-]{1,128}\})(?!\})/,
		message: `lacks the \`$\`, so this host sees no reference and the text itself is sent. ${WRITE_HOST_FORM}`,
		secretsOnly: false,
	},
	{
		pattern: /(?<form>\$\([^()]{1,512}\))/,
		message:
			'is a shell’s command substitution: no shell sees it, and the text itself is sent. Store the secret in the OS keychain and start the server through mcp-hygiene.',
		secretsOnly: true,
	},
	{
		pattern: /^(?:bearer {1,4}|token {1,4})?(?<form>\$[A-Z_][A-Z0-9_]{1,127})$/i,
		message: `is a shell’s form without braces: the text itself is sent. ${USE_HOST_FORM}`,
		secretsOnly: true,
	},
	{
		pattern: /^(?:bearer {1,4}|token {1,4})?(?<form>%[A-Z_][A-Z0-9_]{1,127}%)$/i,
		message: `is a form of the Windows command prompt: the text itself is sent. ${USE_HOST_FORM}`,
		secretsOnly: true,
	},
];

const SIGN = /[$%{]/;
/** Longer values are no references. */
const MAX_VALUE = 2_000;

/** Text that means a reference and is none in this file. Arguments are left alone, because a shell or a bridge may read them. */
export function misspelledForm(part: Part, server: McpServer, document: ConfigDocument): ReferenceProblem | undefined {
	const { position, value } = part;
	if (position !== 'env' && position !== 'header' && position !== 'url') return undefined;
	if (value.length > MAX_VALUE || isBraced(value) || !SIGN.test(value)) return undefined;
	for (const { pattern, message, secretsOnly } of MISSPELLINGS) {
		const match = pattern.exec(value);
		const form = match?.groups?.form;
		if (!match || form === undefined || (secretsOnly && !carriesSecret(part))) continue;
		const from = match.index + match[0].indexOf(form);
		const to = from + form.length;
		if (isResolved(part, from, to, document)) continue;
		return {
			span: part.node.spanOf(from, to),
			message: `What stands in ${partPlace(part, server)} ${message}`,
		};
	}
	return undefined;
}

/** `${env:NAME}` and no other sign of a reference: what most values that get here are, and no misspelling. */
function isBraced(value: string): boolean {
	return value.startsWith('${') && value.lastIndexOf('$') === 0 && value.lastIndexOf('{') === 1 && !value.includes('%');
}
