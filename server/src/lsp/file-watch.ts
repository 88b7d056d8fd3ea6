import { basename, dirname } from 'node:path';
import {
	type ClientCapabilities,
	type Connection,
	DidChangeWatchedFilesNotification,
	type DidChangeWatchedFilesRegistrationOptions,
	type Disposable,
} from 'vscode-languageserver/node';
import { projectGlob } from './config-globs.ts';
import { uriOf } from './session.ts';

/**
 * Asks the editor to tell when a config changes that it did not change itself: a pull, another host and its command line write them
 * too. In the open folders that is whatever could be a config; of a person's own, which lie outside, those that exist. An editor
 * that cannot watch tells nothing; the list is then as old as its last look.
 */
export class FileWatch {
	readonly #connection: Connection;
	readonly #inFolders: boolean;
	readonly #outside: boolean;
	#watched = '';
	#registration: Disposable | undefined;

	constructor(connection: Connection, { workspace }: ClientCapabilities) {
		this.#connection = connection;
		const { dynamicRegistration, relativePatternSupport } = workspace?.didChangeWatchedFiles ?? {};
		this.#inFolders = dynamicRegistration === true;
		this.#outside = this.#inFolders && relativePatternSupport === true;
	}

	/** From now on, in every folder that is or gets open. */
	start(): void {
		if (this.#inFolders) this.#register([{ globPattern: projectGlob() }]).catch(() => undefined);
	}

	/** From now on these files of the person and no others. Each look calls this; without a change nothing is sent. */
	async follow(paths: readonly string[]): Promise<void> {
		const watched = paths.join('\0');
		if (!this.#outside || watched === this.#watched) return;
		this.#watched = watched;
		this.#registration?.dispose();
		this.#registration = undefined;
		const watchers = paths.map((path) => ({
			globPattern: { baseUri: uriOf(dirname(path)), pattern: asGlob(basename(path)) },
		}));
		if (paths.length > 0) this.#registration = await this.#register(watchers).catch(() => undefined);
	}

	#register(watchers: DidChangeWatchedFilesRegistrationOptions['watchers']): Promise<Disposable> {
		return this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
	}
}

/** A name is matched as it is: `[` and its like are put into brackets, where they mean themselves. */
function asGlob(name: string): string {
	return name.replace(/[*?[\]{}]/g, (special) => `[${special}]`);
}
