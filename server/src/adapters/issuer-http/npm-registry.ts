import { tmpdir } from 'node:os';
import { parse } from 'node:path';
import spawn from 'cross-spawn';

const DEADLINE = 10_000;
const LONGEST = 4096;

/**
 * Which registry npm uses for this person, asked at the root of the disk: a project's `.npmrc` must not choose where a token is
 * sent. Neither may variables that a host or a config handed over. Undefined if npm is not there or does not say.
 *
 * @param environment this process's own; only what npm needs to run passes.
 */
export function npmRegistry(environment: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
	const kept = Object.entries(environment).filter(([name]) =>
		/^(?:PATH|HOME|USERPROFILE|APPDATA|SYSTEMROOT|PATHEXT|COMSPEC)$/i.test(name),
	);
	return new Promise((resolve) => {
		const child = spawn('npm', ['config', 'get', 'registry'], {
			cwd: parse(tmpdir()).root,
			env: Object.fromEntries(kept),
			stdio: ['ignore', 'pipe', 'ignore'],
			windowsHide: true,
		});
		// Not the option `timeout`, whose timer outlives a program that could not be started.
		const timer = setTimeout(() => child.kill('SIGKILL'), DEADLINE);
		const end = (registry?: string): void => {
			clearTimeout(timer);
			resolve(registry);
		};
		let output = '';
		child.stdout?.on('data', (chunk: Buffer) => {
			output = (output + chunk).slice(0, LONGEST);
		});
		child.on('error', () => end());
		child.on('close', (code) =>
			end(code === 0 && /^https?:\/\/\S{1,2000}$/.test(output.trim()) ? output.trim() : undefined),
		);
	});
}
