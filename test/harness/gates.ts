import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from './wait-for.ts';

/**
 * Gates stop scripted engines in the middle of their work until a test lets them go on, so that no
 * test depends on how fast the machine is. The first process that comes by a name stands before its
 * gate 1, the second before gate 2. Environment: TEST_GATES, the folder that test and engines share.
 */
export async function enterGate(name: string): Promise<void> {
  const folder = gatesFolder();
  for (let number = 1; ; number++) {
    if (!takeNumber(join(folder, `${name}-${number}`))) continue;
    return waitFor(`gate ${number} of ${name}`, () => existsSync(gatePath(folder, name, number)), 600_000);
  }
}

/** Lets the process go on that stands, or will stand, before this gate. */
export function openGate(folder: string, name: string, number: number): void {
  writeFileSync(gatePath(folder, name, number), '');
}

function gatePath(folder: string, name: string, number: number): string {
  return join(folder, `${name}-${number}.open`);
}

function gatesFolder(): string {
  const folder = process.env['TEST_GATES'];
  if (folder === undefined) throw new Error('gatesFolder: expected TEST_GATES in the environment');
  return folder;
}

/** Making a folder succeeds for exactly one process. */
function takeNumber(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch {
    return false; // it exists: another process has this number
  }
}
