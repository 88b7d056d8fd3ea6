/** Configs in TOML and YAML, the same entries in every spelling that the two formats have for them. */
import fc from 'fast-check';
import type { DialectId } from '../../server/src/core/dialects/dialect.ts';
import { type GeneratedConfig, generatedServer, type Members, type Value } from './generated-config.ts';
import { token } from './tokens.ts';

type Entry = readonly [string, Value];

const NAMES = ['gh', 'My Server', 'a/b', 'ä-ö', 'x~1', '1', 'quote"d', "it's", 'back\\slash', 'a.b', '😀', 'yes', '#n'];

/** Numbers from a list, again and again: what a printer chooses, so that fast-check can shrink it. */
class Choices {
	readonly #list: readonly number[];
	#at = 0;
	#counted = 0;

	constructor(list: readonly number[]) {
		this.#list = list;
	}

	/** One of `among` numbers; 0 is the plain way. */
	next(among: number): number {
		return this.#list[this.#at++ % this.#list.length]! % among;
	}

	/** A comment that occurs once, or none. */
	comment(): string {
		return this.next(4) === 3 ? ` # note ${++this.#counted} "{` : '';
	}

	count(): number {
		return ++this.#counted;
	}

	/** Every secret occurs once. */
	expanded(text: string): string {
		return text.replace(/\{\{([a-z0-9-]{1,40})\}\}/g, (_, name: string) => token(name, ++this.#counted));
	}
}

const servers = fc
	.uniqueArray(fc.tuple(fc.constantFrom(...NAMES), generatedServer), {
		minLength: 1,
		maxLength: 3,
		selector: ([name]) => name,
	})
	.map((list): readonly (readonly [string, Members])[] => list);
const choices = fc.array(fc.nat(59), { minLength: 1, maxLength: 60 });

function generated(
	dialects: readonly DialectId[],
	print: (dialect: DialectId, list: readonly (readonly [string, Members])[], choices: Choices) => string,
): fc.Arbitrary<GeneratedConfig> {
	return fc
		.record({ dialect: fc.constantFrom(...dialects), servers, choices, newline: fc.constantFrom('\n', '\n', '\r\n') })
		.map(({ dialect, servers: list, choices: numbers, newline }) => ({
			dialect,
			text: print(dialect, list, new Choices(numbers)).replaceAll('\n', newline),
		}));
}

function renamed({ members }: Members, names: Readonly<Record<string, string>>): readonly Entry[] {
	return members.map(([key, value]) => [names[key] ?? key, value]);
}

function isMembers(value: Value): value is Members {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// TOML

export const generatedToml = generated(['codex', 'mistral-vibe'], (dialect, list, choices) => {
	const printer = new TomlPrinter(choices);
	const isList = dialect === 'mistral-vibe';
	const head = [`model = "x"${choices.comment()}`];
	const tables: string[] = [];
	for (const [name, server] of list) {
		const names: Record<string, string> = isList ? { type: 'transport' } : { headers: 'http_headers', type: 'kind' };
		const entries = renamed(server, names).filter(([, value]) => value !== null);
		const path = `mcp_servers.${printer.key(name)}`;
		const spelling = choices.next(10);
		if (isList) tables.push(printer.table('mcp_servers', [['name', name], ...entries], '[[', ']]'));
		else if (spelling < 2) head.push(printer.statements(`${path}.`, entries));
		else if (spelling < 4) head.push(`${path} = ${printer.inline({ members: entries })}${choices.comment()}`);
		else tables.push(printer.table(path, entries));
	}
	return `${[...head, '', ...tables.map((text) => `${text}\n`), '[tui]', 'theme = "dark"'].join('\n')}\n`;
});

class TomlPrinter {
	readonly #choices: Choices;

	constructor(choices: Choices) {
		this.#choices = choices;
	}

	key(name: string): string {
		const isBare = /^[A-Za-z0-9_-]+$/.test(name);
		if (isBare && this.#choices.next(5) !== 4) return name;
		return name.includes("'") || this.#choices.next(2) === 0 ? JSON.stringify(name) : `'${name}'`;
	}

	/** A header with its statements; what holds members stands below it, in braces, or under dotted keys. */
	table(path: string, entries: readonly Entry[], open = '[', close = ']'): string {
		const lines = [`${open}${path}${close}${this.#choices.comment()}`];
		const below: string[] = [];
		for (const [key, value] of entries) {
			if (isMembers(value) && this.#choices.next(3) === 0)
				below.push(this.table(`${path}.${this.key(key)}`, value.members));
			else lines.push(this.statements('', [[key, value]]));
		}
		return [...lines, ...below].join('\n');
	}

	statements(prefix: string, entries: readonly Entry[]): string {
		return entries
			.flatMap(([key, value]): string[] => {
				const full = `${prefix}${this.key(key)}`;
				if (isMembers(value) && value.members.length > 0 && this.#choices.next(2) === 1)
					return [this.statements(`${full}.`, value.members)];
				const above = this.#choices.next(9) === 8 ? [`  # above ${this.#choices.count()}`] : [];
				const indent = ['', '', '  ', '\t'][this.#choices.next(4)]!;
				return [...above, `${indent}${full} = ${this.value(value)}${this.#choices.comment()}`];
			})
			.join('\n');
	}

	value(value: Value): string {
		if (typeof value === 'string') return this.string(this.#choices.expanded(value));
		if (isMembers(value)) return this.inline(value);
		return Array.isArray(value) ? this.array(value) : String(value);
	}

	inline({ members }: Members): string {
		const space = ['', ' '][this.#choices.next(2)]!;
		const list = members
			.filter(([, value]) => value !== null)
			.map(([key, value]) => `${this.key(key)} = ${isMembers(value) ? this.inline(value) : this.value(value)}`);
		return list.length === 0 ? '{}' : `{${space}${list.join(`,${space}`)}${space}}`;
	}

	array(list: readonly Value[]): string {
		const items = list.filter((item) => item !== null).map((item) => this.value(item));
		if (this.#choices.next(2) === 0) return `[${items.join(', ')}]`;
		const lines = items.map((item, i) => {
			const comma = i < items.length - 1 || this.#choices.next(2) === 1 ? ',' : '';
			return `  ${item}${comma}${this.#choices.comment()}`;
		});
		return `[${this.#choices.comment()}\n${lines.map((line) => `${line}\n`).join('')}]`;
	}

	string(text: string): string {
		const isPrintable = !/[\n\t]/.test(text);
		switch (this.#choices.next(6)) {
			case 3:
				return isPrintable && !text.includes("'") ? `'${text}'` : JSON.stringify(text);
			case 4:
				return text.includes('"') || text.includes('\\') ? JSON.stringify(text) : `"""\n${text}"""`;
			case 5:
				return text.includes("'") ? JSON.stringify(text) : `'''${text}'''`;
			default:
				return JSON.stringify(text);
		}
	}
}

// YAML

export const generatedYaml = generated(['goose', 'hermes', 'librechat', 'continue'], (dialect, list, choices) => {
	const printer = new YamlPrinter(choices);
	const names: Record<string, string> = dialect === 'goose' ? { command: 'cmd', env: 'envs', url: 'uri' } : {};
	const entries = list.map(([name, server]) => [name, { members: renamed(server, names) }] as const);
	const root: Members =
		dialect === 'continue'
			? {
					members: [
						['mcpServers', entries.map(([name, { members }]): Members => ({ members: [...members, ['name', name]] }))],
					],
				}
			: { members: [[ROOTS[dialect] ?? 'mcpServers', { members: entries }]] };
	const text = printer.block({ members: [['kept', ['as', 'it', 'is']], ...root.members, ['last', 'x']] }, 0);
	return `# first\n${text}`;
});

const ROOTS: Partial<Record<DialectId, string>> = { goose: 'extensions', hermes: 'mcp_servers' };

class YamlPrinter {
	readonly #choices: Choices;

	constructor(choices: Choices) {
		this.#choices = choices;
	}

	/** Members in lines of their own, ending with a line break. */
	block({ members }: Members, indent: number): string {
		const pad = ' '.repeat(indent);
		return members
			.map(([key, value]) => {
				const above = this.#choices.next(9) === 8 ? `${pad}# above ${this.#choices.count()}\n` : '';
				return `${above}${pad}${this.scalar(key, false)}:${this.behind(value, indent)}`;
			})
			.join('');
	}

	/** What stands behind a colon, with the line break. */
	behind(value: Value, indent: number): string {
		const anchor = this.#choices.next(12) === 11 ? ` &a${this.#choices.count()}` : '';
		const step = [2, 2, 4][this.#choices.next(3)]!;
		if (isMembers(value) && value.members.length > 0 && this.#choices.next(4) < 3)
			return `${anchor}${this.#choices.comment()}\n${this.block(value, indent + step)}`;
		if (Array.isArray(value) && value.length > 0 && this.#choices.next(3) < 2)
			return `${anchor}${this.#choices.comment()}\n${this.sequence(value, indent + [0, 2, step][this.#choices.next(3)]!)}`;
		if (value === null && this.#choices.next(2) === 0) return `${this.#choices.comment()}\n`;
		if (typeof value === 'string' && this.#choices.next(7) === 6)
			return `${anchor} ${this.literal(value, indent + step)}`;
		return `${anchor} ${this.flow(value)}${this.#choices.comment()}\n`;
	}

	sequence(list: readonly Value[], indent: number): string {
		const pad = ' '.repeat(indent);
		return list
			.map((item) => {
				if (isMembers(item) && item.members.length > 0 && this.#choices.next(3) < 2)
					return `${pad}- ${this.block(item, indent + 2).trimStart()}`;
				return `${pad}- ${this.flow(item)}${this.#choices.comment()}\n`;
			})
			.join('');
	}

	flow(value: Value): string {
		if (typeof value === 'string') return this.scalar(this.#choices.expanded(value), true);
		const isWide = this.#choices.next(5) === 4;
		const [open, close] = isWide ? ['[ ', ' ]'] : ['[', ']'];
		if (isMembers(value)) {
			const list = value.members.map(([key, item]) => `${this.scalar(key, true)}: ${this.flow(item)}`);
			return `${open.replace('[', '{')}${list.join(', ')}${close.replace(']', '}')}`;
		}
		return Array.isArray(value) ? `${open}${value.map((item) => this.flow(item)).join(', ')}${close}` : String(value);
	}

	/** Text in lines of its own. */
	literal(value: string, indent: number): string {
		const text = this.#choices.expanded(value);
		if (!/^[!-~][ -~]*$/.test(text)) return `${JSON.stringify(text)}\n`;
		const marks = ['|-', '>-', '|', '|+', '>'][this.#choices.next(5)]!;
		return `${marks}${this.#choices.comment()}\n${' '.repeat(indent)}${text.trimEnd()}\n`;
	}

	scalar(text: string, isValue: boolean): string {
		const isPlain =
			/^[A-Za-z/][\w./@ -]*(?::[\w./@-]+)*$/.test(text) &&
			!text.endsWith(' ') &&
			!/^(?:yes|no|on|off|y|n|true|false|null)$/i.test(text);
		const choice = this.#choices.next(isValue ? 4 : 6);
		if (isPlain && choice !== 2 && choice !== 3) return text;
		return choice === 2 && !/[\n\t]/.test(text) ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
	}
}
