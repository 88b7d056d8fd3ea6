import { join } from 'node:path';
import { afterRotation } from '../../core/grants/best.ts';
import type { Grant } from '../../core/grants/grant.ts';
import type { Fingerprint } from '../../core/secret-value.ts';
import { changeFacts, type FactFile, readFacts } from './by-fingerprint.ts';
import { isGrant } from './stored-grant.ts';

/**
 * What a person said that their tokens may do, by fingerprint under the person's own key. Not in a config, which others read and
 * write, and never by value. It stays until it is taken back: unlike an issuer's answer it cannot be asked for again.
 */
export function declaredPath(stateDir: string): string {
	return join(stateDir, 'declared.json');
}

function fileIn(stateDir: string): FactFile<Grant> {
	return {
		path: declaredPath(stateDir),
		accepts: (value): value is Grant => isGrant(value, 'declared') && value.precision !== 'known',
		saidAt: ({ asOf }) => asOf,
	};
}

export function readDeclared(stateDir: string): ReadonlyMap<Fingerprint, Grant> {
	return readFacts(fileIn(stateDir));
}

/**
 * A token was replaced by its issuer: what was said of it is said of the new value, or (without one, where its rights may be others)
 * of none. Tells what became of it.
 */
export async function carryDeclared(
	stateDir: string,
	old: Fingerprint,
	renewed: Fingerprint | undefined,
	now: number,
): Promise<'carried' | 'dropped' | 'nothing'> {
	if (!readDeclared(stateDir).has(old)) return 'nothing';
	let became: 'carried' | 'dropped' = 'dropped';
	await changeFacts(fileIn(stateDir), (all) => {
		const said = all.get(old);
		const next = said && renewed !== undefined ? afterRotation(said, now) : undefined;
		all.delete(old);
		if (!next) return;
		all.set(renewed!, next);
		became = 'carried';
	});
	return became;
}

/** Keeps one statement in place of an older one; undefined takes it back. */
export async function declare(stateDir: string, fingerprint: Fingerprint, grant: Grant | undefined): Promise<void> {
	await changeFacts(fileIn(stateDir), (all) => {
		if (grant) all.set(fingerprint, grant);
		else all.delete(fingerprint);
	});
}
