import { readFileSync } from 'node:fs';
import type { Route } from './http/request.ts';
import { ConfigError, type PersonalConfig } from './state/config.ts';

/** Proxy and certificate authority of the person's own configuration. @throws ConfigError for what cannot be used. */
export function routeOf({ proxy, ca }: Pick<PersonalConfig, 'proxy' | 'ca'>): Route {
	return {
		...(proxy === undefined ? {} : { proxy: proxyUrl(proxy) }),
		...(ca === undefined ? {} : { ca: authorities(ca) }),
	};
}

function proxyUrl(text: string): URL {
	if (URL.canParse(text) && new URL(text).protocol === 'http:') return new URL(text);
	throw new ConfigError('"proxy" in your config.json must be a URL such as http://host:3128.');
}

function authorities(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		throw new ConfigError(`The certificate file ${path} named as "ca" in your config.json cannot be read.`);
	}
}
