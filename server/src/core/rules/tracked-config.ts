import { bestAge } from '../grants/evidence.ts';
import { secrets } from './position.ts';
import type { Exposure, RawFinding, Rule, RuleContext } from './rule.ts';
import { type FileSecrets, fileSecrets } from './whole-file.ts';

/** A file with secrets that git has, or would take with the next `git add`. */
export const trackedConfig: Rule = {
	id: 'tracked-config',
	title: 'A file with a credential is in git, or not ignored by it',
	defaultLevel: 'error',
	cwe: ['CWE-538', 'CWE-540'],
	*check(context) {
		const git = context.knowledge.exposure?.git;
		if (!git || git.ignored) return;
		const held = fileSecrets(context);
		if (held) yield git.tracked ? tracked(held, git, context) : notIgnored(held);
	},
};

function tracked(held: FileSecrets, git: NonNullable<Exposure['git']>, context: RuleContext): RawFinding {
	const them = held.plural ? 'them' : 'it';
	const past =
		history(git.commits) ??
		`It is not committed yet: take it out of the index (git rm --cached) and move ${them} to the OS keychain.`;
	return {
		...held.found,
		level: held.certain ? 'error' : 'warning',
		message: `This file is tracked by git and holds ${held.words}: whoever gets the repository gets ${them}.${since(context)} ${past}`,
	};
}

function history(commits: number | undefined): string | undefined {
	if (commits === 0) return undefined;
	const known =
		commits === undefined ? '' : ` of this file (${commits} ${commits === 1 ? 'commit' : 'commits'} so far)`;
	return `Rotate first, because the history${known} keeps what is in it; then move to the OS keychain and commit.`;
}

/** What the history was searched for tells more than that there is one. */
function since({ credentials, knowledge }: RuleContext): string {
	const found = [...secrets({ credentials })].flatMap(({ fingerprint }) =>
		(knowledge.ages.get(fingerprint) ?? []).filter(({ source }) => source === 'git'),
	);
	const first = bestAge(found);
	return first ? ` Committed already (${first.detail}).` : '';
}

function notIgnored(held: FileSecrets): RawFinding {
	return {
		...held.found,
		level: held.certain ? 'warning' : 'note',
		message:
			`This file is not ignored by git, so the next "git add" takes ${held.words} along. ` +
			`Move ${held.plural ? 'them' : 'it'} to the OS keychain, or name the file in .gitignore.`,
	};
}
