import { adminToken } from './admin-token.ts';
import { cachedCommandInput } from './cached-command-input.ts';
import { commentedOutCredential } from './commented-out-credential.ts';
import { credentialInArgs } from './credential-in-args.ts';
import { credentialInEnvFile } from './credential-in-env-file.ts';
import { credentialInInputDefault } from './credential-in-input-default.ts';
import { credentialInShellString } from './credential-in-shell-string.ts';
import { credentialInUrl } from './credential-in-url.ts';
import { defaultCredential } from './default-credential.ts';
import { expiredToken } from './expired-token.ts';
import { inlinedCredential } from './inlined-credential.ts';
import { insecureTransport } from './insecure-transport.ts';
import { loaderVariableBesideCredential } from './loader-variable-beside-credential.ts';
import { longLivedToken } from './long-lived-token.ts';
import { misdirectedCredential } from './misdirected-credential.ts';
import { noExpiry } from './no-expiry.ts';
import { oauthAvailable } from './oauth-available.ts';
import { oldToken } from './old-token.ts';
import { overScopedToken } from './over-scoped-token.ts';
import { plaintextInput } from './plaintext-input.ts';
import { reinlinedCredential } from './reinlined-credential.ts';
import { retiredTokenKind } from './retired-token-kind.ts';
import type { Rule } from './rule.ts';
import { sharedCredential } from './shared-credential.ts';
import { syncedConfig } from './synced-config.ts';
import { trackedConfig } from './tracked-config.ts';
import { undefinedReference } from './undefined-reference.ts';
import { unexplainedSuppression } from './unexplained-suppression.ts';
import { unpinnedServerWithCredential } from './unpinned-server-with-credential.ts';
import { unresolvableReference } from './unresolvable-reference.ts';
import { unusedWriteScope } from './unused-write-scope.ts';
import { userWideToken } from './user-wide-token.ts';
import { worldReadableConfig } from './world-readable-config.ts';

/** Every rule, in the order of the documentation. Adding one is its file, its page and its line here. */
export const RULES: readonly Rule[] = [
	inlinedCredential,
	reinlinedCredential,
	credentialInArgs,
	credentialInShellString,
	credentialInUrl,
	credentialInInputDefault,
	credentialInEnvFile,
	defaultCredential,
	commentedOutCredential,
	plaintextInput,
	cachedCommandInput,
	unresolvableReference,
	undefinedReference,
	misdirectedCredential,
	insecureTransport,
	loaderVariableBesideCredential,
	trackedConfig,
	syncedConfig,
	worldReadableConfig,
	adminToken,
	userWideToken,
	overScopedToken,
	unusedWriteScope,
	sharedCredential,
	oldToken,
	expiredToken,
	noExpiry,
	longLivedToken,
	retiredTokenKind,
	unpinnedServerWithCredential,
	oauthAvailable,
	unexplainedSuppression((id) => ruleById(id) !== undefined),
];

export function ruleById(id: string): Rule | undefined {
	return RULES.find((rule) => rule.id === id);
}
