import type { Access, DeclaredWords, DeclareQuestion } from '../../server/src/protocol/index.ts';
import { oneLine } from './panel/words.ts';

/** One line to tick. Without `scope` and `access` it is a heading. */
export interface DeclareItem {
	readonly label: string;
	readonly description?: string;
	readonly picked?: boolean;
	readonly isHeading?: boolean;
	readonly scope?: string;
	readonly access?: Access;
	/** Leads to a box to type others into. */
	readonly isOther?: boolean;
}

const ACCESS: readonly { readonly access: Access; readonly label: string }[] = [
	{ access: 'read', label: 'It only reads' },
	{ access: 'write', label: 'It can change things' },
	{ access: 'admin', label: 'It manages people, keys or settings' },
];

/** Everything that can be ticked, with what was said before ticked already. */
export function declareItems({ issuer, scopes, said }: DeclareQuestion): DeclareItem[] {
	const known = new Set(scopes.map(({ scope }) => scope));
	const typed = (said?.scopes ?? []).filter((scope) => !known.has(scope));
	const isPicked = (scope: string) => said?.scopes.includes(scope) === true;
	const all = [...typed.map((scope): DeclareQuestion['scopes'][number] => ({ scope })), ...scopes];
	return [
		{ label: 'In general', isHeading: true },
		...ACCESS.map((item) => ({ ...item, picked: said?.access === item.access })),
		{ label: `Scopes of ${oneLine(issuer)}`, isHeading: true },
		{ label: 'Others, to be typed…', isOther: true },
		...all.map(({ scope, access }) => ({
			label: oneLine(scope),
			scope,
			picked: isPicked(scope),
			...(access ? { description: access } : {}),
		})),
	];
}

const ORDER: readonly Access[] = ['read', 'write', 'admin'];

/** What was ticked and typed, as one statement; of several kinds of access the widest. */
export function declaredWords(picked: readonly DeclareItem[], typed: string, expires: string): DeclaredWords {
	const access = ORDER.findLast((one) => picked.some((item) => item.access === one));
	const end = expires.trim();
	return {
		scopes: [...new Set([...picked.flatMap(({ scope }) => scope ?? []), ...typedScopes(typed)])],
		...(access ? { access } : {}),
		...(end === '' ? {} : { expires: end }),
	};
}

/** Parted by commas or line ends: some issuers have names with blanks. */
function typedScopes(text: string): string[] {
	return text
		.split(/[,\n]/)
		.map((scope) => scope.trim())
		.filter((scope) => scope !== '');
}

/** Undefined: fine. */
export function wrongDay(text: string): string | undefined {
	const day = text.trim();
	if (day === '' || day === 'never') return undefined;
	const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) : Number.NaN;
	const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
	return isDay ? undefined : 'Write its last day as YYYY-MM-DD, or never, or nothing.';
}
