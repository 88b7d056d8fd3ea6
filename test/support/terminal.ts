import { spawn } from 'node:child_process';
import type { CanarySession, Ended } from './canary-session.ts';

/** A person at a terminal: what is typed once the screen shows something. */
export interface Typing {
	readonly when: RegExp;
	/** `found`: what was seen. A line ends with `\r`; `\x03` is Ctrl-C. */
	readonly type: (found: RegExpExecArray) => string | Promise<string>;
}

/** Reads the question, and types the code that it asks for. */
export const AGREE: Typing = {
	when: /Type ([0-9a-f]{6}), the code in its name, to \w+ it: /,
	type: ([, code]) => `${code}\r`,
};

/**
 * One run of the built command line on a pseudo-terminal (`script` of util-linux). `err` is the screen, `out` what went to standard
 * output, which is a file.
 */
export function runOnTerminal(
	session: CanarySession,
	args: readonly string[],
	typings: readonly Typing[],
): Promise<Ended> {
	const words = [process.execPath, session.bundle('cli'), ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
	const report = session.write('report.txt', '');
	const script = ['-qec', `exec ${words.join(' ')} > '${report}'`, '/dev/null'];
	const [command, ...rest] = session.keyring.command('script', script);
	const child = spawn(command, rest, { cwd: session.workspace, env: { ...session.env, SHELL: '/bin/sh' } });
	const left = [...typings];
	let screen = '';
	let seen = 0;
	child.stdout.on('data', async (chunk) => {
		screen += chunk;
		const found = left[0]?.when.exec(screen.slice(seen));
		if (!found) return;
		seen = screen.length;
		child.stdin.write(await left.shift()!.type(found));
	});
	child.stdin.on('error', () => undefined);
	return new Promise((resolve) =>
		child.on('close', (code) => resolve({ code, out: session.read('report.txt'), err: screen })),
	);
}
