import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRandom } from '../tensor/random.ts';
import { loadCheckpoint, saveCheckpoint } from './checkpoint.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checkpoint-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function checkpointAt(step: number) {
  const random = createRandom(step);
  const array = () => random.normals(50);
  const state = { step, parameters: array(), mean: array(), variance: array(), average: array() };
  return { state, elapsedMs: 1234.5, description: 'a training' };
}

test('a training is found again bit for bit', async () => {
  await saveCheckpoint(folder, checkpointAt(7));
  expect(loadCheckpoint(folder, 'a training')).toEqual(checkpointAt(7));
});

test('two checkpoints are kept, and the newest is found', async () => {
  for (const step of [9, 10, 100]) await saveCheckpoint(folder, checkpointAt(step));
  expect(readdirSync(folder)).toEqual(['checkpoint-00000010.safetensors', 'checkpoint-00000100.safetensors']);
  expect(loadCheckpoint(folder, 'a training')?.state.step).toBe(100);
});

test('a checkpoint that was being written when the process died is not looked at', async () => {
  await saveCheckpoint(folder, checkpointAt(9));
  writeFileSync(join(folder, 'checkpoint-00000010.safetensors.partial'), 'half');
  expect(loadCheckpoint(folder, 'a training')?.state.step).toBe(9);
});

test('a folder without checkpoints begins anew, and one of another training is refused', async () => {
  expect(loadCheckpoint(join(folder, 'none'), 'a training')).toBeNull();
  await saveCheckpoint(folder, checkpointAt(9));
  expect(() => loadCheckpoint(folder, 'another')).toThrow('expected a training of another, got a training');
});
