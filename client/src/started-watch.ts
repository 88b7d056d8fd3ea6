/**
 * Tells when a server has started, by its tools, which appear under `mcp_<its name>_`. Tools that are there from the beginning
 * tell nothing: they may be those of the server as it ran before its config was changed.
 */
export class StartedWatch {
	readonly #prefix: string;
	#wasGone = false;

	constructor(server: string) {
		this.#prefix = `${`mcp_${server.replace(/[^a-z0-9_.-]/gi, '_').toLowerCase()}`.slice(0, 17)}_`;
	}

	/** Looks at the names of all tools. True: the server's own were gone, and came. */
	sees(tools: readonly string[]): boolean {
		if (!tools.some((name) => name.startsWith(this.#prefix))) {
			this.#wasGone = true;
			return false;
		}
		return this.#wasGone;
	}
}
