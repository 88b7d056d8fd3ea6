import { mkdirSync, readdirSync, readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Binding } from '../../core/bindings/binding.ts';
import { writePrivate } from '../state/write-private.ts';
import { ApprovalError, type LiftRequest, proposalFor } from './approval.ts';
import type { Refusal } from './refusal.ts';

const KEEP = 50;

/** Writes it down; the same refusal again replaces the older one. */
export async function recordRefusal(stateDir: string, refusal: Omit<Refusal, 'id'>): Promise<void> {
	const folder = refusalsFolder(stateDir);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const { reference, server, target, config, cwd } = refusal;
	const id = bytesToHex(
		sha256(utf8ToBytes(JSON.stringify([reference, server, target, config?.path ?? cwd, config?.folder]))),
	).slice(0, 12);
	writePrivate(join(folder, `${id}.json`), `${JSON.stringify({ id, ...refusal }, null, '\t')}\n`);
	for (const old of listRefusals(stateDir).slice(KEEP)) dropRefusal(stateDir, old.id);
}

/** Newest first. A file that cannot be read is left out. */
export function listRefusals(stateDir: string): Refusal[] {
	return namesIn(refusalsFolder(stateDir))
		.filter((name) => /^[0-9a-f]{12}\.json$/.test(name))
		.flatMap((name) => readRefusal(join(refusalsFolder(stateDir), name)) ?? [])
		.toSorted((a, b) => b.at - a.at);
}

/**
 * Approves what was refused, as the config is now, and forgets the refusal. The caller has shown `proposalFor` to a person and
 * passes it as `shown`, so that nothing is approved that changed in between.
 */
export async function approveRefusal(request: LiftRequest & { readonly shown: Binding }): Promise<Binding> {
	const now = proposalFor(request);
	if (!sameApproval(now, request.shown))
		throw new ApprovalError('The config changed while you looked at it. Look again.');
	await request.index.bind(now);
	dropRefusal(request.stateDir, request.refusal.id);
	return now;
}

function sameApproval(a: Binding, b: Binding): boolean {
	const without = ({ approvedAt: _, ...rest }: Binding) => JSON.stringify(rest);
	return without(a) === without(b);
}

function dropRefusal(stateDir: string, id: string): void {
	try {
		unlinkSync(join(refusalsFolder(stateDir), `${id}.json`));
	} catch {
		// Gone already.
	}
}

/** Where refusals lie, one file each. */
export function refusalsFolder(stateDir: string): string {
	return join(stateDir, 'refusals');
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}

function readRefusal(path: string): Refusal | undefined {
	try {
		const refusal = JSON.parse(readFileSync(path, 'utf8')) as Refusal;
		return typeof refusal.reference === 'string' && Array.isArray(refusal.differences) ? refusal : undefined;
	} catch {
		return undefined;
	}
}
