import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../scripts/teacher.ts', import.meta.url));
const SHARDS = 12;

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'teacher-render-'));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

function renderArguments(directory: string, workers: number): string[] {
  const options = { identities: SHARDS, 'per-shard': 1, views: 3, size: 32, workers, out: directory };
  return [
    SCRIPT,
    'render',
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
  ];
}

/** Renders until some shards are on disk, then kills the process without warning. */
async function renderAndKill(directory: string): Promise<void> {
  const child = spawn(process.execPath, renderArguments(directory, 2), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.on('data', (chunk) => {
    if (/shard [3-9]/.test(String(chunk))) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.on('exit', resolve));
}

function shardsOf(directory: string): string[] {
  return readdirSync(directory).filter((name) => name.endsWith('.safetensors'));
}

test('a data set that was killed and resumed has the bytes of one that was not', async () => {
  const broken = join(root, 'broken');
  await renderAndKill(broken);
  const survived = shardsOf(broken).length;
  expect(survived).toBeGreaterThan(0);
  expect(survived).toBeLessThan(SHARDS);

  const resumed = spawnSync(process.execPath, renderArguments(broken, 1), { encoding: 'utf8' });
  expect([resumed.status, resumed.stderr]).toEqual([0, '']);
  expect(resumed.stdout).toContain(`${SHARDS} shards`);

  const whole = join(root, 'whole');
  const once = spawnSync(process.execPath, renderArguments(whole, 2), { encoding: 'utf8' });
  expect([once.status, once.stderr]).toEqual([0, '']);
  const names = readdirSync(whole).sort();
  expect(readdirSync(broken).sort()).toEqual(names);
  const different = names.filter(
    (name) => !readFileSync(join(broken, name)).equals(readFileSync(join(whole, name))),
  );
  expect(different).toEqual([]);
});

test('says what it can do, and which option is wrong', () => {
  const run = (...args: string[]) => spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
  expect(run('--help').stdout).toMatch(/render .*\n.*train .*\n.*sample .*\n.*evaluate .*\n.*pack /);
  expect(run('render', '--help').stdout).toContain('--identities N');
  expect(run('sample', '--help').stdout).toContain('--negative TEXT');
  const wrong = run('render', '--out', join(root, 'none'), '--identities', 'many');
  expect(wrong.status).toBe(1);
  expect(wrong.stderr).toBe('teacher: --identities: must be a whole number\n');
  expect(run('paint').stderr).toContain('expected one of render, train, sample, evaluate, pack, got paint');
});
