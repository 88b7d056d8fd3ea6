import { basename } from 'node:path';
import type { Credential } from '../core/finding.ts';
import { planEnvFileMove } from '../core/fixes/env-file.ts';
import { planMove } from '../core/fixes/move.ts';
import { isRefusal, type Target } from '../core/fixes/target.ts';
import { count } from '../core/report/words.ts';
import { listWords, plainName } from '../core/rules/words.ts';
import { type CurrentDocument, pathOf, type Session } from './session.ts';

/** What is said of a move before it is chosen. */
export interface Movable {
	/** "GitHub personal access token (classic)"; of a `.env` file with the line it stands in. */
	readonly what: string;
	/** ` and start "gh" through the launcher`; empty where nothing starts. */
	readonly starts: string;
	/** What stays imperfect, in brackets: ` (stays visible as an argument)`. */
	readonly visible: string;
	readonly refused?: string;
}

/** From what is known already: offering looks at nothing anew. */
export function movable(session: Session, { document }: CurrentDocument, credential: Credential): Movable {
	const what = kindWords(credential);
	if (document.dialect.format !== 'dotenv') {
		const plan = planMove(document, credential);
		if (isRefusal(plan))
			return {
				what,
				starts: startWords(credential.server ? [credential.server.name] : []),
				visible: '',
				refused: plan.refused,
			};
		return { what, starts: startWords([credential.server!.name]), visible: remains(plan.target) };
	}
	const line = `${what} (${plainName(credential.part.name ?? '')} in ${basename(pathOf(document.uri))})`;
	const users = session.knowledge.envFiles.get(document.uri)?.users ?? [];
	const plan = planEnvFileMove(document, credential, users);
	if (isRefusal(plan)) return { what: line, starts: '', visible: '', refused: plan.refused };
	return {
		what: line,
		starts: startWords(plan.users.map(({ server }) => server.name)),
		visible: ' (other programs that read the file get the reference)',
	};
}

function remains(target: Target): string {
	if (target.kind === 'arg') return ' (stays visible as an argument)';
	return target.kind === 'url' && target.option !== '--basic' ? ' (the server still gets it in the URL)' : '';
}

const MOST_NAMED = 3;

function startWords(servers: readonly string[]): string {
	const names = [...new Set(servers)].map((name) => `"${plainName(name)}"`);
	const more = names.length > MOST_NAMED ? [count(names.length - MOST_NAMED, 'other server')] : [];
	return names.length === 0
		? ''
		: ` and start ${listWords([...names.slice(0, MOST_NAMED), ...more])} through the launcher`;
}

/** An issuer that nobody knows is not named. */
function kindWords({ classification }: Credential): string {
	const { issuer, issuerName, kind } = classification;
	return issuer === 'unidentified' ? kind.name : `${issuerName} ${kind.name}`;
}
