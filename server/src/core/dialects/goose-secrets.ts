import type { Dialect } from './dialect.ts';
import { config, home } from './files.ts';
import { goose } from './goose.ts';

/** Where Goose keeps secrets in clear text when it has no keychain. */
export const gooseSecrets: Dialect = {
	...goose,
	id: 'goose-secrets',
	name: 'Goose secrets file',
	files: [home('.config/goose/secrets.yaml'), config('Block/goose/config/secrets.yaml', 'windows')],
	serverRoots: [],
	variables: [[]],
	references: [],
};
