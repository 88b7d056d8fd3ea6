import type { NamedPart, Part, Position } from '../servers.ts';
import { below, type Member, type StringNode } from '../syntax/tree.ts';

/**
 * Parts as classes: a big config has tens of thousands, which all have one shape, and whose pointers are written out for the
 * few that somebody asks for.
 */
export class EntryPart implements Part {
	readonly position: Position;
	readonly node: StringNode;
	/** Of the node. Not asked of it each time: every look at a part begins with its value. */
	readonly value: string;
	readonly name: string | undefined;
	readonly index: number | undefined;
	#at: string;
	#key: string | number | undefined;

	/**
	 * @param at JSON pointer of what holds the string
	 * @param key of the string in there
	 */
	constructor(
		position: Position,
		node: StringNode,
		at: string,
		key: string | number,
		name: string | undefined,
		index?: number,
	) {
		this.position = position;
		this.node = node;
		this.value = node.value;
		this.name = name;
		this.index = index;
		this.#at = at;
		this.#key = key;
	}

	get pointer(): string {
		if (this.#key !== undefined) {
			this.#at = below(this.#at, this.#key);
			this.#key = undefined;
		}
		return this.#at;
	}
}

export class NamedEntryPart extends EntryPart implements NamedPart {
	declare readonly name: string;
	readonly member: Member;

	constructor(position: Position, node: StringNode, at: string, key: string | number, member: Member) {
		super(position, node, at, key, member.key);
		this.member = member;
	}
}

/** A field of an entry that the host sends as a header. */
export class HeaderFieldPart extends NamedEntryPart {
	readonly isField = true;

	constructor(node: StringNode, at: string, key: string | number, member: Member) {
		super('header', node, at, key, member);
	}
}
