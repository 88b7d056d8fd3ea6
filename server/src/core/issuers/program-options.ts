/** Two names of values that are not the secret as a whole: `user:password`, and `-pVALUE` in one word. */
export const USER_PASSWORD = 'user:password';
export const ATTACHED = 'attached password';

/** The option takes a name, and its value after that: `--env API_KEY VALUE`. */
const NAME_AND_VALUE = 'name and value';

/** The name for what an option takes. */
type OptionMeaning = typeof USER_PASSWORD | typeof ATTACHED | typeof NAME_AND_VALUE | 'password' | 'cookie' | 'token';

/**
 * Options whose meaning only their program defines: `-u` of curl is a user with a password, `-p` of docker a port. Options that say
 * what they take (`--password`, `--token`) need no line here. A map, because every argument is looked up, and an object would first
 * make the name of a property of each.
 *
 * Sources: the programs' own manual pages (curl.1, mysql.1, redis-cli --help, sshpass.1, mongosh --help, cypher-shell
 * --help, sqlcmd, mosquitto_pub.1, ldapsearch.1, influx --help); general knowledge, 2026-11. Of mcp-proxy sparfenyuk/mcp-proxy
 * src/mcp_proxy/__main__.py, a6720cc4, read 2026-11.
 */
const PROGRAMS: ReadonlyMap<string, Options> = new Map(
	Object.entries<Options>({
		curl: {
			'-u': USER_PASSWORD,
			'--user': USER_PASSWORD,
			'-U': USER_PASSWORD,
			'--proxy-user': USER_PASSWORD,
			'-b': 'cookie',
		},
		mysql: { '-p': ATTACHED },
		mysqldump: { '-p': ATTACHED },
		mysqladmin: { '-p': ATTACHED },
		mariadb: { '-p': ATTACHED },
		'redis-cli': { '-a': 'password' },
		'valkey-cli': { '-a': 'password' },
		sshpass: { '-p': 'password' },
		mongosh: { '-p': 'password' },
		mongo: { '-p': 'password' },
		mongodump: { '-p': 'password' },
		'cypher-shell': { '-p': 'password' },
		sqlcmd: { '-P': 'password' },
		mosquitto_pub: { '-P': 'password' },
		mosquitto_sub: { '-P': 'password' },
		ldapsearch: { '-w': 'password' },
		influx: { '-t': 'token' },
		// Started by another, these have options of their own.
		docker: {},
		podman: {},
		'mcp-proxy': {
			'-e': NAME_AND_VALUE,
			'--env': NAME_AND_VALUE,
			'-H': NAME_AND_VALUE,
			'--headers': NAME_AND_VALUE,
		},
	}),
);

export type Options = Readonly<Record<string, OptionMeaning>>;

/** The options of a program that is known, by its name or path in a command line. */
export function optionsOf(word: string): Options | undefined {
	return PROGRAMS.get(word.slice(word.lastIndexOf('/') + 1));
}

/** What the word after this option is. */
export function meaningAfter(options: Options | undefined, option: string): OptionMeaning | undefined {
	const meaning = options?.[option];
	return meaning === ATTACHED || meaning === NAME_AND_VALUE ? undefined : meaning;
}

/** Does the word after this option name the one after that? */
export function takesNameAndValue(options: Options | undefined, option: string | undefined): boolean {
	return option !== undefined && options?.[option] === NAME_AND_VALUE;
}

/** Does this word hold an option and its value in one, as `-pVALUE` of mysql does? */
export function isAttached(options: Options | undefined, word: string): boolean {
	return word.length > 2 && options?.[word.slice(0, 2)] === ATTACHED;
}
