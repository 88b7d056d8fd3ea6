import type { Grant } from '../../core/grants/grant.ts';
import { isObject } from './by-fingerprint.ts';

const TIMES = ['createdAt', 'expiresAt', 'lastUsedAt'] as const;

/** Is this what was written as a grant, or did somebody edit it into something else? */
export function isGrant(value: unknown, source: Grant['source']): value is Grant {
	if (!isObject(value) || value.source !== source || !Number.isFinite(value.asOf) || !isTexts(value.scopes))
		return false;
	const isOptional = (name: string, fits: (member: unknown) => boolean) =>
		value[name] === undefined || fits(value[name]);
	return (
		['known', 'at-least', 'unknown'].includes(value.precision as string) &&
		TIMES.every((name) => isOptional(name, Number.isFinite)) &&
		isOptional('access', (access) => ['read', 'write', 'admin'].includes(access as string)) &&
		isOptional('account', (account) => typeof account === 'string') &&
		isOptional('neverExpires', (never) => typeof never === 'boolean') &&
		isOptional('resources', isTexts) &&
		isOptional('notes', isTexts)
	);
}

function isTexts(value: unknown): boolean {
	return Array.isArray(value) && value.every((text) => typeof text === 'string');
}
