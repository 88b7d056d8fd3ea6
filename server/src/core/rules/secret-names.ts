import { secretName } from '../issuers/names.ts';

/** Does a name or a description say that what it names is a secret? For inputs and references: there is no value to look at. */

export function isSecretName(name: string): boolean {
	return secretName(name) === 'secret';
}

/** A description is a sentence; what follows says nothing more. */
const MAX_DESCRIPTION = 200;

const SECRET_PHRASE =
	/\b(?:api[ _-]?keys?|(?:secret|private|access) keys?|pats?|tokens?|passwords?|passphrases?|secrets?|credentials?|connection strings?)\b/i;
const ABOUT_SECRETS =
	/\b(?:max(?:imum)?|number of|count of|how many|paths?|files?|folder|directory|location|urls?|uri|endpoint|limit|budget|lifetime|expiry|ttl|names?|ids?|without|no|not|type|kind)\b/i;

/** "GitHub Personal Access Token", "Your API key"; but not "Maximum number of tokens", "Path to the secrets file". */
export function describesSecret(description: string): boolean {
	const start = description.slice(0, MAX_DESCRIPTION);
	return SECRET_PHRASE.test(start) && !ABOUT_SECRETS.test(start);
}
