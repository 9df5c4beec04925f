import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the machine, since containers that share a folder have process ids of their own. */
const PREFIX = `headwright-job-${hostname()}-`;

/** Makes a folder for the files of one job, named after this process. */
export function createWorkDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
}

/**
 * Removes the folders of runners that died on this machine without removing theirs; answers how many. To be called before
 * this process makes its first: one that already bears its id is a dead runner's, whose id it was given again.
 */
export async function removeLeftovers(): Promise<number> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  let count = 0;
  for (const name of names) {
    const pid = Number.parseInt(name.slice(PREFIX.length), 10);
    if (pid !== process.pid && isAlive(pid)) continue;
    try {
      // An engine that outlives its runner by a moment may still be writing.
      await rm(join(tmpdir(), name), { recursive: true, force: true, maxRetries: 3 });
      count++;
    } catch (error) {
      console.warn('work-directory: a leftover stays:', String(error));
    }
  }
  return count;
}

/** Whether a process of this id is there, of whatever user. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
