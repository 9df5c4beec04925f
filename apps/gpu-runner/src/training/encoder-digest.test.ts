import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeSafetensors } from '../tensor/write-safetensors.ts';
import { encoderDigest } from './encoder-digest.ts';

const folder = mkdtempSync(join(tmpdir(), 'encoder-digest-'));
afterAll(() => rmSync(folder, { recursive: true }));

function digest(encoder: number, decoder: number, config: unknown = { scaling_factor: 2 }): string {
  const tensor = (value: number) => ({
    dtype: 'F32' as const,
    shape: [2],
    values: Float32Array.of(1, value),
  });
  const path = join(folder, 'weights.safetensors');
  const tensors = { 'decoder.layers.0.bias': tensor(decoder), 'encoder.layers.0.bias': tensor(encoder) };
  writeFileSync(path, writeSafetensors(new Map(Object.entries(tensors)), {}));
  return encoderDigest(path, config);
}

test('a decoder that goes on learning leaves the digest as it is', () => {
  expect(digest(3, 4)).toBe(digest(3, 5));
});

test('other encoder weights or another scaling factor give another digest', () => {
  expect(digest(3.5, 4)).not.toBe(digest(3, 4));
  expect(digest(3, 4, { scaling_factor: 2.5 })).not.toBe(digest(3, 4));
  expect(digest(3, 4, {})).toBe(digest(3, 4, { scaling_factor: 1 }));
});
