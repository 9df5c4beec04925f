import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { createWorkDirectory, removeLeftovers } from './work-directory.ts';

afterEach(() => vi.unstubAllEnvs());

test('a runner removes what dead ones left, and touches nothing of a living one or of another machine', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'work-directory-test-'));
  vi.stubEnv('TMPDIR', folder);
  const nameOf = (host: string, pid: number): string => `headwright-job-${host}-${pid}-aBc123`;
  const { pid: dead } = spawnSync(process.execPath, ['--version']);
  const mine = basename(await createWorkDirectory());
  const leftovers = [nameOf(hostname(), dead), mine];
  // Whoever started this test lives.
  const others = [nameOf(hostname(), process.ppid), nameOf('elsewhere', dead), 'headwright-edge-1', 'a-file'];
  for (const name of [...leftovers, ...others.slice(0, 3)]) {
    await mkdir(join(folder, name, 'views'), { recursive: true });
    await writeFile(join(folder, name, 'views', 'front.png'), 'a picture');
  }
  await writeFile(join(folder, 'a-file'), '');

  expect(await removeLeftovers()).toBe(2);
  expect((await readdir(folder)).toSorted()).toEqual(others.toSorted());
  expect(await removeLeftovers()).toBe(0);
  await rm(folder, { recursive: true });
});
