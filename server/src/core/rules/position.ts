import type { ConfigDocument } from '../document.ts';
import type { Credential } from '../finding.ts';
import type { OwnText, Part } from '../servers.ts';
import type { Knowledge, RuleContext, StoredItem } from './rule.ts';
import { isShellText } from './shell-text.ts';

/** The one rule that reports a credential for where it stands: a place never gets two squiggles that say "move it". */
export type PositionRule =
	| 'inlined-credential'
	| 'credential-in-args'
	| 'credential-in-shell-string'
	| 'credential-in-url'
	| 'credential-in-input-default'
	| 'credential-in-env-file'
	| 'default-credential'
	| 'commented-out-credential'
	| 'reinlined-credential';

export function positionRule(
	credential: Credential,
	{ knowledge, document }: { readonly knowledge: Knowledge; readonly document: Pick<ConfigDocument, 'dialect'> },
): PositionRule {
	const { part, server } = credential;
	if (isComment(credential)) return 'commented-out-credential';
	if (isDefault(credential)) return 'default-credential';
	if (document.dialect.format === 'dotenv') return 'credential-in-env-file';
	switch (part.position) {
		case 'arg':
			if (part.node === server?.launcher?.url?.node) return 'credential-in-url';
			return server && isShellText(part, server) ? 'credential-in-shell-string' : 'credential-in-args';
		case 'command':
			return 'credential-in-args';
		case 'url':
			return 'credential-in-url';
		case 'input-default':
		case 'input-option':
			return 'credential-in-input-default';
		default:
			return storedItem(credential, knowledge) && !ownText(part) ? 'reinlined-credential' : 'inlined-credential';
	}
}

export function ownText(part: Part): OwnText | undefined {
	return 'instead' in part ? (part as OwnText) : undefined;
}

export function storedItem(credential: Credential, knowledge: Knowledge): StoredItem | undefined {
	return knowledge.stored.get(credential.fingerprint);
}

/** The credentials that this rule reports. */
export function* credentialsOf(rule: PositionRule, context: RuleContext): Iterable<Credential> {
	for (const credential of context.credentials) {
		if (!credential.classification.kind.public && positionRule(credential, context) === rule) yield credential;
	}
}

/**
 * What can be used and should not be. Kinds that are public by design (publishable keys, client ids) are recognised to stay
 * silent, a default is nobody's secret, and of a line that was commented out one note says enough.
 */
export function* secrets(context: Pick<RuleContext, 'credentials'>): Iterable<Credential> {
	for (const credential of context.credentials) {
		if (!credential.classification.kind.public && !isDefault(credential) && !isComment(credential)) yield credential;
	}
}

/** The secrets of each entry, by the entry's pointer: an entry that is written twice has those of both. */
export function secretsByServer(credentials: readonly Credential[]): ReadonlyMap<string, readonly Credential[]> {
	const all = [...secrets({ credentials })].filter(({ server }) => server);
	return Map.groupBy(all, ({ server }) => server!.pointer);
}

/** Comments are no part of the tree, so nothing points at them. */
function isComment({ part }: Credential): boolean {
	return part.pointer === '';
}

function isDefault({ classification }: Credential): boolean {
	return classification.kind.id === 'default-password';
}

/** The members of a finding that every credential rule fills in the same way. */
export function foundAt(credential: Credential) {
	return {
		span: credential.span,
		pointer: credential.part.pointer,
		credential,
		...(credential.server ? { server: credential.server.name } : {}),
	};
}

/** `Already stored as cred://...: use that reference.` Empty when it is not. */
export function storedHint(credential: Credential, knowledge: Knowledge): string {
	const item = storedItem(credential, knowledge);
	return item ? ` It is already stored as ${item.reference}.` : '';
}
