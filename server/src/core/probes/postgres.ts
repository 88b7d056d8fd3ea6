import { byStatus, type Fields, jsonList, malformed, object, seconds, text, told, untold } from './answers.ts';
import type { Base } from './bases.ts';
import type { DatabaseQuestion, IssuerProbe, ProbeContext, ProbeResponse } from './probe.ts';
import type { Surroundings } from './surroundings.ts';

const ATTRIBUTES = ['superuser', 'createrole', 'createdb', 'replication', 'bypassrls'];
const TABLE_PRIVILEGES = ['select', 'insert', 'update', 'delete', 'truncate'];

const IS = 'OPERATOR(pg_catalog.=)';
const ANY_TABLE = TABLE_PRIVILEGES.map(
	(name) => `pg_catalog.bool_or(pg_catalog.has_table_privilege(session_user, c.oid, '${name}')) AS ${name}`,
);

/**
 * The role that logged in, and every role that it is a member of in a way that gives it anything; the privileges are those on the
 * tables and schemas of people, in this one database. Names and operators are written with their schema, because a database can set
 * a search path that leads to functions of its own.
 */
const STATEMENT = `WITH RECURSIVE held(oid) AS (
SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname ${IS} session_user
UNION SELECT m.roleid FROM pg_catalog.pg_auth_members m JOIN held h ON m.member ${IS} h.oid
WHERE NOT (pg_catalog.to_jsonb(m) OPERATOR(pg_catalog.@>) '{"admin_option": false, "inherit_option": false, "set_option": false}')
) SELECT r.rolname AS role, r.rolname ${IS} session_user AS self, pg_catalog.current_database() AS database, r.rolsuper AS superuser,
r.rolcreaterole AS createrole, r.rolcreatedb AS createdb, r.rolreplication AS replication, r.rolbypassrls AS bypassrls,
pg_catalog.date_part('epoch', r.rolvaliduntil) AS until, t.*, s.* FROM held h JOIN pg_catalog.pg_roles r ON r.oid ${IS} h.oid
CROSS JOIN (SELECT ${ANY_TABLE} FROM pg_catalog.pg_class c
WHERE c.oid OPERATOR(pg_catalog.>=) 16384 AND c.relkind ${IS} ANY ('{r,p,v,m,f}'::pg_catalog."char"[])) t
CROSS JOIN (SELECT pg_catalog.bool_or(pg_catalog.has_schema_privilege(session_user, n.oid, 'create')) AS create
FROM pg_catalog.pg_namespace n WHERE n.oid OPERATOR(pg_catalog.>=) 16384 OR n.nspname ${IS} 'public') s`;

export const postgres: IssuerProbe = {
	issuer: 'postgres',
	name: 'PostgreSQL',
	kinds: ['postgres-url-password'],
	tells: 'attributes, memberships and privileges of the role; VALID UNTIL',
	limits:
		'not columns, functions or other databases, no creation date; only a connection URL of one host and one user; the server may log the login',
	source: 'postgresql.org/docs/18: pg_roles, pg_auth_members, predefined roles, libpq sslmode; read 2026-11',
	bases: (_, around) => {
		const place = placeOf(around);
		return place ? [baseOf(place)] : [];
	},
	isInside: true,
	noBase:
		'Only a connection URL with one host and one user says where this password belongs. One that is stored is read for that on a terminal only, when you allow it: "mcp-hygiene list --probe postgres".',
	request: (context) => {
		const place = placeOf(context.around);
		return place ? questionAt(place, context) : { missing: 'The connection URL is not there any more.' };
	},
	read,
};

interface Place {
	readonly host: string;
	readonly port: string;
	readonly user: string;
	readonly database: string;
	readonly encryption: DatabaseQuestion['encryption'];
}

const URL_PARTS =
	/:\/\/([^\s:@/?#]{1,256}):@([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::([0-9]{1,5}))?(?:\/([^\s"'/?#]{0,256}))?(?:\?([^\s"'#]{0,2000}))?(?=$|[\s"'])/i;
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/i;

/** Undefined for what leaves open where the password goes: several hosts, a socket, a parameter that names another host or user. */
function placeOf({ inside = '' }: Surroundings): Place | undefined {
	const [, userText = '', host = '', port = '5432', databaseText = '', query = ''] = URL_PARTS.exec(inside) ?? [];
	const user = decoded(userText);
	const database = decoded(databaseText) || user;
	const parameters = parametersOf(query);
	const encryption = parameters && encryptionOf(parameters, host);
	if (!user || !database || !encryption) return undefined;
	return { host: host.toLowerCase(), port, user, database, encryption };
}

/** libpq lets these say what the URL has said already. */
const ELSEWHERE = new Set(['host', 'hostaddr', 'port', 'user', 'password', 'dbname', 'service', 'servicefile']);

function parametersOf(query: string): ReadonlyMap<string, string> | undefined {
	const pairs = query.split('&', 50).map((pair) => pair.split('=', 2).map(decoded));
	if (pairs.some(([name = '']) => ELSEWHERE.has(name.toLowerCase()))) return undefined;
	return new Map(pairs.map(([name = '', value = '']) => [name.toLowerCase(), value.toLowerCase()]));
}

const ENCRYPTION: Readonly<Record<string, DatabaseQuestion['encryption']>> = {
	disable: 'none',
	false: 'none',
	allow: 'unchecked',
	prefer: 'unchecked',
	require: 'unchecked',
	true: 'unchecked',
	'no-verify': 'unchecked',
	'verify-ca': 'authority',
	'verify-full': 'full',
};

/**
 * As the URL says, but nothing weaker than it: without a word, libpq would fall back to a password in clear, which is done here on this
 * machine only. `ssl` is what drivers of other languages call `sslmode`. Undefined for a word that is not known.
 */
function encryptionOf(
	parameters: ReadonlyMap<string, string>,
	host: string,
): DatabaseQuestion['encryption'] | undefined {
	const mode = parameters.get('sslmode') ?? parameters.get('ssl') ?? 'prefer';
	if (LOOPBACK.test(host) && (mode === 'prefer' || mode === 'allow')) return 'none';
	return Object.hasOwn(ENCRYPTION, mode) ? ENCRYPTION[mode] : undefined;
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return '';
	}
}

function baseOf({ host, port, encryption }: Place): Base {
	const warning =
		encryption === 'none' && !LOOPBACK.test(host)
			? `The URL says sslmode=disable, so what is sent to ${host} is not encrypted.`
			: encryption === 'unchecked'
				? `It is encrypted, but nobody checks that it is ${host} which answers. With sslmode=verify-full in the URL, that is checked.`
				: undefined;
	return {
		url: `postgres://${host}:${port}`,
		from: { name: 'the connection URL' },
		...(warning ? { warning } : {}),
	};
}

function questionAt({ user, database, encryption }: Place, { base }: ProbeContext): DatabaseQuestion {
	return { statement: STATEMENT, base, user, database, encryption };
}

function read(response: ProbeResponse, context: ProbeContext) {
	if (response.status === 404)
		return untold('not-told', context, 'This server does not tell about its roles as PostgreSQL does.');
	const failed = byStatus('PostgreSQL', response, context);
	if (failed) return failed;
	const roles = (jsonList(response) ?? []).map(object).filter((role) => role !== undefined);
	const self = roles.find((role) => role.self === 't');
	const name = text(self?.role);
	if (!self || name === undefined) return malformed('PostgreSQL', context);
	const has = (names: readonly string[], held: readonly Fields[]) =>
		names.filter((one) => held.some((role) => role[one] === 't')).map((one) => one.toUpperCase());
	const attributes = has(ATTRIBUTES, roles);
	const isSuperuser = attributes.includes('SUPERUSER');
	const memberOf = roles.filter((role) => role !== self).map((role) => text(role.role) ?? '');
	const predefined = memberOf.filter((role) => role.startsWith('pg_'));
	const others = memberOf.filter((role) => role !== '' && !role.startsWith('pg_'));
	return told(context, {
		// Nothing limits a superuser, so the rest would only hide it.
		scopes: isSuperuser
			? ['SUPERUSER']
			: [...attributes, ...predefined, ...has([...TABLE_PRIVILEGES, 'create'], [self])],
		precision: isSuperuser ? 'known' : 'at-least',
		access: isSuperuser ? 'admin' : undefined,
		account: name,
		resources: [`database ${text(self.database) ?? 'of the URL'}`],
		expiresAt: typeof self.until === 'string' ? seconds(Number(self.until)) : undefined,
		neverExpires: self.until === null || self.until === 'Infinity' ? true : undefined,
		notes: [others.length > 0 ? `member of ${others.slice(0, MOST_NAMED).join(', ')}` : undefined],
	});
}

const MOST_NAMED = 10;
