/**
 * Looks at the command line and the environment of every process of this machine while a test runs, from a thread of its
 * own, because the test's own thread waits for these processes.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

export interface SeenProcess {
	readonly pid: string;
	readonly commandLine: string;
	readonly environment: string;
}

export class ProcessWatch {
	readonly #worker = new Worker(new URL(import.meta.url), { workerData: { every: 4 } });

	/** Ends the watch. @returns everything that was seen, each state of a process once */
	async stop(): Promise<SeenProcess[]> {
		const seen = new Promise<SeenProcess[]>((resolve) => this.#worker.once('message', resolve));
		this.#worker.postMessage('stop');
		const list = await seen;
		await this.#worker.terminate();
		return list;
	}

	static async start(): Promise<ProcessWatch> {
		const watch = new ProcessWatch();
		await new Promise((resolve) => watch.#worker.once('online', resolve));
		return watch;
	}
}

if (!isMainThread && parentPort) {
	const port = parentPort;
	const seen = new Map<string, SeenProcess>();
	const timer = setInterval(() => look(seen), (workerData as { every: number }).every);
	port.once('message', () => {
		clearInterval(timer);
		look(seen);
		port.postMessage([...seen.values()]);
	});
}

function look(seen: Map<string, SeenProcess>): void {
	for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
		const commandLine = read(`/proc/${pid}/cmdline`);
		// A process becomes another program by exec, so its command line tells its states apart.
		const key = `${pid} ${commandLine}`;
		if (commandLine !== '' && !seen.has(key))
			seen.set(key, { pid, commandLine, environment: read(`/proc/${pid}/environ`) });
	}
}

/** Other people's processes cannot be read, and short ones are gone. */
function read(path: string): string {
	try {
		return readFileSync(path, 'utf8').replaceAll('\0', ' ').trim();
	} catch {
		return '';
	}
}
