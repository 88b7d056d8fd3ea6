import type { FilePlace } from './dialect.ts';

/** Where files are, in short; `*` stands for a part of one segment. */

/** In a project's folder. */
export function project(path: string): FilePlace {
	return { scope: 'workspace', path };
}

/** In the person's home folder. */
export function home(path: string, os?: FilePlace['os']): FilePlace {
	return { scope: 'user', base: 'home', path, ...(os ? { os } : {}) };
}

/** In the platform's folder for application settings. */
export function config(path: string, os?: FilePlace['os']): FilePlace {
	return { scope: 'user', base: 'config', path, ...(os ? { os } : {}) };
}

/** For all accounts of the machine, set by its administrator. */
export function machine(path: string, os: FilePlace['os']): FilePlace {
	return { scope: 'user', base: 'root', path, ...(os ? { os } : {}) };
}
