import { looksLikeReference } from '../references.ts';
import type { McpServer, Part } from '../servers.ts';

/** Does the launcher or a broker fill a secret in when this server starts? */
export function getsReference({ env, args, launcher }: McpServer): boolean {
	if (launcher?.mode === 'connect') return launcher.headers.length + launcher.inUrl.length > 0;
	return env.some(isReference) || args.some(isReference);
}

function isReference({ value }: Part): boolean {
	return value.includes(':') && looksLikeReference(value.slice(0, 64));
}
