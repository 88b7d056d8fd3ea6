import { text } from './answers.ts';
import { ownBase, selfHosted } from './bases.ts';
import { readObject } from './identity.ts';
import type { IssuerProbe } from './probe.ts';
import { variable } from './surroundings.ts';

const NAMES = ['NPM_CONFIG_REGISTRY', 'npm_config_registry', 'NPM_REGISTRY_URL', 'NPM_REGISTRY', 'REGISTRY'];

/**
 * The registry is whichever the person or the entry configured. This file names none: a token sent to another registry than
 * its own would be given away.
 */
export const npm: IssuerProbe = {
	issuer: 'npm',
	name: 'npm',
	kinds: ['npm-granular'],
	tells: 'user',
	limits: 'not the packages, permissions or dates of the token',
	source: 'docs.npmjs.com, npm whoami (/-/whoami); read 2026-11',
	bases: (_, around) =>
		variable(around, ...NAMES)
			? selfHosted(around, NAMES, undefined)
			: ownBase('npm config get registry', around.npmRegistry),
	noBase:
		'Which registry this token is for is not known: npm’s own configuration could not be read, and the entry names none (NPM_CONFIG_REGISTRY).',
	request: ({ base }) => ({ method: 'GET', base, path: '/-/whoami', auth: { how: 'bearer' }, expects: 'json' }),
	read: readObject('The registry', (answer) => {
		const account = text(answer.username);
		return account === undefined
			? undefined
			: { account, notes: ['npm does not tell what a token may publish; its settings page shows it'] };
	}),
};
