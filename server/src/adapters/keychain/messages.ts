import { StoreError, type StoreFailure } from '../../core/ports.ts';

/**
 * The keyring library has one error code for everything, so its words decide. They were collected by running each state
 * against gnome-keyring 42 (Linux) in November 2026; the macOS and Windows words are those of the system's own errors.
 */
const SIGNS: readonly (readonly [StoreFailure, RegExp])[] = [
	['frozen', /did not receive a reply|noreply|timed? ?out/i],
	['locked', /\blocked|prompt was dismissed|interaction is not allowed|user canceled|user cancelled/i],
	['refused', /access ?denied|permission denied|not authorized|authorization|passphrase you entered/i],
	[
		'no-service',
		/dbus|d-bus|org\.freedesktop|serviceunknown|autolaunch|failed to connect|no result found|no such logon session|no keychain/i,
	],
];

export function failureOf(libraryMessage: string): StoreFailure {
	return SIGNS.find(([, sign]) => sign.test(libraryMessage))?.[0] ?? 'failed';
}

type Wording = Record<StoreFailure, string>;

const COMMON: Wording = {
	missing:
		'The OS keychain holds no such item. Move the credential into the keychain again, or run "mcp-hygiene store put".',
	locked: 'The OS keychain is locked. Unlock it, then start the server again.',
	'no-service': 'There is no OS keychain here. Use a broker such as pass or 1Password for this machine.',
	frozen:
		'The OS keychain does not answer. An unlock window may be waiting for you; otherwise restart the keychain service.',
	refused: 'The OS keychain refused access. Allow mcp-hygiene in the keychain, then try again.',
	'not-installed': 'The keychain program of mcp-hygiene is missing. Install the extension or the command line again.',
	failed: 'The OS keychain failed for a reason that it does not name. Run "mcp-hygiene doctor".',
};

const LINUX: Partial<Wording> = {
	locked:
		'The keyring is locked. Unlock it (log in to the desktop, or open "Passwords and Keys"), then start the server again.',
	'no-service':
		'No keyring (Secret Service) answers in this session. Start gnome-keyring, KWallet or KeePassXC and create a default keyring, or use a broker such as pass.',
	frozen:
		'The keyring does not answer. An unlock window may be waiting for you; otherwise restart gnome-keyring-daemon.',
};

const MACOS: Partial<Wording> = {
	locked:
		'The login keychain is locked. Run "security unlock-keychain" or log in to the desktop, then start the server again.',
	refused:
		'The login keychain refused access. Open Keychain Access, find "mcp-hygiene" and allow access, then try again.',
};

const WINDOWS: Partial<Wording> = {
	'no-service': 'Credential Manager is not available in this logon session. Log in to the desktop, or use a broker.',
};

const BY_PLATFORM: Partial<Record<NodeJS.Platform, Partial<Wording>>> = { linux: LINUX, darwin: MACOS, win32: WINDOWS };

/** One line with the way out. Nothing that the library said is quoted: it can name items and paths. */
export function keychainError(failure: StoreFailure, platform: NodeJS.Platform = process.platform): StoreError {
	return new StoreError(failure, BY_PLATFORM[platform]?.[failure] ?? COMMON[failure]);
}
