import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type RunnerSupervisor, superviseRunner } from '../../scripts/runner-process.ts';
import { type TestEdge, startTestEdge } from '../harness/edge.ts';

const root = join(import.meta.dirname, '../..');
const page = await readFile(join(root, 'docs/quickstart.md'), 'utf8');
const blocks = (kind: string): string =>
  [...page.matchAll(/^```(\w+ \w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === kind)
    .map(([, , code]) => code)
    .join('\n');

const ToolResult = z.object({ content: z.tuple([z.object({ text: z.string() })]) });
const Id = z.object({ id: z.string() });
const Made = z.object({ head: Id, job: Id });
const Finished = z.object({ files: z.array(z.object({ name: z.string(), asset_id: z.string() })) });
const Link = z.object({ url: z.string() });

let edge: TestEdge;
let runner: RunnerSupervisor;
/** Inside the repository, where the client is found. */
let directory: string;

beforeAll(async () => {
  directory = join(root, 'out', `quickstart-${process.pid}`);
  await mkdir(join(directory, '.headwright'), { recursive: true });
  edge = await startTestEdge();
  const local = { url: edge.url, apiKey: edge.keys.apiKey };
  await writeFile(join(directory, '.headwright/local.json'), JSON.stringify(local));
  runner = superviseRunner({
    environment: {
      EDGE_URL: edge.url,
      RUNNER_KEY: edge.keys.runnerKey,
      RUNNER_NAME: 'quickstart',
      ENGINE: 'scripted',
    },
    logPath: join(edge.directory, 'runner.log'),
  });
});
afterAll(async () => {
  await runner?.stop();
  await edge?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Runs a program in the quickstart's folder; throws with its words unless it succeeds. */
async function run(
  command: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<string> {
  const child = spawn(command, args, { cwd: directory, env: { ...process.env, ...environment } });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const status = await new Promise((resolve) => child.on('close', resolve));
  if (status !== 0) throw new Error(`${command} ended with ${String(status)}: ${output}`);
  return output;
}

const isGlb = async (name: string): Promise<boolean> =>
  (await readFile(join(directory, name))).subarray(0, 4).toString('latin1') === 'glTF';

describe('the quickstart', () => {
  test('with curl ends with a model', async () => {
    await run('bash', ['-euc', `${blocks('sh setup')}\n${blocks('sh curl')}`]);
    expect(await isGlb('head.glb')).toBe(true);
    expect(await readFile(join(directory, 'events.txt'), 'utf8')).toContain('"status":"succeeded"');
  });

  test('with TypeScript ends with a model, and with the problem that it asks for', async () => {
    await writeFile(join(directory, 'quickstart.ts'), blocks('ts run'));
    const output = await run(process.execPath, ['quickstart.ts'], {
      HEADWRIGHT_URL: edge.url,
      HEADWRIGHT_KEY: edge.keys.apiKey,
    });
    expect(await isGlb('head-by-client.glb')).toBe(true);
    expect(output).toContain('job.');
  });

  test('with an assistant ends with a model, by the tools that it names', async () => {
    const child = spawn(process.execPath, [join(root, 'scripts/mcp.ts')], {
      env: { ...process.env, HEADWRIGHT_URL: edge.url, HEADWRIGHT_KEY: edge.keys.apiKey },
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const ask = async (method: string, params: object): Promise<unknown> => {
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })}\n`);
      return JSON.parse(String((await lines.next()).value)).result;
    };
    const use = async (name: string, input: object): Promise<unknown> => {
      expect(page).toContain(`\`${name}\``);
      const { content } = ToolResult.parse(await ask('tools/call', { name, arguments: input }));
      return JSON.parse(content[0].text);
    };
    const clientInfo = { name: 'quickstart', version: '1' };
    await ask('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
    child.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');

    const { head, job } = Made.parse(await use('make_head', { prompt: 'test:succeed', preset: 'draft' }));
    expect(await use('wait_for_job', { job_id: job.id })).toMatchObject({ status: 'succeeded' });
    const { files } = Finished.parse(await use('get_head', { head_id: head.id }));
    const file = files.find(({ name }) => name === 'head.glb');
    const { url } = Link.parse(await use('get_file_link', { asset_id: file?.asset_id }));
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(bytes.subarray(0, 4).toString('latin1')).toBe('glTF');
    expect(JSON.stringify(await use('list_heads', {}))).toContain(head.id);
    child.stdin.end();
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
  });
});
