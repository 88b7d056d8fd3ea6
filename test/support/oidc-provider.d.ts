/** The part of `oidc-provider` that the tests use; the package has no types of its own. */
declare module 'oidc-provider' {
	import type { IncomingMessage, ServerResponse } from 'node:http';

	interface ResourceServer {
		readonly scope: string;
		readonly accessTokenTTL: number;
		readonly accessTokenFormat: 'opaque' | 'jwt';
	}

	interface Switch {
		readonly enabled: boolean;
	}

	export interface Configuration {
		readonly clients: readonly Readonly<Record<string, unknown>>[];
		readonly scopes: readonly string[];
		readonly features: {
			readonly resourceIndicators: {
				readonly enabled: boolean;
				readonly getResourceServerInfo: (context: unknown, resource: string) => ResourceServer;
			};
			readonly devInteractions: Switch;
			readonly clientCredentials: Switch;
			readonly introspection: Switch;
			readonly revocation: Switch;
		};
	}

	export class Provider {
		constructor(issuer: string, configuration: Configuration);
		callback(): (request: IncomingMessage, response: ServerResponse) => void;
	}
}
