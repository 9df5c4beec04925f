import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { writeSafetensors } from '../../apps/gpu-runner/src/tensor/write-safetensors.ts';
import { findPort } from '../../scripts/edge-process.ts';
import { createPublicApi } from '../../scripts/public-api.ts';
import { ROOT } from '../../scripts/wrangler.ts';
import { type MarkedProcess, startMarked } from '../harness/marked-process.ts';
import { waitFor } from '../harness/wait-for.ts';

// What a person types, as a person types it.

let folder = '';
const started: MarkedProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwright-commands-'));
});
afterEach(async () => {
  for (const pid of started.splice(0).flatMap((each) => each.remains())) process.kill(pid, 'SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function run(command: string, ...args: string[]): MarkedProcess {
  const marked = startMarked('node', ['scripts/launch.mjs', command, ...args], ROOT);
  started.push(marked);
  return marked;
}

async function runStart(...args: string[]): Promise<MarkedProcess> {
  const port = await findPort(0);
  return run(
    'start',
    '--port',
    String(port),
    '--state',
    join(folder, 'state'),
    '--out',
    join(folder, 'out'),
    ...args,
  );
}

async function expectNothingLeft(marked: MarkedProcess): Promise<void> {
  await waitFor('every process to end', () => marked.remains().length === 0, 5_000);
  expect(marked.remains()).toEqual([]);
}

describe('npm start', () => {
  test('--once makes the head, says where its files are, and leaves no process', async () => {
    const start = await runStart('--once', '--preset', 'smoke', 'a red demon');
    expect(await start.outcome()).toMatchObject({ status: 0 });
    const [head] = await readdir(join(folder, 'out'));
    expect(head).toMatch(/^a-red-demon-\d+$/);
    expect((await readFile(join(folder, 'out', head, 'head.glb'))).subarray(0, 4).toString()).toBe('glTF');
    expect(start.output()).toContain(head);
    expect(start.output()).toMatch(/texture \d+\/\d+ · \d+ %/);
    await expectNothingLeft(start);
  });

  test('--no-sample serves; CTRL-C ends it with all its processes', async () => {
    const start = await runStart('--no-sample');
    await start.says('Serving');
    const local = z
      .strictObject({ url: z.string(), apiKey: z.string(), operatorKey: z.string() })
      .parse(JSON.parse(await readFile(join(folder, 'state', 'local.json'), 'utf8')));
    const { head } = await createPublicApi(local.url, local.apiKey).createHead({ prompt: 'an old man' });
    expect(head.status).toBe('queued');
    start.interrupt();
    expect(await start.outcome()).toMatchObject({ status: 0 });
    await expectNothingLeft(start);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test('a killed launcher takes everything along', async () => {
    const start = await runStart('--preset', 'smoke', 'a red demon');
    await start.says('geometry');
    start.child.kill('SIGKILL');
    await expectNothingLeft(start);
  });

  test('a busy port is named', async () => {
    const first = await runStart('--no-sample');
    await first.says('Serving');
    const port = new URL(
      z
        .object({ url: z.string() })
        .parse(JSON.parse(await readFile(join(folder, 'state', 'local.json'), 'utf8'))).url,
    ).port;
    const second = run('start', '--port', port, '--state', join(folder, 'second'));
    expect(await second.outcome()).toMatchObject({ status: 1 });
    expect(second.output()).toContain(`port ${port} is busy`);
    first.interrupt();
    await first.outcome();
    await expectNothingLeft(first);
  });
});

describe('npm run head', () => {
  test('CTRL-C in the middle leaves nothing', async () => {
    const head = run('head', 'a red demon', '--preset', 'smoke', '--out', join(folder, 'heads', 'demon'));
    await head.says('geometry');
    head.interrupt();
    expect(await head.outcome()).toMatchObject({ status: 130 });
    expect(await readdir(folder)).toEqual([]);
    await expectNothingLeft(head);
  });

  test('a stopped run goes on where it was and leaves no checkpoint; --restart begins anew', async () => {
    const args = ['a red demon', '--preset', 'smoke', '--out', join(folder, 'heads', 'demon')];
    const stopAtTexture = async (...more: string[]): Promise<string> => {
      const head = run('head', ...args, ...more);
      await head.says('texture');
      head.interrupt();
      expect(await head.outcome()).toMatchObject({ status: 130 });
      const [kept, ...rest] = await readdir(join(folder, 'heads'));
      expect(rest).toEqual([]);
      expect(kept).toMatch(/^\.demon\.[0-9a-f]+\.checkpoint$/);
      return head.output();
    };
    expect(await stopAtTexture()).toMatch(/geometry \d/);
    expect(await stopAtTexture('--restart')).toMatch(/geometry \d/);
    const rest = run('head', ...args);
    expect(await rest.outcome()).toMatchObject({ status: 0 });
    expect(rest.output()).toContain('going on from where an earlier run was stopped');
    expect(rest.output()).not.toMatch(/geometry \d/);
    expect(await readdir(join(folder, 'heads'))).toEqual(['demon']);
    expect(await readdir(join(folder, 'heads', 'demon'))).toContain('head.state');
  });

  test.each([
    ['the prompt', []],
    ['the prompt', ['']],
    ['--seed', ['a demon', '--seed', '-1']],
    ['--seed', ['a demon', '--seed=1.5']],
    ['--preset', ['a demon', '--preset', 'huge']],
    ['--beard', ['a demon', '--beard', 'long']],
    ['--teacher', ['a demon', '--teacher', '/nowhere']],
    ['--template', ['a demon', '--template', '/nowhere']],
  ])('names %s when it is wrong: %j', async (name, args) => {
    const head = run('head', ...args);
    expect(await head.outcome()).toMatchObject({ status: 1 });
    expect(head.output()).toContain(name);
  });
});

describe('npm run edit', () => {
  test('edits the head in a folder into another folder, and leaves the first as it is', async () => {
    const [base, edited] = [join(folder, 'base'), join(folder, 'edited')];
    const head = run('head', 'a young man', '--preset', 'smoke', '--out', base);
    expect(await head.outcome()).toMatchObject({ status: 0 });
    const before = await readFile(join(base, 'head.glb'));
    const edit = run('edit', base, 'with an open mouth', '--preset', 'smoke', '--out', edited);
    expect(await edit.outcome()).toMatchObject({ status: 0 });
    expect(edit.output()).toContain('"a young man" → "with an open mouth" (geometry)');
    expect((await readdir(edited)).toSorted()).toEqual((await readdir(base)).toSorted());
    expect(await readFile(join(base, 'head.glb'))).toEqual(before);
    expect(await readFile(join(edited, 'head.glb'))).not.toEqual(before);
    await expectNothingLeft(edit);
  });

  test.each([
    ['HEAD_DIR', ['/nowhere', 'happy']],
    ['HEAD_DIR', ['/nowhere']],
    ['--kind', ['/nowhere', 'happy', '--kind', 'hair']],
    ['the words', ['/nowhere', '']],
  ])('names %s when it is wrong: %j', async (name, args) => {
    const edit = run('edit', ...args);
    expect(await edit.outcome()).toMatchObject({ status: 1 });
    expect(edit.output()).toContain(name);
  });

  test('refuses a state of another version by its format', async () => {
    await writeFile(join(folder, 'head.state'), writeSafetensors(new Map(), { format: 'headwright-head/9' }));
    const edit = run('edit', folder, 'happy');
    expect(await edit.outcome()).toMatchObject({ status: 1 });
    expect(edit.output()).toContain(
      'expected format headwright-head/1 or headwright-head/2, got headwright-head/9',
    );
  });
});

test.each(['start', 'test', 'head', 'edit', 'verify'])(
  'npm run %s -- --help explains itself',
  async (command) => {
    const help = run(command, '--help');
    expect(await help.outcome()).toMatchObject({ status: 0 });
    expect(help.output()).toContain('Usage: npm');
  },
);
