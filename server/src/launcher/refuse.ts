import { writeSync } from 'node:fs';

/** Exit code of every refusal: EX_CONFIG of sysexits. */
export const EXIT_REFUSED = 78;

/** Nothing is released. `message` is one line for people with the way out. */
export class Refused extends Error {
	override readonly name = 'Refused';
}

/** Writes our one line. Straight to the descriptor: it must be out before this process is replaced or killed. */
export function complain(line: string): void {
	try {
		writeSync(2, `mcp-hygiene: ${line.replaceAll(/[\r\n]+/g, ' ')}\n`);
	} catch {
		// Nobody reads stderr. The exit code still tells.
	}
}

/** More than any first request; a host that sends more before an answer is not waiting for one. */
const MAX_BYTES = 1 << 20;
const PATIENCE_MS = 5_000;

/**
 * Answers the first request on stdin with an error, so that the host shows our line and not "connection closed". Whatever the
 * method is; notifications have no answer. Waits for a bounded time, and not at all for a person at a terminal.
 */
export async function answerFirstRequest(
	message: string,
	input: NodeJS.ReadStream = process.stdin,
	output = process.stdout,
): Promise<void> {
	if (input.isTTY) return;
	const id = await firstRequestId(input);
	if (id === undefined) return;
	const answer = { jsonrpc: '2.0', id, error: { code: -32_000, message } };
	await new Promise<void>((resolve) => {
		output.once('error', () => resolve());
		output.write(`${JSON.stringify(answer)}\n`, () => resolve());
	});
}

function firstRequestId(input: NodeJS.ReadStream): Promise<string | number | undefined> {
	return new Promise((resolve) => {
		let text = '';
		let done = 0;
		const finish = (id?: string | number) => {
			clearTimeout(timer);
			input.destroy();
			resolve(id);
		};
		const timer = setTimeout(finish, PATIENCE_MS);
		input.setEncoding('utf8');
		input.on('data', (chunk: string) => {
			text += chunk;
			for (let end = text.indexOf('\n', done); end >= 0; end = text.indexOf('\n', done)) {
				const id = requestId(text.slice(done, end));
				if (id !== undefined) return finish(id);
				done = end + 1;
			}
			if (text.length > MAX_BYTES) finish();
		});
		input.on('end', () => finish(requestId(text.slice(done))));
		input.on('error', () => finish());
	});
}

function requestId(line: string): string | number | undefined {
	try {
		const data: unknown = JSON.parse(line);
		const messages = Array.isArray(data) ? data : [data];
		const request = messages.find((message) => typeof message?.method === 'string' && isId(message.id));
		return request?.id;
	} catch {
		return undefined;
	}
}

function isId(id: unknown): id is string | number {
	return typeof id === 'string' || typeof id === 'number';
}
