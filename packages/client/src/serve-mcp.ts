import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createMcpServer } from './create-mcp-server.ts';
import { Headwright } from './headwright.ts';

/** Serves one account to a program that speaks the Model Context Protocol over standard input and output (Node). */
export function serveMcp(options: { apiKey: string; baseUrl: string }): void {
  serveStdio(() => createMcpServer(new Headwright(options), options.baseUrl));
}
