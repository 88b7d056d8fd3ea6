import type { KnownServer } from '../catalog/index.ts';
import { secretName } from '../issuers/names.ts';
import {
	ATTACHED,
	isAttached,
	meaningAfter,
	type Options,
	optionsOf,
	takesNameAndValue,
} from '../issuers/program-options.ts';
import type { McpServer, Part } from '../servers.ts';

const FLAG = /^--?[A-Za-z][\w.-]{0,60}$/;
/** What follows these holds its own name: `-e NAME=value`, `--header "Name: value"`. */
const CARRIES_NAME = /^-(?:e|H|-env|-header|-headers)$/;
/** A header whose value stands in the next argument: `Authorization:`, `Authorization: Bearer`. */
const HEAD_ALONE = /^([A-Za-z][\w-]{1,60})(?::\s{0,4}(?:Bearer|Basic|Token)?\s{0,4})$/i;
const HEADER_NAME = /^[A-Za-z][\w-]{1,60}$/;
const SCHEME_ALONE = /^(?:Bearer|Basic|Token)$/i;

/**
 * Names each argument: by the flag before it, by a header that was split over several arguments, or by what a known
 * server takes without a flag. Visits them, because a list of them for every server costs more than the names do.
 */
export function nameArguments(
	{ command, args }: Pick<McpServer, 'command' | 'args'>,
	known: KnownServer | undefined,
	visit: (part: Part, name: string | undefined) => void,
): void {
	let options = command && optionsOf(command.value);
	let header: string | undefined;
	let before: string | undefined;
	for (let i = 0; i < args.length; i++) {
		const part = args[i]!;
		options = optionsOf(part.value) ?? options;
		visit(part, header ?? nameByProgram(part, before, options) ?? nameOf(part, before, known, i));
		header = takesNameAndValue(options, before) ? part.value : headerOpenAfter(part.value, before, header);
		before = part.value;
	}
}

function nameByProgram({ value }: Part, before: string | undefined, options: Options | undefined): string | undefined {
	if (options === undefined) return undefined;
	return isAttached(options, value) ? ATTACHED : meaningAfter(options, before ?? '');
}

function nameOf(
	part: Part,
	before: string | undefined,
	known: KnownServer | undefined,
	index: number,
): string | undefined {
	if (before !== undefined && isFlag(before)) return CARRIES_NAME.test(before) ? undefined : (part.name ?? before);
	if (part.name !== undefined && !isFlag(part.name)) return part.name;
	return known?.positional && index > 0 && !part.value.startsWith('-') ? POSITIONAL : undefined;
}

function isFlag(text: string): boolean {
	return text.startsWith('-') && FLAG.test(text);
}

/** Stands for "the argument that is the secret". */
const POSITIONAL = 'api key';

/** The header that waits for its value after this argument. */
function headerOpenAfter(value: string, before: string | undefined, open: string | undefined): string | undefined {
	if (open !== undefined) return SCHEME_ALONE.test(value.trim()) ? open : undefined;
	const head = value.includes(':') ? HEAD_ALONE.exec(value)?.[1] : undefined;
	const name = head ?? ((before === '-H' || before === '--header') && HEADER_NAME.test(value) ? value : undefined);
	return name !== undefined && secretName(name) === 'secret' ? name : undefined;
}

const IN_HEADER = /([A-Za-z][\w-]{1,60}):\s{0,4}(?:[A-Za-z]{3,10}\s{1,4})?\$\{?(?:env:)?([A-Za-z_]\w{0,100})\}?/g;

/** `--header Authorization:${AUTH}` with `AUTH` in `env`: the header says what the variable holds. Variable to header. */
export function variablesInHeaders(server: McpServer): ReadonlyMap<string, string> {
	const { args, launcher } = server;
	if (!args.some(holdsVariable) && !launcher?.args.some(holdsVariable)) return NO_VARIABLES;
	const found = new Map<string, string>();
	for (const part of [...args, ...(launcher?.args ?? [])]) {
		if (!holdsVariable(part)) continue;
		for (const [, header, variable] of part.value.matchAll(IN_HEADER)) {
			if (secretName(header!) === 'secret') found.set(variable!, header!);
		}
	}
	return found;
}

const NO_VARIABLES: ReadonlyMap<string, string> = new Map();

function holdsVariable({ value }: Part): boolean {
	return value.length <= 2_000 && value.includes('$');
}
