import type { Credential, RelatedPlace } from '../finding.ts';
import type { Fingerprint } from '../secret-value.ts';
import type { McpServer } from '../servers.ts';
import { foundAt, secrets } from './position.ts';
import type { Elsewhere, Rule, RuleContext } from './rule.ts';
import { adviceLevel, listWords, place, serverWords, subject } from './words.ts';

/** One secret in the hands of several servers, in this file or in others. */
export const sharedCredential: Rule = {
	id: 'shared-credential',
	title: 'Several servers share one credential',
	defaultLevel: 'warning',
	cwe: ['CWE-653'],
	*check(context) {
		const groups = bySecret(context);
		for (const credential of secrets(context)) {
			const others = (groups.get(credential.fingerprint) ?? []).filter(
				(other) => other.server?.pointer !== credential.server?.pointer && !isTwin(other.server!, credential.server),
			);
			const elsewhere = (context.knowledge.elsewhere.get(credential.fingerprint) ?? []).filter(({ isCopy }) => !isCopy);
			if (!credential.server || others.length + elsewhere.length === 0) continue;
			yield {
				...foundAt(credential),
				level: adviceLevel(credential.confidence),
				message: `${subject(credential)} in ${place(credential)} is also used by ${users(others, elsewhere)}. One leak or one rotation hits them all, and no log tells them apart; give each server its own token.`,
				related: related(others, elsewhere),
			};
		}
	},
};

/** The same server, written down for another folder: Claude Code keeps its servers by project. */
function isTwin(a: McpServer, b: McpServer | undefined): boolean {
	return a.folder !== b?.folder && a.name === b?.name && startText(a) === startText(b);
}

function startText({ command, args, url }: McpServer): string {
	return JSON.stringify([command?.value, args.map(({ value }) => value), url?.value]);
}

/** So many users are named or linked; a config with a thousand copies stays readable, and the rule linear. */
const MAX_NAMED = 3;

/** A few holders of each secret: the first place in each of the first servers. */
function bySecret(context: RuleContext): Map<Fingerprint, Credential[]> {
	const groups = new Map<Fingerprint, Credential[]>();
	for (const credential of secrets(context)) {
		if (!credential.server) continue;
		const group = groups.get(credential.fingerprint);
		if (!group) groups.set(credential.fingerprint, [credential]);
		else if (group.length <= MAX_NAMED && !group.some((other) => other.server?.pointer === credential.server?.pointer))
			group.push(credential);
	}
	return groups;
}

function users(others: readonly Credential[], elsewhere: readonly Elsewhere[]): string {
	const names = [...others.map((other) => serverWords(other.server!)), ...elsewhere.map((other) => other.description)];
	if (names.length <= MAX_NAMED) return listWords(names);
	return `${names.slice(0, MAX_NAMED - 1).join(', ')} and others`;
}

function related(others: readonly Credential[], elsewhere: readonly Elsewhere[]): RelatedPlace[] {
	return [
		...others.map((other) => ({ span: other.span, message: `The same secret in ${place(other)}` })),
		...elsewhere
			.slice(0, MAX_NAMED)
			.map(({ span, uri, description }) => ({ span, uri, message: `The same secret: ${description}` })),
	];
}
