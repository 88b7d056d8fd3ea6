import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { redactingTrace, traceHeadline } from '../../client/src/trace.ts';

/** The protocol library of the language client itself, not the server's: the two have different versions. */
const require = createRequire(import.meta.url);
const protocol: typeof import('vscode-languageserver-protocol/node') = createRequire(
	require.resolve('vscode-languageclient/node'),
)('vscode-languageserver-protocol/node');

const CANARY = 'canary-of-the-trace';

class Log {
	readonly lines: string[] = [];
	readonly logLevel = 1;
	trace(message: string): void {
		this.lines.push(message);
	}
	info(message: string): void {
		this.lines.push(message);
	}
}

/** All that the library traces, at its most talkative, while a document goes out and an answer comes back. */
async function traceOf(format: 'text' | 'json'): Promise<string[]> {
	const { createProtocolConnection, StreamMessageReader, StreamMessageWriter, Trace, TraceFormat } = protocol;
	const [there, back] = [new PassThrough(), new PassThrough()];
	const client = createProtocolConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
	const server = createProtocolConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
	server.onRequest('test/echo', (params: object) => params);
	server.listen();
	client.listen();
	const log = new Log();
	const channel = redactingTrace(log);
	const tracer = {
		// As the language client joins the two: first the headline, then everything.
		log: (entry: string | object, data?: string) =>
			channel.trace(typeof entry === 'string' ? `${entry}\n${data ?? ''}` : JSON.stringify(entry)),
	};
	await client.trace(Trace.Verbose, tracer, {
		sendNotification: false,
		traceFormat: format === 'text' ? TraceFormat.Text : TraceFormat.JSON,
	});
	await client.sendNotification('textDocument/didOpen', { textDocument: { text: CANARY } });
	const echoed = await client.sendRequest('test/echo', { text: CANARY });
	assert.deepEqual(echoed, { text: CANARY }, 'the content did travel');
	client.dispose();
	server.dispose();
	return log.lines;
}

describe('the protocol trace', () => {
	it('names each message at the verbose level, and nothing that is in it', async () => {
		const lines = await traceOf('text');
		assert.deepEqual(
			lines.map((line) => line.replace(/\(\d+\)/, '(n)')),
			[
				"Sending notification 'textDocument/didOpen'",
				"Sending request 'test/echo - (n)'",
				"Received response 'test/echo - (n)'",
			],
		);
	});

	it('holds no content in its JSON format either', async () => {
		assert.deepEqual(await traceOf('json'), []);
	});

	it('drops what it does not recognise', () => {
		assert.equal(traceHeadline(`Params: {"text":"${CANARY}"}`), undefined);
		assert.equal(traceHeadline(`Sending notification 'x ${CANARY}'`), undefined);
		assert.equal(traceHeadline(''), undefined);
	});

	it('leaves the rest of the channel as it is, even a frozen one', () => {
		const log = new Log();
		const channel = redactingTrace(Object.freeze(log));
		channel.info('started');
		channel.trace("Sending notification 'initialized'.\nParams: {}");
		assert.equal(channel.logLevel, 1);
		assert.deepEqual(log.lines, ['started', "Sending notification 'initialized'"]);
	});
});
