import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

export interface SeenRequest {
	readonly method: string;
	readonly url: string;
	readonly headers: IncomingMessage['headers'];
}

export interface HttpMcpServer {
	readonly origin: string;
	readonly requests: SeenRequest[];
	/** So many were opened at its port until now. */
	readonly connections: number;
	/** Sends a notification to every open stream. */
	notify(): void;
	/** Breaks every open connection. */
	breakStreams(): void;
	close(): Promise<void>;
}

export interface HttpMcpOptions {
	/** Answer with plain JSON in place of an event stream. */
	readonly json?: boolean;
	/** Answers before the MCP server gets the request; true = answered. */
	readonly intercept?: (request: IncomingMessage, response: ServerResponse) => boolean;
	readonly tls?: { readonly key: string; readonly cert: string };
}

/** A real streamable HTTP server of the MCP library, with one tool, on the loopback interface. */
export async function startHttpServer({ json = false, intercept, tls }: HttpMcpOptions = {}): Promise<HttpMcpServer> {
	const requests: SeenRequest[] = [];
	const sessions = new Map<string, { server: McpServer; transport: StreamableHTTPServerTransport }>();
	const handler = async (request: IncomingMessage, response: ServerResponse) => {
		requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
		if (intercept?.(request, response)) return;
		const known = sessions.get(String(request.headers['mcp-session-id']));
		await (known ?? (await open())).transport.handleRequest(request, response);
	};
	const open = async () => {
		const server = new McpServer({ name: 'http', version: '1.0.0' }, { capabilities: { logging: {} } });
		server.registerTool('echo', { description: 'answers' }, async () => ({
			content: [{ type: 'text', text: 'pong' }],
		}));
		const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
			sessionIdGenerator: () => `session-${sessions.size + 1}`,
			enableJsonResponse: json,
			onsessioninitialized: (id) => void sessions.set(id, { server, transport }),
		});
		await server.connect(transport as Parameters<McpServer['connect']>[0]);
		return { server, transport };
	};
	const http: Server = tls ? (createTlsServer(tls, handler) as unknown as Server) : createServer(handler);
	let connections = 0;
	http.on('connection', () => {
		connections++;
	});
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	const { port } = http.address() as AddressInfo;
	return {
		origin: `${tls ? 'https' : 'http'}://${tls ? 'localhost' : '127.0.0.1'}:${port}`,
		requests,
		get connections() {
			return connections;
		},
		notify: () => {
			for (const { server } of sessions.values()) server.sendToolListChanged();
		},
		breakStreams: () => http.closeAllConnections(),
		close: () =>
			new Promise((resolve) => {
				http.close(() => resolve());
				http.closeAllConnections();
			}),
	};
}
