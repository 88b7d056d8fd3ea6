import type { ScopeModel } from './model.ts';

const ADMIN = [
	'SUPERUSER',
	'CREATEROLE',
	'REPLICATION',
	'BYPASSRLS',
	'pg_execute_server_program',
	'pg_write_server_files',
];
const WRITE = [
	'CREATEDB',
	'INSERT',
	'UPDATE',
	'DELETE',
	'TRUNCATE',
	'CREATE',
	'ALL',
	'pg_write_all_data',
	'pg_maintain',
	'pg_signal_backend',
	'pg_create_subscription',
];
const READ = [
	'CONNECT',
	'USAGE',
	'SELECT',
	'pg_read_all_data',
	'pg_monitor',
	'pg_read_all_stats',
	'pg_read_all_settings',
	'pg_stat_scan_tables',
	'pg_read_server_files',
];

/** Attributes of a role, predefined roles and privileges on tables. */
export const postgresScopes: ScopeModel = {
	knows: (scope) => ADMIN.includes(scope) || WRITE.includes(scope) || READ.includes(scope),
	includes: {
		ALL: ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'],
		pg_read_all_data: ['SELECT', 'USAGE'],
		pg_write_all_data: ['INSERT', 'UPDATE', 'DELETE'],
		pg_monitor: ['pg_read_all_stats', 'pg_read_all_settings', 'pg_stat_scan_tables'],
	},
	access: (scope) => (ADMIN.includes(scope) ? 'admin' : WRITE.includes(scope) ? 'write' : 'read'),
	harmless: ['CONNECT', 'USAGE', 'pg_read_all_data'],
	source: 'postgresql.org/docs/18, role attributes and predefined roles; read 2026-11',
};
