import type { Route } from '../../adapters/http/request.ts';
import type { SecretValue } from '../../core/secret-value.ts';

/** What the bridge needs: nothing of it was decided by the config alone. */
export interface Connection extends Route {
	/** As the config writes it: the secrets' places are empty. */
	readonly url: URL;
	/** The same with the secrets in their places. Nobody but the request itself gets to see it. */
	readonly address: SecretValue;
	/** Lower-case names; sent to the URL's origin only. */
	readonly headers: readonly { readonly name: string; readonly value: SecretValue }[];
	/** The references that stand for secrets, for messages. */
	readonly references: readonly string[];
}
