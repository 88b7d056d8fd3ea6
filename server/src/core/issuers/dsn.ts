/** A password (or a token in its place) in the userinfo of a URL or data source name. */
export interface UrlPassword {
	readonly from: number;
	readonly to: number;
	/** The issuer of the data files that the scheme stands for. */
	readonly issuer: 'postgres' | 'mysql' | 'mongodb' | 'redis' | 'amqp' | 'url';
	readonly user: string;
	readonly host: string;
}

const AUTHORITY = /([a-z][a-z0-9+.-]{1,24}):\/\/([^\s"'<>/?#]{1,1024})/gi;
/** The form of Go drivers: `user:password@tcp(host:3306)/db`. */
const GO_DSN = /(?:^|[\s"'=])([\w.-]{1,64}):([^@\s"']{1,256})@(?:tcp|unix)\(([^)\s]{0,200})\)/g;

const ISSUER_OF: readonly (readonly [RegExp, UrlPassword['issuer']])[] = [
	[/^(?:jdbc:)?(?:postgres|postgresql|postgis|psql|cockroachdb|timescaledb|redshift)\b/i, 'postgres'],
	[/^(?:mysql|mysqlx|mariadb)\b/i, 'mysql'],
	[/^mongodb\b/i, 'mongodb'],
	[/^(?:rediss?|valkeys?)$/i, 'redis'],
	[/^amqps?$/i, 'amqp'],
];

/** Every password in the value, as written (still percent-encoded). */
export function findUrlPasswords(value: string): UrlPassword[] {
	if (!value.includes('@')) return [];
	const found: UrlPassword[] = [];
	for (const match of value.matchAll(AUTHORITY)) {
		const [, scheme, authority] = match as unknown as [string, string, string];
		// The last @ ends the userinfo: people leave an @ in a password as it is.
		const at = authority.lastIndexOf('@');
		const colon = authority.indexOf(':');
		if (at < 0 || colon < 0 || colon + 1 >= at) continue;
		const start = match.index + match[0].length - authority.length;
		found.push({
			from: start + colon + 1,
			to: start + at,
			issuer: issuerOf(scheme),
			user: authority.slice(0, colon),
			host: authority.slice(at + 1),
		});
	}
	for (const match of value.matchAll(GO_DSN)) {
		const [, user, password, host] = match as unknown as [string, string, string, string];
		const from = match.index + match[0].indexOf(`${user}:${password}`) + user.length + 1;
		found.push({ from, to: from + password.length, issuer: 'mysql', user, host });
	}
	return found;
}

function issuerOf(scheme: string): UrlPassword['issuer'] {
	const last = scheme.slice(scheme.lastIndexOf('+') + 1);
	return ISSUER_OF.find(([pattern]) => pattern.test(scheme) || pattern.test(last))?.[1] ?? 'url';
}

/** Defaults of images and manuals, which protect nothing. */
const DEFAULTS = new Set([
	'postgres',
	'root',
	'admin',
	'guest',
	'mysql',
	'redis',
	'mongo',
	'mongodb',
	'neo4j',
	'sa',
	'test',
	'dev',
	'demo',
	'app',
	'user',
	'default',
	'minio',
	'minioadmin',
	'rabbitmq',
	'hunter2',
]);

/** A password that everybody knows: the user's own name, a vendor's default. */
export function isDefaultPassword(password: string, user: string): boolean {
	return DEFAULTS.has(password.toLowerCase()) || password.toLowerCase() === user.toLowerCase();
}
