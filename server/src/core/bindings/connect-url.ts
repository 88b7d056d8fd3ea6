/**
 * Where in its URL a server wants a secret. The config's URL does not hold it: the parameter stands there without a value or not
 * at all (`--query NAME=REF`), the segment of the path stands there as `{NAME}` (`--path NAME=REF`).
 */
export type UrlPlace = { readonly query: string } | { readonly path: string };

/** A name that stands in a URL as it is, so that no two spellings mean one parameter. */
export function isPlaceName(name: string): boolean {
	return /^[A-Za-z0-9_.~-]{1,128}$/.test(name);
}

/** The URL with the value in its place, everything else to the letter; undefined if the URL has no such place, or more than one. */
export function fillUrl(url: string, place: UrlPlace, value: string): string | undefined {
	return 'query' in place ? fillQuery(url, place.query, value) : fillPath(url, place.path, value);
}

/** Scheme, nothing, and the host come before the first segment. */
const FIRST_SEGMENT = 3;

function fillPath(url: string, name: string, value: string): string | undefined {
	const end = /[?#]/.exec(url)?.index ?? url.length;
	const parts = url.slice(0, end).split('/');
	const at = parts.indexOf(`{${name}}`, FIRST_SEGMENT);
	if (at < 0 || parts.lastIndexOf(`{${name}}`) !== at) return undefined;
	return parts.with(at, value).join('/') + url.slice(end);
}

/** Where the parameter stands empty; behind the others if it does not stand there. */
function fillQuery(url: string, name: string, value: string): string | undefined {
	const { address, pairs, fragment } = queryOf(url);
	const places = pairs.flatMap((pair, i) => (pair === name || pair.startsWith(`${name}=`) ? [i] : []));
	const [at = pairs.length] = places;
	if (places.length > 1 || (pairs[at] ?? name).length > name.length + 1) return undefined;
	const filled = [...pairs.slice(0, at), `${name}=${value}`, ...pairs.slice(at + 1)];
	return `${address}?${filled.join('&')}${fragment}`;
}

export interface UrlQuery {
	/** All before the `?`. */
	readonly address: string;
	/** `name=value`, as written. */
	readonly pairs: readonly string[];
	/** With its `#`; empty if there is none. */
	readonly fragment: string;
}

export function queryOf(url: string): UrlQuery {
	const hash = url.indexOf('#');
	const whole = hash < 0 ? url : url.slice(0, hash);
	const fragment = hash < 0 ? '' : url.slice(hash);
	const mark = whole.indexOf('?');
	if (mark < 0) return { address: whole, pairs: [], fragment };
	const query = whole.slice(mark + 1);
	return { address: whole.slice(0, mark), pairs: query === '' ? [] : query.split('&'), fragment };
}

/**
 * May this text stand there? It is put in to the letter, because servers differ in how they read an escaped character; so one that
 * would end the place, or that no URL holds, may not be in it.
 */
export function fitsPlace(place: UrlPlace, value: string): boolean {
	if ('query' in place) return /^[!$-%'-;=?-~]{1,8192}$/.test(value);
	return /^[!$-.0-;=@-[\]-~]{1,8192}$/.test(value) && !/^(?:\.|%2e){1,2}$/i.test(value);
}
