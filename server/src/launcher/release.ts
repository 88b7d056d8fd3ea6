import { recordRefusal } from '../adapters/approvals/refusals.ts';
import type { ReadOnlyIndex } from '../adapters/state/index.ts';
import { isUserLevel } from '../adapters/workload/config-entry.ts';
import type { Target } from '../adapters/workload/destination.ts';
import type { Binding } from '../core/bindings/binding.ts';
import { StoreError } from '../core/ports.ts';
import type { CredentialReference } from '../core/references.ts';
import type { SecretValue } from '../core/secret-value.ts';
import { WAY_OUT } from './approvals.ts';
import { Refused } from './refuse.ts';
import { type Claim, configsNaming, type NamingConfig, userConfigsNaming } from './workload.ts';
import type { LauncherWorld } from './world.ts';

/** Writes the refusal down for `approve`, and gives the line to say. */
export async function refuse(
	world: LauncherWorld,
	claim: Claim,
	target: Target,
	differences: readonly string[],
	binding?: Binding,
): Promise<Refused> {
	const config = binding ? namedBy(binding) : await namingConfig(claim, world.home);
	const record = {
		at: world.now(),
		reference: claim.reference,
		...(claim.server === undefined ? {} : { server: claim.server }),
		target,
		cwd: claim.cwd,
		...(config ? { config } : {}),
		...(binding?.itemId ? { itemId: binding.itemId } : {}),
		differences,
	};
	// A state directory that cannot be written does not change the refusal.
	await recordRefusal(world.stateDir, record).catch(() => undefined);
	return new Refused(refusalLine(claim, differences));
}

/** The config that a person would approve: the nearest one of the workspace, else one of the person's own. */
async function namingConfig(claim: Claim, home: string): Promise<NamingConfig | undefined> {
	return configsNaming(claim, home)[0] ?? (await userConfigsNaming(claim, home).catch(() => []))[0];
}

function namedBy({ workload }: Binding): NamingConfig {
	return {
		path: workload.config,
		server: workload.server,
		...(workload.folder === undefined ? {} : { folder: workload.folder }),
		dialect: workload.dialect,
		isUserLevel: isUserLevel(workload),
	};
}

function refusalLine({ reference, server }: Claim, differences: readonly string[]): string {
	const [first, ...more] = differences;
	const rest =
		more.length === 0 ? '' : ` (and ${more.length} more ${more.length === 1 ? 'difference' : 'differences'})`;
	return `${reference} is not released to ${server === undefined ? 'this server' : `"${server}"`}: ${first}${rest}. ${WAY_OUT}`;
}

/** Nothing in the index fits. Says whether the label is known elsewhere, because that is the usual surprise. */
export function unknownClaim(index: ReadOnlyIndex, claim: Claim): string {
	const others = index.bindings.filter((binding) => binding.reference === claim.reference);
	if (others.length === 0) return 'it was never approved on this machine';
	const sameServer = others.filter((binding) => binding.workload.server === claim.server);
	const [known] = sameServer.length > 0 ? sameServer : others;
	return `it is approved for "${known!.workload.server}" in ${known!.workload.config}, not for what is started in ${claim.cwd}`;
}

/** The value of an approved reference. @throws StoreError with the way out. */
export async function readSecret(
	world: LauncherWorld,
	reference: CredentialReference,
	binding: Binding,
): Promise<SecretValue> {
	if (reference.store === 'keychain') {
		const value = binding.itemId ? await world.keychain.get(binding.itemId) : undefined;
		if (value) return value;
		throw new StoreError(
			'missing',
			`The OS keychain no longer holds ${reference.text}. Move the credential there again, or run "mcp-hygiene store put".`,
		);
	}
	const broker = world.brokers.find((candidate) => candidate.owns(reference));
	if (broker) return broker.read(reference);
	throw new StoreError(
		'missing',
		`No store named "${reference.store}" is known here. Update mcp-hygiene, or correct the reference ${reference.text}.`,
	);
}
