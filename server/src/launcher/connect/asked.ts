import type { ConnectTarget } from '../../core/bindings/binding.ts';
import { fillUrl, isPlaceName, type UrlPlace } from '../../core/bindings/connect-url.ts';
import { type CredentialReference, parseReference } from '../../core/references.ts';
import { UsageError } from '../asked.ts';
import { Refused } from '../refuse.ts';

/** What a host asks of `connect`. */
export interface AskedConnection {
	/** Without the secrets: their places are empty. */
	readonly url: URL;
	/** As handed over, without `connect` itself: what is compared with the config. */
	readonly args: readonly [url: string, ...options: string[]];
	readonly parts: readonly AskedPart[];
}

/** What one option puts into every request. */
export interface AskedPart {
	/** Header names are lower case. */
	readonly target: ConnectTarget;
	readonly text: string;
	/** Absent for a header whose value is no secret. */
	readonly reference?: CredentialReference;
	/** `--bearer` and `--basic`: how the header's value is made of the secret. */
	readonly scheme?: 'Bearer' | 'Basic';
}

const USAGE =
	'usage: mcp-hygiene connect URL [--bearer REF] [--basic REF] [--header NAME=REF]... [--query NAME=REF]... [--path NAME=REF]...';

export function readConnectArguments(args: readonly string[]): AskedConnection {
	const [url, ...options] = args;
	if (url === undefined || !URL.canParse(url) || options.length % 2 !== 0) throw new UsageError(USAGE);
	const parts = Array.from({ length: options.length / 2 }, (_, i) =>
		readPart(options[2 * i]!, options[2 * i + 1]!, url),
	);
	const places = parts.flatMap(({ target }) => ('header' in target ? [] : [JSON.stringify(target)]));
	if (new Set(places).size < places.length) throw new UsageError(USAGE);
	return { url: checked(new URL(url)), args: [url, ...options], parts };
}

function readPart(option: string, value: string, url: string): AskedPart {
	if (option === '--bearer') return { ...header('authorization', value), scheme: 'Bearer' };
	if (option === '--basic') return { ...header('authorization', value), scheme: 'Basic' };
	const equals = value.indexOf('=');
	const [name, text] = [value.slice(0, equals), value.slice(equals + 1)];
	if (equals < 1) throw new UsageError(USAGE);
	if (option === '--header') return header(name.toLowerCase(), text);
	if (option === '--query') return inUrl({ query: name }, name, text, url);
	if (option === '--path') return inUrl({ path: name }, name, text, url);
	throw new UsageError(USAGE);
}

/** A name that HTTP allows and that does not steer the connection itself. */
const NAME = /^[a-z0-9!#$%&'*+.^_`|~-]{1,256}$/;
const OURS = new Set([
	'host',
	'connection',
	'content-length',
	'transfer-encoding',
	'upgrade',
	'content-type',
	'accept',
	'proxy-authorization',
]);

function header(name: string, text: string): AskedPart {
	if (!NAME.test(name) || OURS.has(name) || name.startsWith('mcp-'))
		throw new Refused(`the header ${NAME.test(name) ? name : 'named with --header'} cannot be set.`);
	const reference = parseReference(text);
	if (!reference && (text.startsWith('cred:') || text.startsWith('op:'))) throw malformed(`the header ${name}`);
	return { target: { header: name }, text, ...(reference ? { reference } : {}) };
}

/** What is no secret can stand in the URL itself. */
function inUrl(target: UrlPlace, name: string, text: string, url: string): AskedPart {
	if (!isPlaceName(name)) throw new UsageError(USAGE);
	const reference = parseReference(text);
	if (!reference) throw malformed(`--${'query' in target ? 'query' : 'path'} ${name}`);
	if (fillUrl(url, target, '') !== undefined) return { target, text, reference };
	throw new Refused(
		'query' in target
			? `the URL has a value for the parameter ${name} already, or names it twice.`
			: `the URL needs one path segment {${name}}, which --path fills.`,
	);
}

function malformed(place: string): Refused {
	return new Refused(`${place} holds no well-formed reference. Use only letters, digits and -_.:/@ in it.`);
}

/** A credential over plain http is readable on the way, except to this machine itself. */
function checked(url: URL): URL {
	if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return url;
	if (url.protocol === 'http:')
		throw new Refused(`${url.origin} is plain http, so a credential would travel unencrypted. Use https.`);
	throw new Refused('only https URLs can be connected to.');
}

export function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
