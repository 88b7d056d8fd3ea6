// node recorder.ts FILE NAME...: an MCP server over stdio that writes what it was started with to FILE, then offers `ping`.
import { writeFileSync } from 'node:fs';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

const [file, ...names] = process.argv.slice(2);
if (file === undefined) throw new Error('Usage: recorder.ts FILE NAME...');

const env = Object.fromEntries(names.map((name) => [name, process.env[name]]));
writeFileSync(file, JSON.stringify({ argv: process.argv.slice(2), cwd: process.cwd(), env }));

const server = new McpServer({ name: 'recorder', version: '1.0.0' });
server.registerTool('ping', { description: 'Answers pong' }, async () => ({
	content: [{ type: 'text', text: 'pong' }],
}));
await server.connect(new StdioServerTransport());
