import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/**
 * Asks on the terminal, on stderr because stdout carries reports only. With `hidden` nothing that is typed is echoed.
 * An end of input answers with an empty text.
 */
export function askTerminal(question: string, hidden: boolean): Promise<string> {
	process.stderr.write(question);
	const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
	const lines = createInterface({
		input: process.stdin,
		output: hidden ? silent : process.stderr,
		terminal: true,
		historySize: 0,
	});
	return new Promise((resolve) => {
		let answer = '';
		lines.once('line', (line) => {
			answer = line;
			lines.close();
		});
		lines.once('SIGINT', () => lines.close());
		lines.once('close', () => {
			if (hidden) process.stderr.write('\n');
			resolve(answer);
		});
	});
}
