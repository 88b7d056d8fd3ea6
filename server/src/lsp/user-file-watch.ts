import { basename, dirname } from 'node:path';
import {
	type ClientCapabilities,
	type Connection,
	DidChangeWatchedFilesNotification,
	type DidChangeWatchedFilesRegistrationOptions,
	type Disposable,
} from 'vscode-languageserver/node';
import { uriOf } from './session.ts';

/**
 * Asks the editor to tell when one of a person's own configs changes: other hosts and their command lines write them, and
 * they lie outside of the open folders, which the client watches by itself. An editor that cannot watch there tells nothing;
 * the list is then as old as its last look.
 */
export class UserFileWatch {
	readonly #connection: Connection;
	readonly #isSupported: boolean;
	#watched = '';
	#registration: Disposable | undefined;

	constructor(connection: Connection, { workspace }: ClientCapabilities) {
		this.#connection = connection;
		const { dynamicRegistration, relativePatternSupport } = workspace?.didChangeWatchedFiles ?? {};
		this.#isSupported = dynamicRegistration === true && relativePatternSupport === true;
	}

	/** From now on these files and no others. Each look calls this; without a change nothing is sent. */
	async follow(paths: readonly string[]): Promise<void> {
		const watched = paths.join('\0');
		if (!this.#isSupported || watched === this.#watched) return;
		this.#watched = watched;
		this.#registration?.dispose();
		this.#registration = undefined;
		if (paths.length > 0) this.#registration = await this.#register(paths).catch(() => undefined);
	}

	#register(paths: readonly string[]): Promise<Disposable> {
		const options: DidChangeWatchedFilesRegistrationOptions = {
			watchers: paths.map((path) => ({
				globPattern: { baseUri: uriOf(dirname(path)), pattern: asGlob(basename(path)) },
			})),
		};
		return this.#connection.client.register(DidChangeWatchedFilesNotification.type, options);
	}
}

/** A name is matched as it is: `[` and its like are put into brackets, where they mean themselves. */
function asGlob(name: string): string {
	return name.replace(/[*?[\]{}]/g, (special) => `[${special}]`);
}
