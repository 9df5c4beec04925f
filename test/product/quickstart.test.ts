import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunnerSupervisor, superviseRunner } from '../../scripts/runner-process.ts';
import { type TestEdge, startTestEdge } from '../harness/edge.ts';

const root = join(import.meta.dirname, '../..');
const page = await readFile(join(root, 'docs/quickstart.md'), 'utf8');
const blocks = (kind: string): string =>
  [...page.matchAll(/^```(\w+ \w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === kind)
    .map(([, , code]) => code)
    .join('\n');

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
});
