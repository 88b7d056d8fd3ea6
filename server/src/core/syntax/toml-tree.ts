import type { Span } from '../text.ts';
import type { ArrayNode, ConfigNode, Member, ObjectNode } from './tree.ts';

/** One segment of a TOML key, as it reads and where it is written. */
export interface KeyPart {
	readonly key: string;
	readonly span: Span;
}

/**
 * A table while the document is read. TOML may write one table in many places (`[a]`, `[a.b]`, `a.c = 1`), so tables stay
 * open until the end; all that opens the same name adds to the same table.
 */
export class OpenTable {
	readonly depth: number;
	readonly #entries: Entry[] = [];
	readonly #byKey = new Map<string, Entry>();
	#start: number;
	#end: number;

	constructor(span: Span, depth: number) {
		this.#start = span.start;
		this.#end = span.end;
		this.depth = depth;
	}

	/** What is read later belongs to the table's span too. */
	include(span: Span): void {
		this.#start = Math.min(this.#start, span.start);
		this.#end = Math.max(this.#end, span.end);
	}

	has(key: string): boolean {
		return this.#byKey.has(key);
	}

	set(part: KeyPart, value: ConfigNode | undefined): void {
		this.#put({ part, value });
	}

	/** The table under this key; of a list of tables the last one. A value of that name gets a table beside it. */
	table(part: KeyPart): OpenTable {
		const known = this.#byKey.get(part.key)?.value;
		if (known instanceof OpenTable) return known;
		if (known instanceof OpenTables) return known.last();
		const table = new OpenTable(part.span, this.depth + 1);
		this.#put({ part, value: table });
		return table;
	}

	/** A new table at the end of the list of tables under this key. */
	append(part: KeyPart, span: Span): OpenTable {
		const known = this.#byKey.get(part.key)?.value;
		if (known instanceof OpenTables) return known.append(span);
		const tables = new OpenTables(this.depth + 1);
		this.#put({ part, value: tables });
		return tables.append(span);
	}

	finish(): ObjectNode {
		const members = this.#entries.map(({ part, value }): Member => {
			const node = value instanceof OpenTable || value instanceof OpenTables ? value.finish() : value;
			const end = node ? Math.max(node.span.end, part.span.end) : part.span.end;
			return { key: part.key, keySpan: part.span, span: { start: part.span.start, end }, value: node };
		});
		return { kind: 'object', span: { start: this.#start, end: this.#end }, members };
	}

	#put(entry: Entry): void {
		this.#entries.push(entry);
		this.#byKey.set(entry.part.key, entry);
	}
}

interface Entry {
	readonly part: KeyPart;
	readonly value: ConfigNode | OpenTable | OpenTables | undefined;
}

/** `[[name]]`, written as often as the list is long. */
class OpenTables {
	readonly #depth: number;
	readonly #tables: OpenTable[] = [];

	constructor(depth: number) {
		this.#depth = depth;
	}

	append(span: Span): OpenTable {
		const table = new OpenTable(span, this.#depth + 1);
		this.#tables.push(table);
		return table;
	}

	last(): OpenTable {
		return this.#tables.at(-1)!;
	}

	finish(): ArrayNode {
		const items = this.#tables.map((table) => table.finish());
		return { kind: 'array', span: { start: items[0]!.span.start, end: items.at(-1)!.span.end }, items };
	}
}
