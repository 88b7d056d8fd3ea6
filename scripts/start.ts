// `npm start`: the extension, built, on a sample workspace, in the desktop VS Code or in the browser.
import { spawnSync } from 'node:child_process';
import { startCodeServer } from '../test/support/harness/code-server.ts';
import { type KeyringSession, startKeyring } from '../test/support/harness/keyring.ts';
import { build } from './build.ts';
import { packageExtension } from './package.ts';
import { cache, root, vsixFile } from './paths.ts';
import { findProgram, main, must } from './process.ts';
import { makeSample, sample } from './sample.ts';
import { ensureTools } from './tools.ts';

await main(async () => {
	await build({ sourcemap: true });
	makeSample();
	const desktop = findProgram('code');
	if (desktop !== undefined) {
		console.log(`Opening the sample workspace ${sample} in VS Code`);
		await must('VS Code did not open', desktop, ['--new-window', `--extensionDevelopmentPath=${root}`, sample]);
		return 0;
	}
	return openInBrowser();
});

async function openInBrowser(): Promise<number> {
	const { codeServer } = await ensureTools({ codeServer: true });
	await packageExtension(vsixFile);
	const keyring = hasSecretService() ? undefined : await ownKeyring();
	const server = await startCodeServer({
		entry: codeServer,
		extensions: [vsixFile],
		folder: `${cache}/code-server`,
		...(keyring && { env: keyring.env, command: keyring.command }),
	});
	console.log(`\nThe sample workspace is open at\n\n    ${server.urlOf(sample)}\n\nPress Ctrl+C to stop.`);
	// Until Ctrl+C, which also ends what was started here.
	await server.ended;
	console.log(`code-server ended:\n${server.output()}`);
	return 1;
}

/** Is there a keychain service on this session's bus, or one that the bus would start? */
function hasSecretService(): boolean {
	if (process.platform !== 'linux') return true;
	if (!findProgram('dbus-send')) return false;
	if (!process.env.DBUS_SESSION_BUS_ADDRESS) return false;
	const bus = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'];
	return ['ListNames', 'ListActivatableNames'].some((method) => {
		const { stdout } = spawnSync('dbus-send', [...bus, `org.freedesktop.DBus.${method}`], { encoding: 'utf8' });
		return stdout?.includes('"org.freedesktop.secrets"');
	});
}

async function ownKeyring(): Promise<KeyringSession> {
	await ensureTools({ keyring: true });
	console.log(
		'No keychain service here: a private gnome-keyring runs until this ends, and what it holds is then gone.',
	);
	return startKeyring('unlocked');
}
