import { countsAs } from '../credentials/counts-as.ts';
import type { ConfigDocument } from '../document.ts';
import type { Credential, RelatedPlace } from '../finding.ts';
import { count } from '../report/words.ts';
import { pointer } from '../syntax/tree.ts';
import { contains, type Span } from '../text.ts';
import { secrets } from './position.ts';
import type { RuleContext } from './rule.ts';
import { place } from './words.ts';

/** What rules about a whole file say of its secrets: one finding a file, and the secrets as related places. */
export interface FileSecrets {
	/** "2 secrets". */
	readonly words: string;
	/** One of them is a secret beyond doubt. */
	readonly certain: boolean;
	readonly plural: boolean;
	/** The members of the finding. */
	readonly found: {
		readonly span: Span;
		readonly pointer: string;
		readonly related: readonly RelatedPlace[];
	};
}

const MOST_LINKED = 10;

/** Undefined for a file that holds no secret, or only what may be one. */
export function fileSecrets(context: RuleContext): FileSecrets | undefined {
	const all = [...secrets(context)].filter((credential) => countsAs(credential) === 'secret');
	const [first] = all;
	if (!first) return undefined;
	const distinct = new Set(all.map(({ fingerprint }) => fingerprint)).size;
	return {
		words: count(distinct, 'secret'),
		certain: all.some(({ confidence }) => confidence === 'certain'),
		plural: distinct > 1,
		found: {
			...anchor(context.document, first),
			related: all
				.slice(0, MOST_LINKED)
				.map((credential) => ({ span: credential.span, message: `${credential.label} in ${place(credential)}` })),
		},
	};
}

/** The key under which the servers stand: a finding about the file does not pile up on one of its secrets. */
function anchor({ tree }: ConfigDocument, { span, part }: Credential): { span: Span; pointer: string } {
	const members = tree.root?.kind === 'object' ? tree.root.members : [];
	const top = members.find((member) => contains(member.span, span));
	return top ? { span: top.keySpan, pointer: pointer(top.key) } : { span, pointer: part.pointer };
}
