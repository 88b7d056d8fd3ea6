/**
 * Reads TypeScript as far as tests of the source need it: comments, strings, template literals and regular expressions are
 * told apart, so that a quote in a comment or a slash in a string misleads nobody. No parser is shipped with the compiler.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
	/** Relative to the checkout, with `/`. */
	readonly path: string;
	readonly text: string;
}

/** The product's own sources below a folder; tests are none. */
export function sourceFiles(folder: string): SourceFile[] {
	return readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.ts$/.test(name) && !/\.test\.ts$|\.d\.ts$/.test(name))
		.map((name) => {
			const path = `${folder}/${name.replaceAll('\\', '/')}`;
			return { path, text: readFileSync(`${root}${path}`, 'utf8') };
		});
}

export interface RegexLiteral {
	readonly source: string;
	readonly flags: string;
	/** One-based. */
	readonly line: number;
}

export interface ScannedSource {
	/** The text without comments and without what stands inside of regular expressions; strings stay. */
	readonly code: string;
	readonly regexes: readonly RegexLiteral[];
}

/** After these words a slash starts a regular expression; after any other word it divides. */
const BEFORE_REGEX = new Set([
	'return',
	'typeof',
	'case',
	'in',
	'of',
	'delete',
	'void',
	'throw',
	'new',
	'await',
	'yield',
	'else',
	'do',
]);

export function scanSource(text: string): ScannedSource {
	const regexes: RegexLiteral[] = [];
	let code = '';
	/** One entry for each `${` that is open: the depth of braces inside of it. */
	const templates: number[] = [];
	let at = text.startsWith('#!') ? lineEnd(text, 0) : 0;

	const take = (end: number): void => {
		code += text.slice(at, end);
		at = end;
	};
	while (at < text.length) {
		const c = text[at]!;
		if (text.startsWith('//', at)) at = lineEnd(text, at);
		else if (text.startsWith('/*', at)) at = text.indexOf('*/', at + 2) + 2;
		else if (c === "'" || c === '"') take(quoteEnd(text, at));
		else if (c === '`') at = template(at + 1);
		else if (c === '/' && startsRegex(code)) {
			const literal = regexAt(text, at);
			regexes.push({ ...literal, line: text.slice(0, at).split('\n').length });
			code += '/ /';
			at += literal.source.length + 2 + literal.flags.length;
		} else if (c === '{' && templates.length > 0) {
			templates[templates.length - 1]!++;
			take(at + 1);
		} else if (c === '}' && templates.at(-1) === 0) {
			templates.pop();
			at = template(at + 1);
		} else {
			if (c === '}' && templates.length > 0) templates[templates.length - 1]!--;
			take(at + 1);
		}
	}
	return { code, regexes };

	/** From inside of a template's text to its end or to the next `${`. */
	function template(from: number): number {
		for (let i = from; i < text.length; i++) {
			if (text[i] === '\\') i++;
			else if (text[i] === '`') {
				code += '``';
				return i + 1;
			} else if (text.startsWith('${', i)) {
				templates.push(0);
				code += '`(';
				return i + 2;
			}
		}
		throw new Error('a template literal is not closed');
	}
}

function lineEnd(text: string, from: number): number {
	const end = text.indexOf('\n', from);
	return end < 0 ? text.length : end;
}

function quoteEnd(text: string, from: number): number {
	for (let i = from + 1; i < text.length; i++) {
		if (text[i] === '\\') i++;
		else if (text[i] === text[from]) return i + 1;
	}
	throw new Error('a string is not closed');
}

function startsRegex(code: string): boolean {
	const before = code.trimEnd();
	const word = /[\w$]{1,40}$/.exec(before)?.[0];
	if (word !== undefined) return BEFORE_REGEX.has(word);
	return !/[)\]`'"]$/.test(before);
}

function regexAt(text: string, from: number): { source: string; flags: string } {
	let isClass = false;
	for (let i = from + 1; i < text.length && text[i] !== '\n'; i++) {
		if (text[i] === '\\') i++;
		else if (text[i] === '[') isClass = true;
		else if (text[i] === ']') isClass = false;
		else if (text[i] === '/' && !isClass) {
			const flags = /^[a-z]{0,8}/.exec(text.slice(i + 1, i + 9))![0];
			return { source: text.slice(from + 1, i), flags };
		}
	}
	throw new Error(`a regular expression is not closed: ${text.slice(from, from + 60)}`);
}

export interface ImportOf {
	readonly specifier: string;
	readonly isType: boolean;
	/** `import()` or `require`. */
	readonly isCall?: true;
}

/** Everything that a file imports: statically, by re-export, by `import()` in code or in types, by `require`. */
export function importsOf({ text }: Pick<SourceFile, 'text'>): ImportOf[] {
	const { code } = scanSource(text);
	const statements = [
		...code.matchAll(/(?:^|[;\n])\s*(import|export)\s(type\s)?[^;'"]{0,4000}?from\s*(['"])([^'"]{1,300})\3/g),
	].map((match) => ({
		specifier: match[4]!,
		isType: match[2] !== undefined,
	}));
	const bare = [...code.matchAll(/(?:^|[;\n])\s*import\s*(['"])([^'"]{1,300})\1/g)].map((match) => ({
		specifier: match[2]!,
		isType: false,
	}));
	const calls = [...code.matchAll(/\b(typeof\s+)?(?:import|require)\s*\(\s*(['"])([^'"]{1,300})\2\s*\)/g)].map(
		(match) => ({ specifier: match[3]!, isType: match[1] !== undefined, isCall: true as const }),
	);
	return [...statements, ...bare, ...calls];
}
