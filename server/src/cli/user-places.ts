import { configFolder, discoverUser } from '../adapters/discover.ts';
import { hostsHome, movedFolders } from '../adapters/homes.ts';
import { plain } from '../core/report/words.ts';
import type { Context } from './context.ts';
import type { Place } from './source.ts';

/** The person's own configs, of every host: in the account's home, and where `HOME` sends the hosts if that is elsewhere. */
export function userPlaces({ home, platform, env, err }: Context): Promise<readonly Place[]> {
	const other = hostsHome(home, platform, env);
	if (other !== undefined) {
		const homes = `HOME is ${other} and your account's home ${home}; your configs are looked for in both.`;
		err(`mcp-hygiene: ${plain(homes)}\n`);
	}
	return discoverUser({
		home,
		platform,
		configFolder: configFolder(platform, home, env),
		moved: movedFolders(env),
		otherHomes: other === undefined ? [] : [{ home: other, platform }],
	});
}
