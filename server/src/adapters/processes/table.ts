import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { bootId, PARENT, STARTED, STATE, statFields } from './mark.ts';

export interface RunningProcess {
	readonly pid: number;
	readonly parent: number;
	/** As `ownMark` says it in that process. */
	readonly mark: string;
}

export type ProcessTable = ReadonlyMap<number, RunningProcess>;

/** Every process that this person may see, without the ones that ended and were not waited for. Undefined where that cannot be read. */
export function processTable(platform: NodeJS.Platform = process.platform): ProcessTable | undefined {
	try {
		if (platform === 'linux') return byPid(fromProc());
		return platform === 'darwin' ? byPid(fromPs()) : undefined;
	} catch {
		return undefined;
	}
}

function byPid(all: readonly RunningProcess[]): ProcessTable {
	return new Map(all.map((one) => [one.pid, one]));
}

function fromProc(): RunningProcess[] {
	const boot = bootId();
	return readdirSync('/proc')
		.filter((name) => /^[0-9]{1,10}$/.test(name))
		.flatMap((name) => {
			const fields = fieldsOf(Number(name));
			if (!fields || fields[STATE] === 'Z') return [];
			return { pid: Number(name), parent: Number(fields[PARENT]), mark: `${boot} ${fields[STARTED]}` };
		});
}

/** Undefined for one that ended meanwhile. */
function fieldsOf(pid: number): string[] | undefined {
	try {
		return statFields(pid);
	} catch {
		return undefined;
	}
}

/** `ps` of macOS, which has no `/proc`; that of Linux prints the same, so the tests read it there. */
export function fromPs(): RunningProcess[] {
	const text = execFileSync('/bin/ps', ['-axo', 'pid=,ppid=,stat=,lstart='], {
		encoding: 'utf8',
		env: { LC_ALL: 'C' },
		timeout: 5_000,
		maxBuffer: 10_000_000,
	});
	return text.split('\n').flatMap((line) => {
		const [pid, parent, state, ...started] = line.trim().split(/ {1,8}/);
		const at = Date.parse(started.join(' '));
		if (!state || state.startsWith('Z') || Number.isNaN(at)) return [];
		return { pid: Number(pid), parent: Number(parent), mark: String(at) };
	});
}

/** These and everything that they started, parents first. */
export function withDescendants(table: ProcessTable, roots: readonly number[]): RunningProcess[] {
	const found = new Set<RunningProcess>(roots.flatMap((pid) => table.get(pid) ?? []));
	// A set hands out what is added while it is gone through.
	for (const { pid } of found) for (const one of table.values()) if (one.parent === pid) found.add(one);
	return [...found];
}
