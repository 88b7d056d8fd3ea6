// Every regular expression of the product, literal or built from data, on any input: no catastrophe, no slow creep.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkSync } from 'recheck';
import { ISSUERS } from '../../server/src/core/issuers/index.ts';
import { attacksOn, countSteps, parseRegex, repeatsOf, startsAnchored, TooManySteps } from '../support/regex-steps.ts';
import { scanSource, sourceFiles } from '../support/source-text.ts';

interface Pattern {
	readonly where: string;
	readonly source: string;
	readonly flags: string;
}

const literals: readonly Pattern[] = [...sourceFiles('server/src'), ...sourceFiles('client')].flatMap(
	({ path, text }) =>
		scanSource(text).regexes.map(({ source, flags, line }) => ({ where: `${path}:${line}`, source, flags })),
);

/** In a process of its own, because it replaces `RegExp`. */
const built: readonly Pattern[] = execFileSync(
	process.execPath,
	[fileURLToPath(new URL('../support/constructed-patterns.ts', import.meta.url))],
	{ encoding: 'utf8' },
)
	.trim()
	.split('\n')
	.map((line) => ({ where: 'built at run time', ...(JSON.parse(line) as Pick<Pattern, 'source' | 'flags'>) }));

const all = [...literals, ...built];

/** Patterns that search anywhere and repeat without a bound before something else, and why each is harmless. */
const OPEN: Readonly<Record<string, string>> = {
	'\\n([ \\t]+)"': 'starts with a line end, which the class does not hold: no character is looked at twice',
	'[0-9].*[0-9].*[0-9]': 'looks at pieces of at most 300 characters',
	'[A-Za-z].*[A-Za-z]': 'looks at pieces of at most 300 characters',
	'[?#].*$': 'with the flag s the rest always matches',
};

/** Length of the texts that patterns are attacked with: more than most bounds, and what the counting matcher can recurse. */
const LENGTH = 1024;
/** Steps for each character: a search may look ahead from every character, an anchored match reads on. */
const LIMIT = { search: 300, anchored: 64 };
/** Fewer steps for each character than this are fine, however they grow. */
const IDLE = 30;
/** Four times the text takes four times the steps where the work is linear, and sixteen times where it is quadratic. */
const GROWTH = 8;

function isFast({ source, flags }: Pick<Pattern, 'source' | 'flags'>): boolean {
	const tree = parseRegex(source, flags);
	const limit = startsAnchored(tree, flags) || flags.includes('y') ? LIMIT.anchored : LIMIT.search;
	const worst = (length: number) =>
		Math.max(0, ...attacksOn(tree, length).map((text) => countSteps(tree, flags, text, limit * LENGTH)));
	try {
		const steps = worst(LENGTH);
		return steps < IDLE * LENGTH || steps < GROWTH * worst(LENGTH / 4);
	} catch (error) {
		if (error instanceof TooManySteps) return false;
		throw error;
	}
}

function isOpen({ source, flags }: Pick<Pattern, 'source' | 'flags'>): boolean {
	const tree = parseRegex(source, flags);
	if (startsAnchored(tree, flags) || flags.includes('y')) return false;
	return repeatsOf(tree).some(({ node, isLast }) => node.max === Number.POSITIVE_INFINITY && !isLast);
}

/** Where every repetition has a bound the checker has nothing to say; what it cannot tell is counted like everything else. */
function isVulnerable({ source, flags }: Pick<Pattern, 'source' | 'flags'>): boolean {
	if (repeatsOf(parseRegex(source, flags)).every(({ node }) => node.max < Number.POSITIVE_INFINITY)) return false;
	return checkSync(source, flags, { checker: 'automaton', timeout: 300 }).status === 'vulnerable';
}

const shown = ({ where, source, flags }: Pattern): string => `${where} /${source}/${flags}`;

describe('every pattern', () => {
	it('is found: literals in the source, kinds in the data', () => {
		assert.ok(literals.length > 150, `${literals.length}`);
		for (const { source, flags } of literals) new RegExp(source, flags);
		// The others are told by the structure of a URL or a header.
		const kinds = ISSUERS.flatMap((issuer) => issuer.kinds).filter(
			({ prefix, marker, nameHints }) => prefix ?? marker ?? nameHints,
		);
		assert.ok(kinds.length > 200, `${kinds.length}`);
		for (const { id, pattern } of kinds) {
			assert.ok(
				built.some(({ source }) => source.includes(`(?:${new RegExp(pattern).source})`)),
				`${id} is not compiled by any module that was loaded`,
			);
		}
	});

	it('has no repetition that can blow up', () => assert.deepEqual(all.filter(isVulnerable).map(shown), []));

	it('stays within its steps on texts that are made against it', () =>
		assert.deepEqual(all.filter((pattern) => !isFast(pattern)).map(shown), []));

	it('that searches anywhere repeats within bounds, or is known to be harmless', () => {
		const open = all.filter(isOpen);
		assert.deepEqual(open.filter(({ source }) => !Object.hasOwn(OPEN, source)).map(shown), []);
		assert.deepEqual(
			Object.keys(OPEN).filter((source) => !open.some((pattern) => pattern.source === source)),
			[],
			'no longer there',
		);
	});

	it('of a kind repeats within bounds', () => {
		for (const { id, pattern } of ISSUERS.flatMap(({ kinds }) => kinds)) {
			assert.ok(
				repeatsOf(parseRegex(pattern, '')).every(({ node }) => node.max < Number.POSITIVE_INFINITY),
				id,
			);
		}
	});
});

describe('the means of these tests', () => {
	const search = (source: string) => ({ source, flags: '' });

	it('catch what is known to be bad', () => {
		for (const source of ['^(a+)+$', '^(a|a)*$', '\\s+$', 'key[\\s\\S]*?secret', '^(\\w+\\s?)*$'])
			assert.ok(isVulnerable(search(source)), source);
		for (const source of [
			'^(a+)+$',
			'^(?:a|a){1,200}$',
			'\\s+$',
			'ghp_[A-Za-z0-9_]{20,}\\.x',
			'\\w{1,900}!',
			'^(?:\\w{1,60}){1,60}$',
			'^\\d{1,2000}\\d{1,2000}$',
		])
			assert.ok(!isFast(search(source)), source);
		for (const source of ['\\s+$', 'x[ab]{3,}c', '(?:a|b+)c']) assert.ok(isOpen(search(source)), source);
	});

	it('let pass what is fine', () => {
		for (const source of ['^[a-z]+$', 'ghp_[A-Za-z0-9]{36}', '[^a-z]+', '^a+b', '(?:[a-z]{1,60}\\.){1,3}com']) {
			assert.ok(!isVulnerable(search(source)) && isFast(search(source)) && !isOpen(search(source)), source);
		}
	});

	it('count as the engine matches', () => {
		for (const [source, flags, text] of [
			['^(["\'`])(.*)\\1$', '', '"abc"'],
			['(?<![a-z])x(?=y)(?!yz)', '', 'ax xyz xy'],
			['\\bfoo|ba{2,3}?r\\b', 'i', 'FOOD baar'],
			['[\\p{L}]{2}', 'u', 'éà'],
		] as const) {
			assert.ok(new RegExp(source, flags).test(text), source);
			assert.ok(countSteps(parseRegex(source, flags), flags, text, 1000) > 0);
		}
	});
});
