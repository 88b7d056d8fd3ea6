import { existsSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the Secret Service needs and half of the hosts do not hand over: where the session's bus is. Only added where it is
 * missing, so that a session of its own (a container, a test) keeps its bus. An address that is not a local socket is
 * replaced, because a bus on another machine would be somebody else's keyring.
 */
export function sessionBus(
	environment: Environment,
	uid: number,
	platform: NodeJS.Platform = process.platform,
): Record<string, string> {
	if (platform !== 'linux') return {};
	const runtime = environment.XDG_RUNTIME_DIR || `/run/user/${uid}`;
	const given = environment.DBUS_SESSION_BUS_ADDRESS;
	const additions: Record<string, string> = {};
	if (!environment.XDG_RUNTIME_DIR && existsSync(runtime)) additions.XDG_RUNTIME_DIR = runtime;
	if (given && isLocalBus(given)) return additions;
	// An empty address makes the library fail at once; unset it would try to start a bus.
	additions.DBUS_SESSION_BUS_ADDRESS = existsSync(`${runtime}/bus`) ? `unix:path=${runtime}/bus` : '';
	return additions;
}

/** An address can list several, and one kind of them starts a program. */
function isLocalBus(address: string): boolean {
	return address.split(';').every((part) => part.startsWith('unix:'));
}
