import { accessOf } from '../scopes/model.ts';
import { breadthOf } from './breadth.ts';
import { foundAt } from './position.ts';
import { type Reach, reaches, says, scopeWords } from './reach.ts';
import type { Rule } from './rule.ts';
import { adviceLevel, place, subject } from './words.ts';

/** The config keeps the server to reading, and the token can write all the same. */
export const unusedWriteScope: Rule = {
	id: 'unused-write-scope',
	title: 'A token can write although its server only reads',
	defaultLevel: 'warning',
	cwe: ['CWE-250', 'CWE-272'],
	*check(context) {
		for (const reach of reaches(context)) {
			const { credential, need } = reach;
			// What administers is reported as that.
			if (need.access !== 'read' || breadthOf(credential) === 'admin') continue;
			const writing = writingWords(reach);
			if (writing === undefined) continue;
			yield {
				...foundAt(credential),
				level: adviceLevel(credential.confidence),
				message: `${subject(credential)} in ${place(credential)} can write (${writing}), and this server only reads: ${need.basis}. That narrows the tools, not the token: whoever gets hold of it writes. ${advice(reach)}`,
			};
		}
	},
};

/** How it is known that the token writes; undefined if it does not, or nobody tells. */
function writingWords({ credential, need, grant, excess, model }: Reach): string | undefined {
	if (excess.access === undefined) return undefined;
	// Where no fine-grained token will do, a needed scope that also writes has nothing smaller in its place.
	const fixed = need.classicOnly ? need.scopes : [];
	const writing = model
		? grant.scopes.filter((scope) => accessOf(model, [scope]) === 'write' && !fixed.includes(scope))
		: [];
	if (writing.length > 0) return `${scopeWords(writing, model)}, ${says(grant, credential)}`;
	if (excess.access !== 'write') return undefined;
	if (grant.precision === 'unknown') return 'by its form';
	return grant.access === 'write' ? `write access, ${says(grant, credential)}` : undefined;
}

function advice({ credential, need }: Reach): string {
	return need.advice ?? credential.classification.kind.narrower ?? 'Replace it by a token that only reads.';
}
