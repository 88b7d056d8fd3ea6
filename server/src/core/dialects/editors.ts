import type { FilePlace } from './dialect.ts';
import { config, home } from './files.ts';

/** Product folders of VS Code: the stable editor, Insiders, and the open builds. */
const VSCODE_PRODUCTS: readonly string[] = ['Code', 'Code - Insiders', 'VSCodium', 'Code - OSS', 'code-server'];

/** Editors built on VS Code, in which its extensions run. */
const FORKS: readonly string[] = ['VSCodium - Insiders', 'Cursor', 'Windsurf', 'Trae', 'Kiro', 'Antigravity'];

/** Where the editors' servers keep their data on the far side of SSH, WSL, containers and tunnels. */
const SERVER_FOLDERS: readonly string[] = [
	'.vscode-server',
	'.vscode-server-insiders',
	'.vscodium-server',
	'.vscode-remote',
];

/** A file of the `User` folder, and of each profile, wherever VS Code or one of its builds keeps it. */
export function userFiles(name: string): FilePlace[] {
	return [
		...VSCODE_PRODUCTS.flatMap((product) => [
			config(`${product}/User/${name}`),
			config(`${product}/User/profiles/*/${name}`),
		]),
		home(`.local/share/code-server/User/${name}`),
		home(`.local/share/code-server/User/profiles/*/${name}`),
		...SERVER_FOLDERS.flatMap((folder) => [
			home(`${folder}/data/User/${name}`),
			home(`${folder}/data/User/profiles/*/${name}`),
		]),
	];
}

/** The machine's own settings on the far side. */
export function machineFiles(name: string): FilePlace[] {
	return SERVER_FOLDERS.map((folder) => home(`${folder}/data/Machine/${name}`));
}

/** A file that an extension keeps in its global storage, in every editor in which it runs. */
export function extensionFiles(rest: string): FilePlace[] {
	return [
		...[...VSCODE_PRODUCTS, ...FORKS].map((product) => config(`${product}/User/globalStorage/${rest}`)),
		home(`.local/share/code-server/User/globalStorage/${rest}`),
		...SERVER_FOLDERS.map((folder) => home(`${folder}/data/User/globalStorage/${rest}`)),
	];
}
