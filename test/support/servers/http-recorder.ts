// An MCP server over streamable HTTP that keeps the headers of every request, and offers `ping`.
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';

export interface HttpRecorder {
	/** `http://127.0.0.1:<port>/mcp` */
	readonly url: string;
	readonly requests: readonly RecordedRequest[];
	stop(): Promise<void>;
}

export interface RecordedRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

export async function startHttpRecorder(): Promise<HttpRecorder> {
	const requests: RecordedRequest[] = [];
	const http = createServer(async (request, response) => {
		const body = await bodyOf(request);
		requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
		if (request.method !== 'POST') {
			response.writeHead(405).end();
			return;
		}
		const server = new McpServer({ name: 'http-recorder', version: '1.0.0' });
		server.registerTool('ping', { description: 'Answers pong' }, async () => ({
			content: [{ type: 'text', text: 'pong' }],
		}));
		// No session: each request is answered on its own.
		const transport = new StreamableHTTPServerTransport({});
		response.on('close', () => void server.close());
		await server.connect(transport as Transport);
		await transport.handleRequest(request, response, JSON.parse(body));
	});
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	const { port } = http.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/mcp`,
		requests,
		stop: () =>
			new Promise((resolve) => {
				http.close(() => resolve());
				http.closeAllConnections();
			}),
	};
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}
