import { commandLine, programName } from '../command-line.ts';
import type { ConfigDocument } from '../document.ts';
import type { ReferenceProblem } from './reference-problem.ts';
import { isForVisualStudio } from './resolution.ts';
import { isSecretName } from './secret-names.ts';
import { carriesSecret, type VariableUse } from './uses.ts';
import { listWords, partPlace } from './words.ts';

/** `${...}` in a form that this file's readers pass on as text. Where that is not certain, nothing is said. */
export function unresolvedVariables(
	uses: readonly VariableUse[],
	document: ConfigDocument,
): readonly ReferenceProblem[] {
	if (uses.length === 0) return NONE;
	const found: ReferenceProblem[] = [];
	for (const use of uses) {
		// What Visual Studio does with other forms is not documented.
		if (use.form || isForVisualStudio(use, document)) continue;
		const kind = kindOf(use.body);
		const level = judge(use, kind, document);
		if (!level) continue;
		found.push({
			span: use.span,
			message:
				`${shown(kind, use.body)} in ${partPlace(use.part, use.server)} ${verdict(kind, document)}. ${instead(document, kind)}`.trimEnd(),
			...(level === 'warning' ? { level } : {}),
		});
	}
	return found;
}

const NONE: readonly ReferenceProblem[] = [];

type Kind = 'host' | 'dotted' | 'shell' | 'other';

/** What the message calls the form. Of the text itself only a known prefix is repeated: people paste tokens between braces. */
function shown(kind: Kind, body: string): string {
	if (kind === 'host') return `\`\${${HOST.exec(body)![0].toLowerCase()}...}\``;
	if (kind === 'dotted') return 'The dot form `${env.NAME}`';
	return kind === 'shell' ? 'The shell form `${NAME}`' : 'This `${...}`';
}

const HOST = /^(?:env|input|command|config|secrets?|op|cred|vault|keychain|file|localEnv):/i;
const DOTTED = /^(?:env|input|inputs|process\.env|secrets?)\./i;
const SHELL = /^[A-Za-z_][A-Za-z0-9_]{0,255}(?::?[-?+=].{0,1024})?$/s;

function kindOf(body: string): Kind {
	if (HOST.test(body)) return 'host';
	if (DOTTED.test(body)) return 'dotted';
	return SHELL.test(body) ? 'shell' : 'other';
}

function judge(use: VariableUse, kind: Kind, document: ConfigDocument): 'error' | 'warning' | undefined {
	if (kind === 'host' || kind === 'dotted') return 'error';
	if (use.part.position === 'arg' && isExpandedLater(use)) return undefined;
	const secret = carriesSecret(use.part) || (kind === 'shell' && isSecretName(variableName(use) ?? ''));
	if (secret && kind === 'shell') return use.part.position === 'arg' || isUndocumented(document) ? 'warning' : 'error';
	// A host without any interpolation passes everything on; elsewhere an unknown name may be an extension's own.
	return document.dialect.references.length === 0 ? 'warning' : undefined;
}

/** Cursor lists the forms that it resolves and does not say what becomes of others. */
function isUndocumented(document: ConfigDocument): boolean {
	return document.dialect.id === 'cursor';
}

const EXPANDING_PROGRAMS = new Set([
	'sh',
	'bash',
	'zsh',
	'dash',
	'ksh',
	'fish',
	'cmd',
	'powershell',
	'pwsh',
	'env',
	'dotenv',
	'dotenvx',
	'envmcp',
	'make',
	'just',
]);
const EXPANDING_PACKAGES =
	/^(?:@[\w.-]{1,64}\/)?(?:mcp-remote|envmcp|dotenv-cli|cross-env|cross-env-shell)(?:@.{0,64})?$/;

/** Shells and bridges fill `${NAME}` in their arguments themselves, from the environment that the entry gives them. */
function isExpandedLater(use: VariableUse): boolean {
	const name = variableName(use);
	if (name !== undefined && use.server.env.some((entry) => entry.name === name)) return true;
	const { command, args } = commandLine(use.server);
	if (command && EXPANDING_PROGRAMS.has(programName(command.value))) return true;
	return args.slice(0, 6).some((arg) => EXPANDING_PACKAGES.test(arg.value));
}

/** The name in `${NAME:-default}`. */
function variableName(use: VariableUse): string | undefined {
	return /^[A-Za-z_][A-Za-z0-9_]{0,255}/.exec(use.body)?.[0];
}

function verdict(kind: Kind, document: ConfigDocument): string {
	if (kind === 'shell' && isUndocumented(document))
		return `is no form that ${document.dialect.name} documents, so probably the text itself is sent`;
	return `is not resolved by ${readers(document)}: the text itself is sent in place of the value`;
}

/** The portable format has several readers, and who they are depends on the file. */
function readers(document: ConfigDocument): string {
	if (document.dialect.id !== 'portable') return document.dialect.readers[0] ?? document.dialect.name;
	const names = ['Copilot CLI', 'VS Code'];
	return `${listWords(document.uri.endsWith('/.mcp.json') ? ['Claude Code', ...names] : names)}, which read this file`;
}

const LAUNCHER = 'store the secret in the OS keychain and start the server through mcp-hygiene';

/** The form to write, which only the dialect knows. */
function instead({ dialect }: ConfigDocument, kind: Kind): string {
	if (dialect.references.length === 0) return `This host resolves no references at all: ${LAUNCHER}.`;
	const forms = dialect.references.filter((form) => form.kind === 'env' || form.kind === 'input');
	if (kind === 'other' || forms.length === 0) return '';
	return `Write ${forms.map(({ example }) => `\`${example}\``).join(' or ')}, or ${LAUNCHER}.`;
}
