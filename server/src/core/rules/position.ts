import type { Credential } from '../finding.ts';
import type { Knowledge, RuleContext, StoredItem } from './rule.ts';

/** The one rule that reports a credential for where it stands: a place never gets two squiggles that say "move it". */
export type PositionRule =
	| 'inlined-credential'
	| 'credential-in-args'
	| 'credential-in-url'
	| 'credential-in-input-default'
	| 'reinlined-credential';

export function positionRule(credential: Credential, knowledge: Knowledge): PositionRule {
	const { part, server } = credential;
	switch (part.position) {
		case 'arg':
			return part.node === server?.launcher?.url?.node ? 'credential-in-url' : 'credential-in-args';
		case 'command':
			return 'credential-in-args';
		case 'url':
			return 'credential-in-url';
		case 'input-default':
		case 'input-option':
			return 'credential-in-input-default';
		default:
			return storedItem(credential, knowledge) ? 'reinlined-credential' : 'inlined-credential';
	}
}

export function storedItem(credential: Credential, knowledge: Knowledge): StoredItem | undefined {
	return knowledge.stored.get(credential.fingerprint);
}

/** The credentials that this rule reports. */
export function* credentialsOf(rule: PositionRule, context: RuleContext): Iterable<Credential> {
	for (const credential of secrets(context)) {
		if (positionRule(credential, context.knowledge) === rule) yield credential;
	}
}

/** Kinds that are public by design (publishable keys, client ids) are recognised to stay silent. */
export function* secrets(context: RuleContext): Iterable<Credential> {
	for (const credential of context.credentials) {
		if (!credential.classification.kind.public) yield credential;
	}
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
