/** VS Code as a server on 127.0.0.1, with folders of its own, so that nothing of the machine's editor is touched. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { type Background, startInBackground } from './child.ts';
import { temporaryFolder, until } from './temporary.ts';

export interface CodeServerOptions {
	/** code-server's entry file, from `ensureTools`. */
	readonly entry: string;
	/** `false`: Workspace Trust is on, and every folder starts untrusted. Default `true`: it is off, everything is trusted. */
	readonly trusted?: boolean;
	readonly env?: NodeJS.ProcessEnv;
	/** How to start a program, where that is not simply itself: `KeyringSession.command`. */
	readonly command?: (program: string, args: readonly string[]) => readonly [string, ...string[]];
	/** The page loads an extension from a folder and runs a suite in it. VS Code then shows no notification. */
	readonly testSuite?: boolean;
	/** User settings on top of the quiet ones that every run gets. */
	readonly settings?: Readonly<Record<string, unknown>>;
	/** VSIX files to install first. */
	readonly extensions?: readonly string[];
	/** Folder of extensions that {@link installExtensions} filled, to be copied. */
	readonly installed?: string;
	/** Where user data and extensions stay; absent: a temporary folder, removed by `stop`. */
	readonly folder?: string;
}

export interface CodeServer {
	readonly port: number;
	/** Address that opens a folder. */
	urlOf(folder: string): string;
	/** `.../User`, where settings.json and the user-level mcp.json are. */
	readonly userFolder: string;
	/** Everything below is user data: settings, logs, workspace state. */
	readonly dataFolder: string;
	readonly ended: Promise<void>;
	output(): string;
	stop(): Promise<void>;
}

/** No welcome pages, no update checks, no chat set-up: what a test clicks on is only what it asked for. */
const QUIET_SETTINGS = {
	'security.workspace.trust.startupPrompt': 'never',
	'security.workspace.trust.banner': 'never',
	'workbench.startupEditor': 'none',
	'workbench.tips.enabled': false,
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	'chat.commandCenter.enabled': false,
	'telemetry.telemetryLevel': 'off',
	'extensions.ignoreRecommendations': true,
	'git.openRepositoryInParentFolders': 'never',
	'files.simpleDialog.enable': true,
} as const;

const START_MS = 30_000;

export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
	const temporary = options.folder === undefined ? temporaryFolder('code-server') : undefined;
	const folder = options.folder ?? temporary?.path ?? '';
	const trusted = options.trusted ?? true;
	const userFolder = `${folder}/data/User`;
	mkdirSync(userFolder, { recursive: true });
	writeFileSync(
		`${userFolder}/settings.json`,
		JSON.stringify(
			{ ...QUIET_SETTINGS, 'security.workspace.trust.enabled': !trusted, ...options.settings },
			undefined,
			'\t',
		),
	);
	const env = { ...process.env, ...options.env };
	if (options.installed) cpSync(options.installed, `${folder}/extensions`, { recursive: true });
	if (options.extensions) installExtensions(options.entry, folder, options.extensions, env);
	const args = [
		options.entry,
		// A port that the system chooses: one that is looked for first can be taken by a test beside this one.
		...['--bind-addr', '127.0.0.1:0', '--auth', 'none'],
		...['--disable-telemetry', '--disable-update-check'],
		...(trusted ? ['--disable-workspace-trust'] : []),
		...foldersIn(folder),
		...(options.testSuite ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
	];
	const [program, ...programArgs] = options.command?.(process.execPath, args) ?? [process.execPath, ...args];
	const server = startInBackground(program, programArgs, { env });
	const stop = async () => {
		await server.stop();
		temporary?.remove();
	};
	const port = await portOf(server).catch(async () => {
		await stop();
		throw new Error(`code-server did not start:\n${server.output()}`);
	});
	return {
		port,
		urlOf: (workspace) => `http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}`,
		userFolder,
		dataFolder: `${folder}/data`,
		ended: server.ended,
		output: () => server.output(),
		stop,
	};
}

/** Installs VSIX files as code-server's own command line does, into `extensions` in this folder. */
export function installExtensions(
	entry: string,
	folder: string,
	files: readonly string[],
	env: NodeJS.ProcessEnv,
): void {
	for (const vsix of files) {
		const install = [entry, ...foldersIn(folder), '--install-extension', vsix, '--force'];
		execFileSync(process.execPath, install, { env, stdio: 'pipe' });
	}
}

function foldersIn(folder: string): readonly string[] {
	// An own, empty configuration file keeps it off the person's.
	writeFileSync(`${folder}/config.yaml`, '');
	return [
		...['--config', `${folder}/config.yaml`],
		...['--user-data-dir', `${folder}/data`],
		...['--extensions-dir', `${folder}/extensions`],
	];
}

/** It names its address when it listens. */
async function portOf(server: Background): Promise<number> {
	const listening = () => /listening on http:\/\/127\.0\.0\.1:([0-9]{1,5})/.exec(server.output())?.[1];
	const port = Number(await until('the port of code-server', listening, START_MS));
	await until(
		'an answer of code-server',
		() =>
			fetch(`http://127.0.0.1:${port}/healthz`).then(
				({ ok }) => ok || undefined,
				() => undefined,
			),
		START_MS,
	);
	return port;
}
