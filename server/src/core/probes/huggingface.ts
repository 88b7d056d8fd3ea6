import { byStatus, isoTime, jsonObject, malformed, object, past, text, texts, told } from './answers.ts';
import { issuerBase } from './bases.ts';
import type { IssuerProbe } from './probe.ts';

const ACCESS = { read: 'read', write: 'write', contributor: 'write', admin: 'admin' } as const;

export const huggingface: IssuerProbe = {
	issuer: 'huggingface',
	name: 'Hugging Face',
	kinds: ['huggingface-user', 'huggingface-org'],
	tells:
		'role (read, write, fine-grained), creation, account; permissions of fine-grained tokens where they are in the answer',
	limits: 'no last use',
	source: 'huggingface.co/docs, huggingface.js, whoAmI and AuthInfo; read 2026-11',
	bases: () => issuerBase('https://huggingface.co'),
	request: ({ base }) => ({ method: 'GET', base, path: '/api/whoami-v2', auth: { how: 'bearer' }, expects: 'json' }),
	read: (response, context) => {
		const failed = byStatus('Hugging Face', response, context);
		if (failed) return failed;
		const answer = jsonObject(response);
		const auth = object(answer?.auth);
		const token = object(auth?.accessToken);
		if (!answer || !auth) return malformed('Hugging Face', context);
		const role = text(token?.role);
		const fine = object(token?.fineGrained);
		const scoped = Array.isArray(fine?.scoped) ? fine.scoped.slice(0, 200).map(object) : [];
		const scopes = fine
			? [...(texts(fine.global) ?? []), ...scoped.flatMap((part) => texts(part?.permissions) ?? [])]
			: role
				? [role]
				: undefined;
		const resources = scoped.flatMap((part) => {
			const entity = object(part?.entity);
			const name = text(entity?.name);
			return name ? [`${text(entity?.type) ?? 'entity'} ${name}`] : [];
		});
		return told(context, {
			...(scopes && role !== 'fineGrained'
				? { scopes }
				: scopes && fine
					? { scopes: [...new Set(scopes)], precision: 'at-least' }
					: {}),
			access: role !== undefined && Object.hasOwn(ACCESS, role) ? ACCESS[role as keyof typeof ACCESS] : undefined,
			resources: resources.length > 0 ? resources : undefined,
			account: text(answer.name),
			createdAt: past(isoTime(token?.createdAt), context),
			expiresAt: isoTime(auth.expiresAt) ?? isoTime(token?.expiration),
			notes: [token?.displayName ? `named "${text(token.displayName)}"` : undefined],
		});
	},
};
