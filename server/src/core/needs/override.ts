import { findIssuer } from '../issuers/index.ts';
import { plainPointer } from '../names-shown.ts';
import { scopeModel } from '../scopes/index.ts';
import { isLevel } from '../scopes/model.ts';
import type { NeedOverride } from './need.ts';
import { isKnownMatch } from './table.ts';

export interface ReadNeeds {
	readonly needs: readonly NeedOverride[];
	/** What is wrong with the rest, one line each; the caller says where it stands. Holds no value that could be a secret. */
	readonly problems: readonly string[];
}

const MOST_ENTRIES = 200;
const MOST_SCOPES = 100;
const LONGEST = 200;
const ACCESS: ReadonlySet<unknown> = new Set(['read', 'write', 'admin']);
const PROPERTIES: ReadonlySet<string> = new Set(['match', 'issuer', 'scopes', 'access']);

/** What a person typed may be anything: an entry that does not fit is left out, and said. */
export function readNeeds(raw: unknown): ReadNeeds {
	if (raw === undefined || raw === null) return { needs: [], problems: [] };
	if (!Array.isArray(raw)) return { needs: [], problems: ['it must be a list of entries, so none is used.'] };
	const entries = raw.slice(0, MOST_ENTRIES).map(readEntry);
	const more = raw.length > MOST_ENTRIES ? [`only the first ${MOST_ENTRIES} entries are used.`] : [];
	return {
		needs: entries.flatMap(({ need }) => need ?? []),
		problems: [
			...entries.flatMap(({ problem }, i) => (problem === undefined ? [] : [`entry ${i + 1}: ${problem}`])),
			...more,
		],
	};
}

interface Entry {
	readonly need?: NeedOverride;
	readonly problem?: string;
}

function readEntry(raw: unknown): Entry {
	if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return unused('it must be an object');
	const { match, issuer, scopes, access } = raw as Record<string, unknown>;
	if (!isText(match)) return unused('"match" must be a package, an image, a command, a URL or server:NAME');
	if (!Array.isArray(scopes) || scopes.length > MOST_SCOPES || !scopes.every(isText))
		return unused('"scopes" must be a list of scopes, each a text; an empty list means none');
	if (!ACCESS.has(access)) return unused('"access" must be read, write or admin');
	if (issuer !== undefined && !(isText(issuer) && findIssuer(issuer)))
		return unused('"issuer" must be the id of an issuer, such as github or gitlab');
	if (issuer === undefined && !match.startsWith('server:') && !isKnownMatch(match))
		return unused('this server is not known here, so say by "issuer" whose scopes these are');
	const need = { match, scopes, access, ...(issuer === undefined ? {} : { issuer }) } as NeedOverride;
	const problem = stranger(raw) ?? misspelled(need);
	return problem === undefined ? { need } : { need, problem };
}

function unused(why: string): Entry {
	return { problem: `${why}. The entry is not used.` };
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST;
}

function stranger(entry: object): string | undefined {
	const name = Object.keys(entry).find((key) => !PROPERTIES.has(key));
	return name === undefined
		? undefined
		: `"${plainPointer(name)}" means nothing; an entry has match, issuer, scopes and access.`;
}

function misspelled({ issuer, scopes }: NeedOverride): string | undefined {
	const model = issuer === undefined ? undefined : scopeModel(issuer);
	const isKnown = (scope: string) =>
		!model || model.knows(model.plain?.(scope) ?? scope) || (issuer === 'github' && isLevel(scope));
	const at = scopes.findIndex((scope) => !isKnown(scope));
	return at < 0
		? undefined
		: `"${plainPointer(scopes[at]!)}" is no scope of this issuer that is known here, so it is not compared. Check how it is spelled.`;
}
