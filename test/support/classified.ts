import { type ClassifyContext, classify } from '../../server/src/core/issuers/classify.ts';
import type { Position } from '../../server/src/core/servers.ts';
import { token } from './tokens.ts';

export const PAT = token('github-pat');
export const RANDOM = token('generic');

/** What is found, as `kind confidence [secret]`, the secret shown by the name of its token. */
export function found(value: string, position: Position = 'env', name?: string, serverName?: string): string[] {
	const context: ClassifyContext = { position, ...(name ? { name } : {}), ...(serverName ? { serverName } : {}) };
	return classify(value, context).map(({ kind, confidence, from, to }) => {
		const secret = value.slice(from, to);
		const shown = secret === PAT ? 'PAT' : secret === RANDOM ? 'RANDOM' : 'other';
		return `${kind.id} ${confidence} ${shown}`;
	});
}
