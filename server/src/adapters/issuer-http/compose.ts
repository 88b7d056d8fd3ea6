import type { ActRequest, Auth, Body, ProbeRequest } from '../../core/probes/probe.ts';
import type { SecretValue } from '../../core/secret-value.ts';
import type { Outgoing } from './send.ts';
import { amzDate, signature } from './sigv4.ts';

export interface Secrets {
	readonly token: SecretValue;
	readonly companions: ReadonlyMap<string, SecretValue>;
}

/** The secret cannot be sent as the request wants it. One line for people. */
export class Unsendable extends Error {
	override readonly name = 'Unsendable';
}

/** The one place where a secret enters a request: a header or the body, never the URL. @throws Unsendable */
export function compose(request: ProbeRequest | ActRequest, url: URL, secrets: Secrets, now: number): Outgoing {
	const { method, expects, auth } = request;
	const body = bodyOf(auth, request.body, secrets);
	const headers = {
		accept: expects === 'xml' ? 'application/xml' : 'application/json',
		'accept-encoding': 'identity',
		'user-agent': 'mcp-hygiene',
		...request.headers,
		...(body ? { 'content-type': body.type } : {}),
		...headersOf(auth, url, secrets, now),
	};
	return { url, method, expects, headers, ...(body ? { body: body.text } : {}) };
}

function headersOf(auth: Auth, url: URL, { token, companions }: Secrets, now: number): Record<string, string> {
	switch (auth.how) {
		case 'bearer':
			return { authorization: headerValue(`Bearer ${token.reveal()}`) };
		case 'header': {
			const also = Object.entries(auth.also ?? {}).map(([name, companion]) => [
				name,
				companionOf(companions, companion),
			]);
			const own = auth.scheme === undefined ? token.reveal() : `${auth.scheme} ${token.reveal()}`;
			return { [auth.name]: headerValue(own), ...(Object.fromEntries(also) as Record<string, string>) };
		}
		case 'basic':
			return { authorization: basic(auth.user, token.reveal()) };
		case 'form':
			return auth.client ? { authorization: clientOf(auth.client, companions) } : {};
		case 'sigv4':
			return awsHeaders(auth, url, { token, companions }, now);
		case 'json':
		case 'none':
			return {};
	}
}

/** RFC 6749, section 2.3.1: id and secret are form-encoded before they are put together. */
function clientOf(client: { readonly id: string; readonly secret: string }, companions: Secrets['companions']): string {
	const [id, secret] = [client.id, client.secret].map((name) =>
		new URLSearchParams({ v: companionOf(companions, name) }).toString().slice(2),
	);
	return basic(id ?? '', secret ?? '');
}

function awsHeaders(
	{ keyId: keyIdName, sessionToken, service, region }: Extract<Auth, { how: 'sigv4' }>,
	url: URL,
	{ token, companions }: Secrets,
	now: number,
): Record<string, string> {
	const session = sessionToken === undefined ? {} : { 'x-amz-security-token': companionOf(companions, sessionToken) };
	const signed = { host: url.host, 'x-amz-date': amzDate(now), ...session };
	const keyId = companionOf(companions, keyIdName);
	return { ...signed, authorization: signature(url, signed, { keyId, secret: token, service, region, at: now }) };
}

function bodyOf(auth: Auth, body: Body | undefined, { token }: Secrets): { type: string; text: string } | undefined {
	if (auth.how === 'json') {
		const value = { [auth.name]: auth.list ? [token.reveal()] : token.reveal() };
		return { type: 'application/json', text: JSON.stringify(value) };
	}
	if (auth.how === 'form') return form({ ...auth.fields, [auth.name]: token.reveal() });
	if (body?.type === 'json') return { type: 'application/json', text: JSON.stringify(body.value) };
	return body && form(body.fields);
}

function form(fields: Readonly<Record<string, string>>): { type: string; text: string } {
	return { type: 'application/x-www-form-urlencoded', text: new URLSearchParams(fields).toString() };
}

function basic(user: string, password: string): string {
	if (user.includes(':')) throw new Unsendable('The user name beside the token holds a colon, which cannot be sent.');
	return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

function companionOf(companions: Secrets['companions'], name: string): string {
	const value = companions.get(name);
	if (!value) throw new Unsendable(`${name} is not there any more.`);
	return headerValue(value.reveal());
}

/** A line break in a header value would start another header. */
function headerValue(text: string): string {
	if (/[^\x20-\x7e]/.test(text))
		throw new Unsendable('The token holds a character that no header can carry. It was cut or pasted wrong.');
	return text;
}
