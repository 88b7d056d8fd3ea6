import { spawn } from 'node:child_process';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { FORGET_KEPT, type KeptSecret, LIST_KEPT } from '../../server/src/protocol/index.ts';
import type { OnePaste } from './one-paste.ts';
import { oneLine } from './panel/words.ts';
import { StartedWatch } from './started-watch.ts';

/** Long enough to paste, short enough that no later paste goes wrong. */
export const CLIPBOARD_SECONDS = 30;
/** A first start may download a package; after this the kept copy stays until the command is run again. */
const WATCH_MINUTES = 10;

/**
 * Puts a kept secret on the clipboard for one paste at VS Code's password prompt, clears the clipboard, and forgets the copy
 * once the server's tools show that it started.
 */
export async function copyKeptSecret(client: LanguageClient, launcher: string, paste: OnePaste): Promise<void> {
	const kept = await client.sendRequest<KeptSecret[]>(LIST_KEPT);
	if (kept.length === 0) {
		void vscode.window.showInformationMessage('No secret is kept for a password prompt.');
		return;
	}
	const picked = await vscode.window.showQuickPick(
		kept.map((secret) => ({
			label: oneLine(secret.inputId),
			description: oneLine(`${secret.kind}, for ${secret.server}`),
			secret,
		})),
		{ title: 'Copy once', placeHolder: 'Which prompt do you want to answer?' },
	);
	if (!picked) return;
	const started = new StartedWatch(picked.secret.server);
	started.sees(toolNames());
	if (await copyOnce(launcher, picked.secret.account, paste)) {
		forgetWhenStarted(client, picked.secret.account, started).catch(() => undefined);
	}
}

/** False: there was nothing to copy, so nothing may be forgotten either. */
async function copyOnce(launcher: string, account: string, paste: OnePaste): Promise<boolean> {
	const value = await readKeychain(launcher, account);
	if (value === undefined) {
		void vscode.window.showWarningMessage(
			'The keychain did not give the secret back. Run "mcp-hygiene doctor" to see why.',
		);
		return false;
	}
	await paste.lend(value);
	void vscode.window.setStatusBarMessage(
		`$(copy) Copied. The clipboard is cleared in ${CLIPBOARD_SECONDS} seconds.`,
		CLIPBOARD_SECONDS * 1000,
	);
	return true;
}

/**
 * Asks the launcher's keychain program, over pipes: no message between client and server may hold a value. The wire form is
 * the one of `server/src/adapters/keychain/wire.ts`.
 */
function readKeychain(launcher: string, account: string): Promise<string | undefined> {
	return new Promise((resolve) => {
		const child = spawn(process.execPath, [launcher, 'keychain'], {
			stdio: ['pipe', 'pipe', 'ignore'],
			env: programEnvironment(),
			timeout: 15_000,
			killSignal: 'SIGKILL',
		});
		const chunks: Buffer[] = [];
		child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
		child.on('error', () => resolve(undefined));
		child.on('close', () => resolve(readAnswer(Buffer.concat(chunks).toString('utf8'))));
		child.stdin.on('error', () => undefined);
		child.stdin.end(`${JSON.stringify({ op: 'get', account })}\n`);
	});
}

/** What the keychain of each platform is found by, and nothing that changes how Node starts. */
const NEEDED = [
	'PATH',
	'HOME',
	'USER',
	'LOGNAME',
	'XDG_RUNTIME_DIR',
	'DBUS_SESSION_BUS_ADDRESS',
	'DISPLAY',
	'WAYLAND_DISPLAY',
	'SystemRoot',
	'USERPROFILE',
	'APPDATA',
	'LOCALAPPDATA',
] as const;

function programEnvironment(): NodeJS.ProcessEnv {
	const handed = NEEDED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
	return { ...Object.fromEntries(handed), ELECTRON_RUN_AS_NODE: '1' };
}

function readAnswer(answer: string): string | undefined {
	try {
		const { value } = JSON.parse(answer) as { value?: unknown };
		return typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : undefined;
	} catch {
		return undefined;
	}
}

/** Once the server has started, VS Code keeps the answer itself. */
async function forgetWhenStarted(client: LanguageClient, account: string, started: StartedWatch): Promise<void> {
	const until = Date.now() + WATCH_MINUTES * 60_000;
	while (Date.now() < until && client.isRunning()) {
		if (started.sees(toolNames())) {
			await client.sendRequest(FORGET_KEPT, { account });
			return;
		}
		await new Promise((resolve) => setTimeout(resolve, 2_000));
	}
}

function toolNames(): string[] {
	return vscode.lm.tools.map(({ name }) => name);
}
