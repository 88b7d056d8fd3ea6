import { type CredentialReference, parseReference } from '../../core/references.ts';
import { UsageError } from '../asked.ts';
import { Refused } from '../refuse.ts';

/** What a host asks of `connect`. */
export interface AskedConnection {
	readonly url: URL;
	/** As handed over, without `connect` itself: what is compared with the config. */
	readonly args: readonly string[];
	readonly headers: readonly AskedHeader[];
}

export interface AskedHeader {
	/** Lower case. */
	readonly name: string;
	readonly text: string;
	/** Absent for a header whose value is no secret. */
	readonly reference?: CredentialReference;
	/** `--bearer`: the value follows the word `Bearer`. */
	readonly isBearer: boolean;
}

const USAGE = 'usage: mcp-hygiene connect URL [--bearer REF] [--header NAME=REF]...';

export function readConnectArguments(args: readonly string[]): AskedConnection {
	const [url, ...options] = args;
	if (url === undefined || !URL.canParse(url) || options.length % 2 !== 0) throw new UsageError(USAGE);
	const headers = Array.from({ length: options.length / 2 }, (_, i) =>
		readHeader(options[2 * i]!, options[2 * i + 1]!),
	);
	return { url: checked(new URL(url)), args, headers };
}

function readHeader(option: string, value: string): AskedHeader {
	if (option === '--bearer') return header('authorization', value, true);
	const equals = value.indexOf('=');
	if (option !== '--header' || equals < 1) throw new UsageError(USAGE);
	return header(value.slice(0, equals).toLowerCase(), value.slice(equals + 1), false);
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

function header(name: string, text: string, isBearer: boolean): AskedHeader {
	if (!NAME.test(name) || OURS.has(name) || name.startsWith('mcp-'))
		throw new Refused(`the header ${NAME.test(name) ? name : 'named with --header'} cannot be set.`);
	const reference = parseReference(text);
	if (!reference && (text.startsWith('cred:') || text.startsWith('op:'))) {
		throw new Refused(
			`the header ${name} holds a reference that is not well formed. Use only letters, digits and -_.:/@ in it.`,
		);
	}
	return { name, text, isBearer, ...(reference ? { reference } : {}) };
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
