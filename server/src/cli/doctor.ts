import { brokersFor } from '../adapters/brokers/index.ts';
import { storeVerified } from '../adapters/keychain/verified.ts';
import { readPersonalConfig } from '../adapters/state/config.ts';
import { readIndex } from '../adapters/state/index.ts';
import type { Broker } from '../core/ports.ts';
import { plain } from '../core/report/words.ts';
import { SecretValue } from '../core/secret-value.ts';
import { type Command, type Context, EXIT } from './context.ts';
import type { Check } from './doctor-check.ts';
import { resetIndex } from './doctor-index.ts';
import { installLauncher, launcherChecks } from './doctor-launcher.ts';
import { nodeProblem } from './node-version.ts';
import { keyStore } from './state.ts';
import { noPositionals, parse } from './usage.ts';

/** `doctor`: is everything in place that a server needs to start? Looks only, and with `--fix` installs the launcher first. */
export const doctor: Command = async (args, context) => {
	const { values, positionals } = parse(args, {
		fix: { type: 'boolean', default: false },
		'reset-index': { type: 'boolean', default: false },
	});
	noPositionals(positionals, 'doctor');
	if (values['reset-index']) return resetIndex(context);
	if (values.fix) await installLauncher(context);
	const checks = [
		runtime(process.versions.node),
		await keychain(context),
		await index(context),
		...(await launcherChecks(context)),
		...(await brokers(context)),
	];
	for (const check of checks) context.out(`${MARKS[check.state]} ${check.what.padEnd(9)} ${plain(check.message)}\n`);
	return checks.some((check) => check.state === 'problem') ? EXIT.findings : EXIT.ok;
};

const MARKS: Readonly<Record<Check['state'], string>> = { ok: 'ok     ', note: 'note   ', problem: 'problem' };

export function runtime(version: string): Check {
	const problem = nodeProblem(version);
	return { state: problem ? 'problem' : 'ok', what: 'runtime', message: problem ?? `Node ${version}.` };
}

/** Only a round trip tells: a locked keyring answers "no such item" to a question, and refuses the first write. */
async function keychain(context: Context): Promise<Check> {
	return attempt('keychain', async () => {
		const keychain = await context.keychain();
		await storeVerified(keychain, 'doctor-probe', SecretValue.of('nothing secret'));
		await keychain.remove('doctor-probe');
		return 'The OS keychain stores, returns and removes.';
	});
}

async function index({ stateDir, keychain }: Context): Promise<Check> {
	return attempt('index', async () => {
		const found = await readIndex(stateDir, await keyStore({ stateDir, keychain }));
		if (!found) return 'Nothing is stored and nothing is approved yet.';
		return `Authentic: ${found.items.length} stored, ${found.bindings.length} approved.`;
	});
}

async function brokers(context: Context): Promise<Check[]> {
	return Promise.all(
		configured(context).map(async (broker): Promise<Check> => {
			const status = await broker.status();
			// Who does not use a broker does not need it.
			return {
				state: status.ready ? 'ok' : 'note',
				what: broker.id,
				message: status.ready ? `${broker.name} is ready.` : status.message,
			};
		}),
	);
}

/** None where the configuration cannot be read: the index needs it too, and says so. */
function configured({ stateDir }: Context): readonly Broker[] {
	try {
		return brokersFor(readPersonalConfig(stateDir));
	} catch {
		return [];
	}
}

/** Our own errors are made to be read; of others only the code is told. */
async function attempt(what: string, work: () => Promise<string>): Promise<Check> {
	try {
		return { state: 'ok', what, message: await work() };
	} catch (error) {
		return { state: 'problem', what, message: readable(error) };
	}
}

function readable(error: unknown): string {
	const { name, message, code } = error as NodeJS.ErrnoException;
	if (name === 'StoreError' || name === 'IndexError' || name === 'ConfigError') return message;
	return `Something unexpected went wrong (${code ?? name}).`;
}
