// `npm test`: everything, against real things. `npm test -- STAGE...` runs some of it.
import { inspect } from 'node:util';
import type { Counts } from '../test/support/harness/extension-host.ts';
import { canLayOver } from '../test/support/harness/private-account.ts';
import { build } from './build.ts';
import { bundleSuites } from './bundle-suites.ts';
import { main, ScriptError } from './process.ts';
import { type Job, KEEP_PICTURES, packed, STAGES } from './stages.ts';
import { ensurePrograms, ensureTools, type Tools } from './tools.ts';
import { takeTurns, type Write } from './turns.ts';

await main(async () => {
	const jobs = jobsOf(process.argv.slice(2).filter((argument) => argument !== KEEP_PICTURES));
	if (jobs.some(({ name }) => name !== 'unit') && !canLayOver()) {
		throw new ScriptError(
			'The tests lay temporary folders over those of your account, and this machine allows no mount namespace. Run them as root with CAP_SYS_ADMIN, or where unprivileged user namespaces are allowed. `npm run test:unit` needs neither.',
		);
	}
	const codeServer = jobs.some(({ usesEditor }) => usesEditor);
	const wishes = { codeServer, chromium: true, keyring: true, pass: true, postgres: true };
	await ensurePrograms(wishes);
	await build();
	await bundleSuites();
	const tools = packedBefore(jobs).then(() => ensureTools(wishes));
	// The jobs that use them tell of it.
	const ready = tools.catch(() => undefined);
	const total = totalOf(await runSideBySide(jobs, tools, ready));
	console.log(`\n${total.passed} passed, ${total.failed} failed`);
	return total.failed === 0 ? 0 : 1;
});

function jobsOf(chosen: readonly string[]): readonly Job[] {
	const unknown = chosen.filter((name) => !Object.hasOwn(STAGES, name));
	if (unknown.length > 0) {
		throw new ScriptError(`No such stage: ${unknown.join(', ')}. There are: ${Object.keys(STAGES).join(', ')}`);
	}
	return Object.entries(STAGES).flatMap(([name, jobs]) => (chosen.length === 0 || chosen.includes(name) ? jobs() : []));
}

/** While there is no code-server in the checkout, if that is to come: vsce looks at each of its ten thousand files. */
async function packedBefore(jobs: readonly Job[]): Promise<void> {
	if (jobs.some(({ usesPackage }) => usesPackage)) await packed().catch(() => undefined);
}

/**
 * In two lanes: most jobs wait as much as they compute. What needs no editor runs while code-server is installed; then both lanes
 * take what is left, one job after the other.
 */
async function runSideBySide(
	jobs: readonly Job[],
	tools: Promise<Tools>,
	ready: Promise<unknown>,
): Promise<readonly Counts[]> {
	const turns = takeTurns(jobs.length, (text) => process.stdout.write(text));
	const counts: Counts[] = [];
	const runs = jobs.map((job, index) => ({
		job,
		run: async () => {
			const { write, end } = turns[index]!;
			write(`\n== ${job.name}\n`);
			counts.push(await countsOf(job, tools, write));
			end();
		},
	}));
	const [soon, later] = [false, true].map((usesEditor) => runs.filter(({ job }) => job.usesEditor === usesEditor));
	const take = async (queue = later) => {
		for (let next = queue?.shift(); next; next = queue?.shift()) await next.run();
	};
	await Promise.all([ready.then(() => take()), take(soon).then(() => ready.then(() => take()))]);
	return counts;
}

/** A job that breaks is one failure, as is one without tests, or a test that is left out; the others still run. */
async function countsOf(job: Job, tools: Promise<Tools>, write: Write): Promise<Counts> {
	try {
		const counts = await job.run(write, () => tools);
		if (counts.skipped > 0) write(`${job.name}: ${counts.skipped} skipped, which counts as failed\n`);
		if (counts.passed + counts.failed + counts.skipped > 0) return counts;
		write(`${job.name}: no test ran, which counts as failed\n`);
	} catch (error) {
		write(`${error instanceof ScriptError ? error.message : inspect(error)}\n`);
	}
	return { passed: 0, failed: 1, skipped: 0 };
}

/** A test that is left out proves nothing. */
function totalOf(counts: readonly Counts[]): { readonly passed: number; readonly failed: number } {
	const sum = (of: (one: Counts) => number) => counts.reduce((total, one) => total + of(one), 0);
	return { passed: sum(({ passed }) => passed), failed: sum(({ failed, skipped }) => failed + skipped) };
}
