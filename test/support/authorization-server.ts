// A real authorization server that nobody here wrote: `oidc-provider`, with client credentials, introspection and revocation.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** Its tokens are opaque; those for any other resource are signed. */
export const API = 'https://api.orders.internal';

export const CLIENT = { id: 'mcp-server', secret: 'a client secret: with & special % characters' };

export interface AuthorizationServer {
	readonly origin: string;
	/** What arrived since it was last emptied. */
	readonly requests: string[];
	/** A new access token for this resource. */
	issue(resource: string): Promise<string>;
	close(): void;
}

export async function authorizationServer(): Promise<AuthorizationServer> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const callback = provider(origin).callback();
	const requests: string[] = [];
	server.on('request', (request, response) => {
		requests.push(`${request.method} ${request.url}`);
		callback(request, response);
	});
	return {
		origin,
		requests,
		issue: (resource) => issue(origin, resource),
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
}

function provider(origin: string): Provider {
	return new Provider(origin, {
		clients: [
			{
				client_id: CLIENT.id,
				client_secret: CLIENT.secret,
				grant_types: ['client_credentials'],
				redirect_uris: [],
				response_types: [],
			},
		],
		scopes: ['orders:read', 'orders:write'],
		features: {
			devInteractions: { enabled: false },
			clientCredentials: { enabled: true },
			introspection: { enabled: true },
			revocation: { enabled: true },
			resourceIndicators: {
				enabled: true,
				getResourceServerInfo: (_, resource) => ({
					scope: 'orders:read orders:write',
					accessTokenTTL: 3600,
					accessTokenFormat: resource === API ? 'opaque' : 'jwt',
				}),
			},
		},
	});
}

async function issue(origin: string, resource: string): Promise<string> {
	const basic = [CLIENT.id, CLIENT.secret]
		.map((text) => new URLSearchParams({ v: text }).toString().slice(2))
		.join(':');
	const response = await fetch(`${origin}/token`, {
		method: 'POST',
		headers: { authorization: `Basic ${Buffer.from(basic).toString('base64')}` },
		body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'orders:read', resource }),
	});
	const { access_token: token } = (await response.json()) as { access_token: string };
	assert.ok(token);
	return token;
}
