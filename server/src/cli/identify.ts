import type { StoredSecret } from '../core/bindings/binding.ts';
import { classify } from '../core/issuers/classify.ts';
import type { SecretValue } from '../core/secret-value.ts';

/** Whose token it is, from its own form; what has none is `unknown`, never a guess. */
export function identify(value: SecretValue): Pick<StoredSecret, 'issuer' | 'kind' | 'kindName'> {
	const text = value.reveal();
	const [found] = classify(text, { position: 'env' }).filter((c) => c.from === 0 && c.to === text.length);
	if (!found) return { issuer: 'unknown', kind: 'unknown', kindName: 'secret' };
	return { issuer: found.issuer, kind: found.kind.id, kindName: `${found.issuerName} ${found.kind.name}` };
}
