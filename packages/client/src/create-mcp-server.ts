import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Asset, Job } from './generated/types.ts';
import { HeadwrightError } from './headwright-error.ts';
import type { Headwright } from './headwright.ts';

const WAIT_MAX_SECONDS = 60;

/** What every tool answers with: an object of the API as JSON. A refusal is told with its code, so that a model may mend its request. */
async function answer(work: Promise<object>) {
  try {
    return { content: [{ type: 'text' as const, text: JSON.stringify(await work) }] };
  } catch (error) {
    if (!(error instanceof HeadwrightError)) throw error;
    const { code, message, problem } = error;
    const text = JSON.stringify({ code, detail: message, errors: problem?.errors });
    return { content: [{ type: 'text' as const, text }], isError: true };
  }
}

/** A job once it has ended, or as it is after some seconds. */
async function waitForJob(client: Headwright, id: string, seconds: number): Promise<Job> {
  for (let left = seconds; ; left -= 30) {
    const job = await client.getJob(id, { wait: Math.max(0, Math.min(30, left)) });
    if (job.terminal || left <= 30) return job;
  }
}

/**
 * A server of the Model Context Protocol over one account: a program that speaks it can make heads, wait for them, and
 * fetch them. It remembers nothing between calls.
 *
 * References: Model Context Protocol, 2026-07-28 (https://modelcontextprotocol.io/specification).
 */
export function createMcpServer(client: Headwright, baseUrl: string): McpServer {
  const server = new McpServer({ name: 'headwright', version: '1.0.0' });
  addMaking(server, client);
  addReading(server, client, baseUrl);
  return server;
}

const id = (of: string) => z.string().describe(`Of the ${of}.`);

function addMaking(server: McpServer, client: Headwright): void {
  server.registerTool(
    'make_head',
    {
      description:
        'Starts making a textured 3D head from words. Costs money. Answers at once with the head and its job: wait for the job.',
      inputSchema: z.object({
        prompt: z.string().describe('Such as "a red demon with horns".'),
        preset: z.enum(['draft', 'standard']).exactOptional(),
        model: z.string().exactOptional(),
        seed: z.int().exactOptional(),
        max_cost: z.int().exactOptional().describe('Refuse rather than cost more than so many cents.'),
        renditions: z.array(z.enum(['mobile.glb', 'full.glb', 'ios.usdz', 'android_ar.glb'])).exactOptional(),
      }),
    },
    (input) => answer(client.createHead(input)),
  );
}

function addReading(server: McpServer, client: Headwright, baseUrl: string): void {
  const annotations = { readOnlyHint: true };
  server.registerTool(
    'wait_for_job',
    {
      description:
        'A job once it has ended, or as it is after some seconds: ask again while it is not terminal.',
      inputSchema: z.object({ job_id: id('job'), seconds: z.int().min(0).max(WAIT_MAX_SECONDS).default(30) }),
      annotations,
    },
    ({ job_id: jobId, seconds }) => answer(waitForJob(client, jobId, seconds)),
  );
  server.registerTool(
    'get_head',
    { description: 'A head with its files.', inputSchema: z.object({ head_id: id('head') }), annotations },
    ({ head_id: headId }) => answer(client.getHead(headId)),
  );
  server.registerTool(
    'get_file_link',
    {
      description: 'A file of a head, with a link (`url`) that needs no key and lasts an hour.',
      inputSchema: z.object({ asset_id: id('file: `asset_id` in `files` of a head') }),
      annotations,
    },
    ({ asset_id: assetId }) => answer(linkTo(client, baseUrl, assetId)),
  );
  server.registerTool(
    'list_heads',
    {
      description: 'Heads of the account, newest first.',
      inputSchema: z.object({
        limit: z.int().min(1).max(100).exactOptional(),
        starting_after: z.string().exactOptional().describe('The last head of the page before.'),
      }),
      annotations,
    },
    (input) => answer(client.listHeads(input)),
  );
}

async function linkTo(client: Headwright, baseUrl: string, assetId: string): Promise<Asset> {
  const asset = await client.getAsset(assetId);
  return { ...asset, url: new URL(asset.url, baseUrl).href };
}
