import { typedShare } from './typed-runs.ts';

/** A password (or a token in its place) in the userinfo of a URL or data source name. */
export interface UrlPassword {
	readonly from: number;
	readonly to: number;
	/** The issuer of the data files that the scheme stands for. */
	readonly issuer: 'postgres' | 'mysql' | 'mongodb' | 'redis' | 'amqp' | 'url';
	readonly user: string;
	readonly host: string;
	/** A key in the place of the user, without a password. */
	readonly key?: boolean;
}

/** Shorter users are names. */
const LEAST_KEY = 20;

const AUTHORITY = /([a-z][a-z0-9+.-]{1,24}):\/\/([^\s"'<>/?#]{1,1024})/gi;
/** The form of Go drivers: `user:password@tcp(host:3306)/db`. */
const GO_DSN = /(?:^|[\s"'=])([\w.-]{1,64}):([^@\s"']{1,256})@(?:tcp|unix)\(([^)\s]{0,200})\)/g;

/** The short form of Oracle: `user/password@//host:1521/service`. */
const ORACLE_DSN = /^([A-Za-z]\w{0,30})\/([^@\s/"']{4,128})@(?:\/\/)?([\w.-]{1,200})(?::[0-9]{1,5})?\/[\w.]{1,100}$/;

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
	for (const match of value.includes('://') ? value.matchAll(AUTHORITY) : []) {
		const [, scheme, authority] = match as unknown as [string, string, string];
		// The last @ ends the userinfo: people leave an @ in a password as it is.
		const at = authority.lastIndexOf('@');
		const colon = authority.indexOf(':');
		const start = match.index + match[0].length - authority.length;
		const alone = at >= LEAST_KEY && !authority.slice(0, at).includes(':') && /^https?$/i.test(scheme);
		if (alone)
			found.push({ from: start, to: start + at, issuer: 'url', user: '', host: authority.slice(at + 1), key: true });
		if (at < 0 || colon < 0 || colon + 1 >= at) continue;
		found.push({
			from: start + colon + 1,
			to: start + at,
			issuer: issuerOf(scheme),
			user: authority.slice(0, colon),
			host: authority.slice(at + 1),
		});
	}
	for (const match of value.includes('(') ? value.matchAll(GO_DSN) : []) {
		const [, user, password, host] = match as unknown as [string, string, string, string];
		const from = match.index + match[0].indexOf(`${user}:${password}`) + user.length + 1;
		found.push({ from, to: from + password.length, issuer: 'mysql', user, host });
	}
	const oracle = ORACLE_DSN.exec(value);
	if (oracle) {
		const from = oracle[1]!.length + 1;
		found.push({ from, to: from + oracle[2]!.length, issuer: 'url', user: oracle[1]!, host: oracle[3]! });
	}
	return found;
}

function issuerOf(scheme: string): UrlPassword['issuer'] {
	const last = scheme.slice(scheme.lastIndexOf('+') + 1);
	return ISSUER_OF.find(([pattern]) => pattern.test(scheme) || pattern.test(last))?.[1] ?? 'url';
}

/** What images and manuals come with. */
const DEFAULTS = new Set(
	'postgres root admin administrator guest mysql redis mongo mongodb neo4j sa minio minioadmin rabbitmq elastic cassandra influxdb grafana'.split(
		' ',
	),
);
/** Users of examples: with one of them, a password that everybody knows is an example too. */
const EXAMPLE_USERS = new Set('user username usr myuser dbuser test dev demo app default name login'.split(' '));

/** What people type where any password will do. */
const TYPED_BY_MANY = new Set('secret letmein changeit welcome'.split(' '));

/** A password that everybody knows: a vendor's default, the user's own name, or a count (`123456`, `abc123`, `1q2w3e4r`). */
export function isDefaultPassword(password: string, user: string): boolean {
	const lower = password.toLowerCase();
	return (
		DEFAULTS.has(lower) || TYPED_BY_MANY.has(lower) || isCount(lower) || (user !== '' && lower === user.toLowerCase())
	);
}

/** User and password of an example in a manual. */
export function isExample(password: string, user: string): boolean {
	return isExampleUser(user) && !TYPED_BY_MANY.has(password.toLowerCase());
}

function isCount(lower: string): boolean {
	return /^(?=.{0,11}[0-9])[a-z0-9]{6,12}$/.test(lower) && typedShare(lower) >= 0.9;
}

function isExampleUser(user: string): boolean {
	return EXAMPLE_USERS.has(user.toLowerCase());
}
