import { type Candidate, classification, RANK } from './candidate.ts';
import { isDefaultPassword, isExample, type UrlPassword } from './dsn.ts';
import { gradeGeneric, isKeyInPath, isRandomPathSegment, SHORTEST_KEY_IN_PATH } from './generic.ts';
import { issuerById, knownKind } from './index.ts';
import type { Classification, Confidence } from './issuer.ts';
import { standOf } from './placeholders.ts';
import { typedShare } from './typed-runs.ts';

/** A password, or a key, in the userinfo of a URL. */
export function fromUrl(value: string, found: UrlPassword): Candidate[] {
	const password = value.slice(found.from, found.to);
	const { from, to, user } = found;
	const inside = { notes: user === '' ? [] : [`user ${shown(user)}`] };
	if (isDefaultPassword(password, user)) {
		if (isExample(password, user)) return [];
		const known = classification(knownKind('default-password'), from, to, 'weak', 'none');
		return [{ rank: RANK.structure, classification: { ...known, ...issuerOf(found), inside } }];
	}
	const confidence = found.key ? gradeGeneric(password, 'key') : urlConfidence(password);
	if (!confidence || (found.key && confidence === 'weak')) return [];
	const kind = knownKind(found.issuer === 'url' ? 'url-password' : `${found.issuer}-url-password`);
	return [{ rank: RANK.structure, classification: { ...classification(kind, from, to, confidence, 'none'), inside } }];
}

function issuerOf({ issuer }: UrlPassword): Pick<Classification, 'issuer' | 'issuerName'> {
	return { issuer, issuerName: issuerById(issuer).name };
}

/** A user name that is long may be a token itself. */
function shown(user: string): string {
	return /^[\w.@%+-]{1,24}$/.test(user) ? user : '(not shown)';
}

const MOSTLY_TYPED = 0.75;

export function urlConfidence(password: string): Confidence | undefined {
	const stand = standOf(password);
	// People do choose passwords with a run in them; with little else it is an example.
	if (stand === 'typed') return typedShare(password) < MOSTLY_TYPED ? 'likely' : 'weak';
	if (stand === 'words') return password.length < 6 ? undefined : 'weak';
	if (stand === 'reference' || stand === 'placeholder') return undefined;
	return password.length >= 8 ? 'certain' : 'likely';
}

/** A password that everybody knows; with the user of an example it is an example too. */
export function fromDefault(
	{ from, to }: Pick<UrlPassword, 'from' | 'to'>,
	password: string,
	user: string,
): Candidate[] {
	if (isExample(password, user)) return [];
	const known = classification(knownKind('default-password'), from, to, 'weak', 'none');
	return [{ rank: RANK.structure, classification: known }];
}

/** Among the words of a command line, whose servers are known to have the secret in the path. */
export function fromUrlsIn(value: string): Candidate[] {
	return [...value.matchAll(/https?:\/\/[^\s"'<>]{1,2000}/g)].flatMap(({ 0: url, index }) =>
		fromUrlPath(url, true).map(({ rank, classification: found }) => ({
			rank,
			classification: { ...found, from: found.from + index, to: found.to + index },
		})),
	);
}

/** @param known a part of the path is known to be the secret: then a UUID or hex counts too */
export function fromUrlPath(value: string, known: boolean): Candidate[] {
	const path = value.search(/[?#]/);
	const end = path < 0 ? value.length : path;
	const found: Candidate[] = [];
	let from = value.indexOf('://') + 3;
	for (const part of value.slice(from, end).split('/')) {
		if (from > 3 + value.indexOf('://') && (isRandomPathSegment(part) || (known && isKeyInPath(part)))) {
			const kind = knownKind(known ? 'capability-url' : 'unidentified-url-token');
			found.push({
				rank: RANK.generic,
				classification: classification(kind, from, from + part.length, 'likely', 'none'),
			});
		}
		from += part.length + 1;
	}
	return found;
}

/** Has the URL a path with a part that is long enough for a key? */
export function hasLongPathPart(value: string): boolean {
	let from = value.indexOf('/', value.indexOf('://') + 3) + 1;
	while (from > 0) {
		const slash = value.indexOf('/', from);
		if ((slash < 0 ? value.length : slash) - from >= SHORTEST_KEY_IN_PATH) return true;
		from = slash + 1;
	}
	return false;
}
