import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadTeacher } from '../../apps/gpu-runner/src/teacher/load-teacher.ts';

// What a fresh clone can do by itself: from nothing to a teacher's picture, in the words of docs/models.md.

const SCRIPT = fileURLToPath(new URL('../../scripts/teacher.ts', import.meta.url));
const STEPS = 200;

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'teacher-pack-'));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** Runs `teacher` in the test's own folder; answers what it printed. */
async function teacher(line: string): Promise<string> {
  const child = spawn(process.execPath, [SCRIPT, ...line.split(' ')], { cwd: root });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`teacher ${line}: expected exit status 0, got ${code}:\n${output}`);
  return output;
}

/** First and last held-out loss of this name. */
function heldOut(run: string, name: string): { first: number; last: number } {
  const [header, ...lines] = readFileSync(join(root, run, 'loss.csv'), 'utf8')
    .trim()
    .split('\n');
  const column = header.split(',').indexOf(name);
  const values = lines.map((line) => line.split(',')[column]).filter((cell) => cell);
  return { first: Number(values[0]), last: Number(values.at(-1)) };
}

test('a clone draws heads, learns them, packs what it learned and shows a picture of it', async () => {
  await teacher('render --out data --identities 8 --views 3 --size 32 --per-shard 4 --seed 5');
  writeFileSync(join(root, 'often.json'), JSON.stringify({ logEvery: 20, evaluateEvery: 20 }));
  const tiny = `--data data --steps ${STEPS} --preset tiny --config often.json`;
  await teacher(`train autoencoder ${tiny} --out autoencoder`);
  await teacher(`train denoiser ${tiny} --out denoiser --autoencoder autoencoder`);
  const vae = heldOut('autoencoder', 'photo');
  expect(vae.last).toBeLessThan(0.9 * vae.first);
  const denoiser = heldOut('denoiser', 'all');
  expect(denoiser.last).toBeLessThan(0.9 * denoiser.first);

  const told = await teacher(
    'pack --vae autoencoder --denoiser denoiser --data data --out packed --name tiny',
  );
  expect(told).toMatch(/packed: 11 files, 2\d\.\d MiB, [0-9a-f]{64}\n$/);
  const { manifest, training } = await loadTeacher(join(root, 'packed'));
  expect([manifest.name, manifest.imageSize, manifest.latentSize]).toEqual(['tiny', 32, 4]);
  expect(training?.denoiser?.steps).toBe(STEPS);
  expect(training?.denoiser?.heldOut['all']).toBeCloseTo(denoiser.last, 3);
  expect(training?.data).toMatchObject({ seed: 5, identities: 8 });

  await teacher('sample a-green-orc --teacher packed --views front --steps 4 --out orc.png');
  const { width, height } = await sharp(join(root, 'orc.png')).metadata();
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(192);
});
