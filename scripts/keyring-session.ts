// node scripts/run.js keyring-session unlocked|locked|none|frozen -- COMMAND [ARG...]
// Runs a command on a private session bus with a real keyring in that state.
import { KEYRING_STATES, type KeyringState, withKeyring } from '../test/support/harness/keyring.ts';
import { main, run, ScriptError } from './process.ts';
import { ensureTools } from './tools.ts';

await main(async () => {
	const [state, separator, command, ...args] = process.argv.slice(2);
	if (!KEYRING_STATES.includes(state as KeyringState) || separator !== '--' || command === undefined) {
		throw new ScriptError(`Usage: keyring-session ${KEYRING_STATES.join('|')} -- COMMAND [ARG...]`);
	}
	await ensureTools({ keyring: true });
	return withKeyring(state as KeyringState, (session) => {
		const [program, ...programArgs] = session.command(command, args);
		return run(program, programArgs, { cwd: process.cwd(), env: session.env });
	});
});
