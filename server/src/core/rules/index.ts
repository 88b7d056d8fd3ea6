import { adminToken } from './admin-token.ts';
import { cachedCommandInput } from './cached-command-input.ts';
import { credentialInArgs } from './credential-in-args.ts';
import { credentialInInputDefault } from './credential-in-input-default.ts';
import { credentialInUrl } from './credential-in-url.ts';
import { inlinedCredential } from './inlined-credential.ts';
import { oldToken } from './old-token.ts';
import { plaintextInput } from './plaintext-input.ts';
import { reinlinedCredential } from './reinlined-credential.ts';
import type { Rule } from './rule.ts';
import { sharedCredential } from './shared-credential.ts';
import { undefinedReference } from './undefined-reference.ts';
import { unresolvableReference } from './unresolvable-reference.ts';
import { userWideToken } from './user-wide-token.ts';

/** Every rule, in the order of the documentation. Adding one is its file, its page and its line here. */
export const RULES: readonly Rule[] = [
	inlinedCredential,
	reinlinedCredential,
	credentialInArgs,
	credentialInUrl,
	credentialInInputDefault,
	plaintextInput,
	cachedCommandInput,
	unresolvableReference,
	undefinedReference,
	adminToken,
	userWideToken,
	sharedCredential,
	oldToken,
];

export function ruleById(id: string): Rule | undefined {
	return RULES.find((rule) => rule.id === id);
}
