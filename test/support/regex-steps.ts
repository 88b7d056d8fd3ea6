/**
 * Regular expressions as trees, and a matcher that counts its steps. A backtracking engine that is counted tells the same on
 * every machine and on every day, which a clock does not.
 */

export type Node =
	| { readonly kind: 'char'; matches(c: string): boolean }
	| { readonly kind: 'seq'; readonly items: readonly Node[] }
	| { readonly kind: 'alt'; readonly options: readonly Node[] }
	| { readonly kind: 'repeat'; readonly min: number; readonly max: number; readonly lazy: boolean; readonly item: Node }
	| { readonly kind: 'group'; readonly index: number; readonly item: Node }
	| { readonly kind: 'look'; readonly behind: boolean; readonly negative: boolean; readonly item: Node }
	| { readonly kind: 'assert'; readonly sign: '^' | '$' | 'b' | 'B' }
	| { readonly kind: 'back'; readonly index: number };

/** @throws Error for a form that it does not know, so that no pattern slips through unread. */
export function parseRegex(source: string, flags: string): Node {
	let at = 0;
	let groups = 0;
	const rest = () => source.slice(at);
	const eat = (text: string): boolean => {
		if (!source.startsWith(text, at)) return false;
		at += text.length;
		return true;
	};
	const match = (pattern: RegExp): RegExpExecArray | undefined => {
		const found = pattern.exec(rest());
		if (found) at += found[0].length;
		return found ?? undefined;
	};

	function alternatives(): Node {
		const options = [sequence()];
		while (eat('|')) options.push(sequence());
		return options.length === 1 ? options[0]! : { kind: 'alt', options };
	}

	function sequence(): Node {
		const items: Node[] = [];
		while (at < source.length && source[at] !== '|' && source[at] !== ')') items.push(quantified(atom()));
		return items.length === 1 ? items[0]! : { kind: 'seq', items };
	}

	function quantified(item: Node): Node {
		const found = match(/^(?:([*+?])|\{(\d+)(,?)(\d*)\})(\??)/);
		if (!found) return item;
		const [, sign, from, comma, to, lazy] = found;
		const min = sign === undefined ? Number(from) : sign === '+' ? 1 : 0;
		const upTo = comma === '' ? min : to === '' ? Number.POSITIVE_INFINITY : Number(to);
		const max = sign === undefined ? upTo : sign === '?' ? 1 : Number.POSITIVE_INFINITY;
		return { kind: 'repeat', min, max, lazy: lazy === '?', item };
	}

	function atom(): Node {
		if (eat('(?:')) return closed(alternatives());
		const look = match(/^\(\?(<?)([=!])/);
		if (look) return { kind: 'look', behind: look[1] === '<', negative: look[2] === '!', item: closed(alternatives()) };
		if (match(/^\((?:\?<[A-Za-z_]\w*>|(?!\?))/)) {
			groups += 1;
			const index = groups;
			return { kind: 'group', index, item: closed(alternatives()) };
		}
		if (eat('^')) return { kind: 'assert', sign: '^' };
		if (eat('$')) return { kind: 'assert', sign: '$' };
		const boundary = match(/^\\([bB])/);
		if (boundary) return { kind: 'assert', sign: boundary[1] as 'b' | 'B' };
		const back = match(/^\\([1-9])/);
		if (back) return { kind: 'back', index: Number(back[1]) };
		const set =
			match(/^\[(?:\\.|[^\]\\])*\]/s) ??
			match(/^\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]+\}|c[A-Z]|.)/s) ??
			match(/^[^()[\]*+?\\|]/su);
		if (!set) throw new Error(`not understood at ${at}: ${source}`);
		return one(set[0], flags);
	}

	function closed(inner: Node): Node {
		if (!eat(')')) throw new Error(`a group is not closed: ${source}`);
		return inner;
	}

	const tree = alternatives();
	if (at < source.length) throw new Error(`not understood at ${at}: ${source}`);
	return tree;
}

/** One character, asked of the engine itself and remembered. */
function one(source: string, flags: string): Node {
	const pattern = new RegExp(`^${source}$`, flags.replace(/[gmyd]/g, ''));
	const known = new Map<string, boolean>();
	return {
		kind: 'char',
		matches(c) {
			let answer = known.get(c);
			if (answer === undefined) {
				answer = pattern.test(c);
				known.set(c, answer);
			}
			return answer;
		},
	};
}

/** Thrown when a search takes more steps than it may. */
export class TooManySteps extends Error {}

/** Steps of a search over the whole text that finds nothing or as far as its first match. @throws TooManySteps */
export function countSteps(tree: Node, flags: string, text: string, limit: number): number {
	let steps = 0;
	const groups: (string | undefined)[] = [];
	const multiline = flags.includes('m');
	const isWord = (c: string | undefined) => c !== undefined && /\w/.test(c);

	function run(node: Node, i: number, next: (i: number) => boolean): boolean {
		if (++steps > limit) throw new TooManySteps();
		switch (node.kind) {
			case 'char':
				return i < text.length && node.matches(text[i]!) && next(i + 1);
			case 'seq':
				return inOrder(node.items, 0, i, next);
			case 'alt':
				return node.options.some((option) => run(option, i, next));
			case 'group':
				return run(node.item, i, (end) => {
					const before = groups[node.index];
					groups[node.index] = text.slice(i, end);
					if (next(end)) return true;
					groups[node.index] = before;
					return false;
				});
			case 'look':
				return looks(node, i) !== node.negative && next(i);
			case 'assert':
				return asserts(node.sign, i) && next(i);
			case 'back': {
				const found = groups[node.index] ?? '';
				return text.startsWith(found, i) && next(i + found.length);
			}
			case 'repeat':
				return node.item.kind === 'char' ? repeatChar(node, i, next) : repeat(node, 0, i, next);
		}
	}

	function inOrder(items: readonly Node[], index: number, i: number, next: (i: number) => boolean): boolean {
		if (index === items.length) return next(i);
		return run(items[index]!, i, (end) => inOrder(items, index + 1, end, next));
	}

	function looks({ behind, item }: Extract<Node, { kind: 'look' }>, i: number): boolean {
		if (!behind) return run(item, i, () => true);
		for (let start = i; start >= Math.max(0, i - 16); start--) if (run(item, start, (end) => end === i)) return true;
		return false;
	}

	function asserts(sign: '^' | '$' | 'b' | 'B', i: number): boolean {
		if (sign === '^') return i === 0 || (multiline && text[i - 1] === '\n');
		if (sign === '$') return i === text.length || (multiline && text[i] === '\n');
		return (isWord(text[i - 1]) !== isWord(text[i])) === (sign === 'b');
	}

	/** Without recursion, because this is where texts get long. */
	function repeatChar(
		{ min, max, lazy, item }: Extract<Node, { kind: 'repeat' }>,
		from: number,
		next: (i: number) => boolean,
	): boolean {
		const { matches } = item as Extract<Node, { kind: 'char' }>;
		const takes = (i: number) => {
			if (++steps > limit) throw new TooManySteps();
			return i < text.length && matches(text[i]!);
		};
		let end = from;
		while (end - from < min) if (!takes(end++)) return false;
		if (lazy) {
			for (; !next(end); end++) if (end - from >= max || !takes(end)) return false;
			return true;
		}
		while (end - from < max && takes(end)) end++;
		for (; end >= from + min; end--) if (next(end)) return true;
		return false;
	}

	function repeat(
		node: Extract<Node, { kind: 'repeat' }>,
		done: number,
		i: number,
		next: (i: number) => boolean,
	): boolean {
		const more = () =>
			done < node.max && run(node.item, i, (end) => (end > i || done < node.min) && repeat(node, done + 1, end, next));
		if (done < node.min) return more();
		return node.lazy ? next(i) || more() : more() || next(i);
	}

	const isSticky = flags.includes('y') || startsAnchored(tree, flags);
	for (let start = 0; start <= (isSticky ? 0 : text.length); start++) {
		groups.length = 0;
		if (run(tree, start, () => true)) break;
	}
	return steps;
}

/** Can a match start at the beginning of the text only? */
export function startsAnchored(tree: Node, flags: string): boolean {
	if (flags.includes('m')) return false;
	if (tree.kind === 'assert') return tree.sign === '^';
	if (tree.kind === 'seq') return tree.items.length > 0 && startsAnchored(tree.items[0]!, flags);
	if (tree.kind === 'group') return startsAnchored(tree.item, flags);
	return tree.kind === 'alt' && tree.options.every((option) => startsAnchored(option, flags));
}

/** Characters of the kinds that patterns tell apart. */
const SAMPLES = [
	'a',
	'e',
	'x',
	'A',
	'E',
	'G',
	'0',
	'1',
	'-',
	'_',
	'.',
	'/',
	'+',
	'=',
	':',
	' ',
	'\t',
	'\n',
	'\r',
	'"',
	"'",
	'$',
	'{',
	'}',
	'%',
	'@',
	'!',
	'*',
	'é',
	'\\',
	',',
	';',
	'&',
	'?',
	'#',
	'<',
	'(',
	'[',
	']',
];

export function sampleOf(node: Extract<Node, { kind: 'char' }>): string {
	for (const c of SAMPLES) if (node.matches(c)) return c;
	for (let code = 0; code < 0x2100; code++)
		if (node.matches(String.fromCharCode(code))) return String.fromCharCode(code);
	return '\ufffd';
}

/** A short text that the node matches, assertions aside. */
export function witness(node: Node): string {
	switch (node.kind) {
		case 'char':
			return sampleOf(node);
		case 'seq':
			return node.items.map(witness).join('');
		case 'alt':
			return witness(node.options[0]!);
		case 'group':
			return witness(node.item);
		case 'repeat':
			return witness(node.item).repeat(Math.min(node.min, 40));
		default:
			return '';
	}
}

interface Repeat {
	/** Matches what stands before the repetition. */
	readonly prefix: string;
	readonly node: Extract<Node, { kind: 'repeat' }>;
	/** Nothing can fail behind it. */
	readonly isLast: boolean;
}

/** Every repetition, with a text that leads to it. */
export function repeatsOf(tree: Node): Repeat[] {
	const found: Repeat[] = [];
	const visit = (node: Node, prefix: string, isLast: boolean): void => {
		if (node.kind === 'repeat') {
			found.push({ prefix, node, isLast });
			visit(node.item, prefix, false);
		} else if (node.kind === 'seq') {
			let before = prefix;
			node.items.forEach((item, i) => {
				visit(item, before, isLast && i === node.items.length - 1);
				before += witness(item);
			});
		} else if (node.kind === 'alt') for (const option of node.options) visit(option, prefix, isLast);
		else if (node.kind === 'group' || node.kind === 'look') visit(node.item, prefix, isLast && node.kind === 'group');
	};
	visit(tree, '', true);
	return found;
}

/** Texts of about this length that keep a backtracking engine as busy as its pattern allows. */
export function attacksOn(tree: Node, length: number): string[] {
	const fill = (unit: string) => unit.repeat(Math.ceil(length / Math.max(1, unit.length))).slice(0, length);
	const texts = new Set<string>();
	const whole = witness(tree);
	if (whole.length > 1) {
		texts.add(fill(whole.slice(0, -1)));
		texts.add(`${fill(whole)}\0`);
	}
	for (const { prefix, node } of repeatsOf(tree).filter(({ node }) => node.max > 4)) {
		const units = node.item.kind === 'char' ? SAMPLES.filter(node.item.matches).slice(0, 6) : [witness(node.item)];
		for (const unit of units.filter((text) => text !== '')) {
			texts.add(`${prefix}${fill(unit)}\0`);
			texts.add(`${fill(prefix + unit)}\0`);
		}
		if (prefix.length > 1) texts.add(fill(prefix));
	}
	return [...texts];
}
