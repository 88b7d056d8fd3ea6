/** What is used of `pg`, whose class for one connection has no types of its own. */
declare module 'pg/lib/client.js' {
	import type { EventEmitter } from 'node:events';
	import type { Socket } from 'node:net';

	interface Options {
		readonly host: string;
		readonly port: number;
		readonly user: string;
		readonly database: string;
		readonly password: () => string;
		readonly ssl: false | object;
		readonly sslnegotiation: 'postgres';
		readonly application_name: string;
		readonly client_encoding: string;
		readonly stream: () => Socket;
		readonly types: { getTypeParser(): (text: string) => string };
	}

	export default class Client extends EventEmitter {
		constructor(options: Options);
		readonly connectionParameters: object;
		connect(): Promise<this>;
		query(statement: string): Promise<{ readonly rows: Record<string, string | null>[] }>;
		end(): Promise<void>;
	}
}
