import type { CredentialRow } from '../../server/src/protocol/index.ts';
import type { FromTable } from './messages.ts';
import { groupsOf, type RowGroup, START, type TableQuery } from './rows.ts';

/** What VS Code gives a webview. */
export interface Host {
	postMessage(message: FromTable): void;
	getState(): Partial<Kept> | undefined;
	setState(state: Kept): void;
}

interface Kept {
	readonly query: TableQuery;
	readonly open: readonly string[];
}

/** The rows, and what a person chose: VS Code keeps that while the editor tab lives. */
export class TableState {
	readonly #host: Host;
	readonly #open: Set<string>;
	#query: TableQuery;
	rows: readonly CredentialRow[] = [];

	constructor(host: Host) {
		const kept = host.getState();
		this.#host = host;
		this.#query = { ...START, ...kept?.query };
		this.#open = new Set(kept?.open);
	}

	get query(): TableQuery {
		return this.#query;
	}

	change(part: Partial<TableQuery>): void {
		this.#query = { ...this.#query, ...part };
		this.#keep();
	}

	isOpen(id: string): boolean {
		return this.#open.has(id);
	}

	toggle(id: string): void {
		if (!this.#open.delete(id)) this.#open.add(id);
		this.#keep();
	}

	groups(): readonly RowGroup[] {
		return groupsOf(this.rows, this.#query);
	}

	#keep(): void {
		this.#host.setState({ query: this.#query, open: [...this.#open] });
	}
}
