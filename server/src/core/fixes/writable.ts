import { ownNames } from '../dialects/fields.ts';
import type { ConfigDocument } from '../document.ts';
import type { Credential } from '../finding.ts';
import { isSameEntry, type McpServer, type Part } from '../servers.ts';
import { COMMENT_PROBLEM } from '../syntax/jsonc.ts';
import type { Format } from '../syntax/parse.ts';
import { pointer } from '../syntax/tree.ts';
import { LineIndex } from '../text.ts';
import type { Refusal } from './target.ts';

/**
 * Around a syntax error the tree is a guess, and an edit by a guess can tear a string or land behind the end of the file.
 * Undefined when the text can be edited.
 */
export function brokenBecause({ text, tree }: ConfigDocument): Refusal | undefined {
	const problem = tree.problems.find(({ message }) => message !== COMMENT_PROBLEM);
	if (!problem) return undefined;
	const line = new LineIndex(text).position(problem.span.start).line + 1;
	return {
		refused: `The file has a syntax error in line ${line}, so an edit could land in the wrong place. Correct that first.`,
	};
}

/**
 * Edits write some formats, and the fields that hold command, arguments, variables and headers in the host's own documents.
 * Undefined when this host reads them there, as far as this entry goes.
 */
export function unwritableBecause(
	{ dialect, servers }: ConfigDocument,
	{ server }: Credential,
	formats: readonly Format[] = ['json'],
): Refusal | undefined {
	const format = dialect.format ?? 'json';
	if (format !== 'json' && !formats.includes(format)) {
		return {
			refused: `${dialect.name} keeps its servers in ${FORMAT_NAMES[format]}, which this edit is not written for. Store the secret with \`mcp-hygiene store put\` and write the reference by hand.`,
		};
	}
	if (!server) return undefined;
	const { command, args, env, headers } = ownNames(dialect);
	const isUsual =
		(!server.command || isAt(server.command, server, command)) &&
		server.args.every((part) => isAt(part, server, args, part.index ?? 0)) &&
		server.env.every((part) => isAt(part, server, env, part.name)) &&
		server.headers.every((part) => isAt(part, server, ...headers.split('.'), part.name) || isBearerField(part, server));
	if (!isUsual) {
		return {
			refused: `${dialect.name} writes the parts of a server in its own way, which no edit here can follow. Store the secret with \`mcp-hygiene store put\` and write the reference by hand.`,
		};
	}
	if (servers.findLast((other) => isSameEntry(other, server)) !== server) {
		return {
			refused:
				'Another entry in this file has the same name, and the launcher would take that one. Rename one of the two first.',
		};
	}
	return undefined;
}

function isAt(part: Part, server: McpServer, ...path: readonly (string | number)[]): boolean {
	return part.pointer === server.pointer + pointer(...path);
}

/** A field of the entry itself that the host sends as a bearer token, and no member of `headers`. */
export function isBearerField(part: Part, server: McpServer): boolean {
	return part.position === 'header' && part.name !== undefined && isAt(part, server, part.name);
}

const FORMAT_NAMES = { json5: 'JSON5', toml: 'TOML', yaml: 'YAML', dotenv: 'a list of variables' } as const;
