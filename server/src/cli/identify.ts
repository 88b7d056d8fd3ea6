import type { StoredSecret } from '../core/bindings/binding.ts';
import { classify } from '../core/issuers/classify.ts';
import { SecretValue } from '../core/secret-value.ts';

export interface Identified extends Pick<StoredSecret, 'issuer' | 'kind' | 'kindName'> {
	/** The token itself, where the text is more: a connection URL, `Bearer <token>`. A config that holds it elsewhere has the same one. */
	readonly secret: SecretValue;
}

/** Whose token it is, from its own form; what has none is `unknown`, never a guess. */
export function identify(value: SecretValue): Identified {
	const text = value.reveal();
	const all = classify(text, { position: 'env' });
	const parts = all.filter(({ kind, issuer }) => !kind.public && issuer !== 'unidentified');
	const found =
		all.find(({ from, to }) => from === 0 && to === text.length) ?? (parts.length === 1 ? parts[0] : undefined);
	if (!found) return { issuer: 'unknown', kind: 'unknown', kindName: 'secret', secret: value };
	const { issuer, issuerName, kind, from, to } = found;
	return {
		issuer,
		kind: kind.id,
		kindName: `${issuerName} ${kind.name}`,
		secret: SecretValue.of(text.slice(from, to)),
	};
}
