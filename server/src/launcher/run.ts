import { realpathSync } from 'node:fs';
import { commandToRun, envFilePath, environmentEntries, executableOf } from '../adapters/destination.ts';
import { safeEnvironment } from '../adapters/environment.ts';
import { type Executable, findExecutable, windowsExtensions } from '../adapters/executable.ts';
import type { SecretValue } from '../core/secret-value.ts';
import { type Asked, type AskedReference, readRunArguments } from './asked.ts';
import { childEnvironment, envFileNames } from './child-environment.ts';
import { type Judgement, judge } from './judge.ts';
import { awayFromProject } from './package-runner.ts';
import { Refused } from './refuse.ts';
import { approvals, readSecret, refuse, unknownClaim } from './release.ts';
import { type Start, start } from './start.ts';
import { type Claim, candidates } from './workload.ts';
import type { LauncherWorld } from './world.ts';

/** `mcp-hygiene run [--server NAME] -- COMMAND [ARG...]`: checks, resolves, starts. */
export async function runServer(args: readonly string[], world: LauncherWorld, watch: Watch): Promise<void> {
	const asked = readRunArguments(args, world.environment, realpathSync(process.cwd()));
	if (asked.references.length === 0) return start(plainStart(asked));
	const released = await watch(() => release(asked, world));
	await start(boundStart(asked, released, world));
}

/** Bounds the time of what may block for ever. */
export type Watch = <T>(work: () => Promise<T>) => Promise<T>;

interface Released {
	readonly wanted: AskedReference;
	readonly judgement: Judgement;
	readonly value: SecretValue;
}

/** Every reference or none: a server with half of its secrets is a riddle. */
async function release(asked: Asked, world: LauncherWorld): Promise<Released[]> {
	const index = await approvals(
		world,
		asked.references.map(({ reference }) => reference),
	);
	const approved: Omit<Released, 'value'>[] = [];
	for (const wanted of asked.references) {
		const claim: Claim = {
			reference: wanted.reference.text,
			cwd: asked.cwd,
			...(asked.server === undefined ? {} : { server: asked.server }),
		};
		const found = candidates(index.bindings, claim, world.home);
		const judgements = found.map((binding) => judge(binding, asked, wanted, world.home, index.fingerprinter));
		const best = nearest(judgements);
		if (!best) throw await refuse(world, claim, wanted.target, [unknownClaim(index, claim)]);
		if (best.differences.length > 0) throw await refuse(world, claim, wanted.target, best.differences, best.binding);
		approved.push({ wanted, judgement: best });
	}
	return Promise.all(
		approved.map(async ({ wanted, judgement }) => ({
			wanted,
			judgement,
			value: await readSecret(world, wanted.reference, judgement.binding),
		})),
	);
}

/** The judgement with the fewest differences, the newest approval among equals. */
function nearest(judgements: readonly Judgement[]): Judgement | undefined {
	return judgements.toSorted(
		(a, b) => a.differences.length - b.differences.length || b.binding.approvedAt - a.binding.approvedAt,
	)[0];
}

function boundStart(asked: Asked, released: readonly Released[], world: LauncherWorld): Start {
	const { server, surroundings } = released[0]!.judgement;
	const executable = executableOf(server!, surroundings);
	const words = asked.commandLine.map(
		(word, index) => released.find(({ wanted }) => isArgument(wanted, index))?.value.reveal() ?? word,
	);
	return {
		path: found(executable, asked),
		words: awayFromProject(words, commandToRun(server!, executable?.real, surroundings), world.stateDir),
		environment: childEnvironment({
			handed: asked.environment,
			approved: [
				...environmentEntries(server!).map(([name]) => name),
				...server!.passed,
				...envFileNames(envFilePath(server!, surroundings)),
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

/** No reference, no secret: the server gets what the host handed to it, as without us. */
function plainStart(asked: Asked): Start {
	const environment = Object.fromEntries(
		Object.entries(asked.environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
	);
	const search = { path: safeEnvironment(environment).PATH ?? '', cwd: asked.cwd };
	const extensions = process.platform === 'win32' ? { extensions: windowsExtensions(environment.PATHEXT) } : {};
	return {
		path: found(findExecutable(asked.commandLine[0]!, { ...search, ...extensions }), asked),
		words: asked.commandLine,
		environment,
	};
}

function found(executable: Executable | undefined, asked: Asked): string {
	if (executable) return executable.path;
	throw new Refused(
		`the command "${asked.commandLine[0]}" is not found on PATH. Write its full path into the config, or install it.`,
	);
}
