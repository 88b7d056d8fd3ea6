import { configFolder, discoverUser } from '../adapters/discover.ts';
import type { Context } from './context.ts';
import type { Place } from './source.ts';

/** The person's own configs, of every host. */
export function userPlaces({ home, platform, env }: Context): Promise<readonly Place[]> {
	return discoverUser({ home, platform, configFolder: configFolder(platform, home, env) });
}
