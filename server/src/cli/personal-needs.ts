import { readPersonalSetting } from '../adapters/state/config.ts';
import type { NeedOverride } from '../core/needs/need.ts';
import { readNeeds } from '../core/needs/override.ts';
import { plain } from '../core/report/words.ts';
import type { Context } from './context.ts';
import { messageOf } from './error.ts';

/** `needs` of the person's `config.json`: what `mcpHygiene.needs` is in an editor. What does not fit is told and left out. */
export function personalNeeds(command: string, { stateDir, err }: Context): readonly NeedOverride[] {
	const tell = (problem: string) => err(`mcp-hygiene ${command}: ${plain(problem)}\n`);
	try {
		const { needs, problems } = readNeeds(readPersonalSetting(stateDir, 'needs'));
		for (const problem of problems) tell(`"needs" in your config.json, ${problem}`);
		return needs;
	} catch (error) {
		tell(messageOf(error));
		return [];
	}
}
