import type { ReadOnlyIndex } from '../adapters/state/index.ts';
import { commandToRun, envFileEntries, environmentEntries, executableOf } from '../adapters/workload/destination.ts';
import type { SecretValue } from '../core/secret-value.ts';
import type { Asked, AskedReference } from './asked.ts';
import { childEnvironment } from './child-environment.ts';
import { type Judgement, judge } from './judge.ts';
import { awayFromProject } from './package-runner.ts';
import { readSecret, refuse, unknownClaim } from './release.ts';
import { foundAt, type Start } from './start.ts';
import { type Claim, candidates } from './workload.ts';
import type { LauncherWorld } from './world.ts';

interface Approved {
	readonly wanted: AskedReference;
	readonly judgement: Judgement;
}

interface Released extends Approved {
	readonly value: SecretValue;
}

/** A start with its secrets, where every reference is approved for this entry as it is now. @throws Refused, StoreError */
export async function bound(asked: Asked, index: ReadOnlyIndex, world: LauncherWorld): Promise<Start> {
	const released = await release(asked, index, world);
	const { server, surroundings } = released[0]!.judgement;
	const executable = executableOf(server!, surroundings);
	const words = asked.commandLine.map(
		(word, index) => released.find(({ wanted }) => isArgument(wanted, index))?.value.reveal() ?? word,
	);
	return {
		path: foundAt(executable, asked),
		words: awayFromProject(words, commandToRun(server!, executable?.real, surroundings), world.stateDir),
		environment: childEnvironment({
			handed: asked.environment,
			approved: [
				...environmentEntries(server!).map(([name]) => name),
				...server!.passed,
				...envFileEntries(server!, surroundings).map(([name]) => name),
			],
			passed: world.config.passEnvironment,
			secrets: released.flatMap(({ wanted: { target }, value }) =>
				'env' in target ? [{ name: target.env, value }] : [],
			),
		}),
	};
}

function isArgument({ target }: AskedReference, index: number): boolean {
	return 'arg' in target && target.arg === index;
}

/**
 * Every reference or none: a server with half of its secrets is a riddle. A locked keychain waits for a person, and what was looked
 * at before can change meanwhile, so it is looked at once more when the secrets are there.
 */
async function release(asked: Asked, index: ReadOnlyIndex, world: LauncherWorld): Promise<Released[]> {
	const approved: Approved[] = [];
	for (const wanted of asked.references) approved.push(await approve(asked, wanted, index, world));
	const values = await Promise.all(
		approved.map(({ wanted, judgement }) => readSecret(world, wanted.reference, judgement.binding)),
	);
	const released: Released[] = [];
	for (const [i, { wanted, judgement }] of approved.entries()) {
		const still = await approve(asked, wanted, { ...index, bindings: [judgement.binding] }, world);
		released.push({ ...still, value: values[i]! });
	}
	return released;
}

/** @throws Refused where it is not approved for this entry as it is now */
async function approve(
	asked: Asked,
	wanted: AskedReference,
	index: ReadOnlyIndex,
	world: LauncherWorld,
): Promise<Approved> {
	const { cwd, server } = asked;
	const claim: Claim = { reference: wanted.reference.text, cwd, ...(server === undefined ? {} : { server }) };
	const judgement = nearest(
		candidates(index.bindings, claim, world.home).map((binding) =>
			judge(binding, asked, wanted, world.home, index.fingerprinter),
		),
	);
	if (!judgement) throw await refuse(world, claim, wanted.target, [unknownClaim(index, claim)]);
	const { differences, binding } = judgement;
	if (differences.length > 0) throw await refuse(world, claim, wanted.target, differences, binding);
	return { wanted, judgement };
}

/** The judgement with the fewest differences, the newest approval among equals. */
function nearest(judgements: readonly Judgement[]): Judgement | undefined {
	return judgements.toSorted(
		(a, b) => a.differences.length - b.differences.length || b.binding.approvedAt - a.binding.approvedAt,
	)[0];
}
