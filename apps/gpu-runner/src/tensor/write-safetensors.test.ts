import { expect, test } from 'vitest';
import { readSafetensors, toFloat32, toIntegers } from './safetensors.ts';
import { type SafetensorsInput, writeSafetensors } from './write-safetensors.ts';

const tensors = new Map<string, SafetensorsInput>([
  ['bytes', { dtype: 'U8', shape: [2, 3], values: Uint8Array.of(1, 2, 3, 250, 251, 252) }],
  ['words', { dtype: 'U16', shape: [2], values: [7, 65_535] }],
  ['counts', { dtype: 'U32', shape: [2], values: Uint32Array.of(7, 4_294_967_295) }],
  ['floats', { dtype: 'F32', shape: [3], values: Float32Array.of(0.1, -0, 1e30) }],
  ['halves', { dtype: 'F16', shape: [4], values: Float32Array.of(0.5, -1.25, 0, 65_504) }],
]);

test('what is written is read back, metadata included', () => {
  const file = readSafetensors(writeSafetensors(tensors, { format: 'test/1' }));
  expect(file.metadata.get('format')).toBe('test/1');
  for (const [name, { values }] of tensors) {
    const entry = file.entries.get(name);
    if (!entry) throw new Error(`expected ${name}`);
    const read = entry.dtype.startsWith('F') ? toFloat32(name, entry) : toIntegers(name, entry);
    expect(Array.from(read)).toEqual(Array.from(values));
  }
});

test('the data begins at a multiple of eight bytes, whatever letters the metadata has', () => {
  for (const prompt of ['a', 'ä', 'é\u{1f600}', '鬼の顔']) {
    const bytes = writeSafetensors(tensors, { prompt });
    const headerBytes = new DataView(bytes.buffer).getUint32(0, true);
    expect(headerBytes % 8).toBe(0);
    expect(readSafetensors(bytes).metadata.get('prompt')).toBe(prompt);
  }
});

test('a window of a larger array is written as that window', () => {
  const window = new Float32Array([1, 2, 3, 4]).subarray(1, 3);
  const file = readSafetensors(
    writeSafetensors(new Map([['x', { dtype: 'F32', shape: [2], values: window }]]), {}),
  );
  const entry = file.entries.get('x');
  expect(entry && [...toFloat32('x', entry)]).toEqual([2, 3]);
});

test('one row is read without the others, and never past the end', () => {
  const entry = readSafetensors(writeSafetensors(tensors, {})).entries.get('bytes');
  expect(entry && [...entry.readRange(3, 6)]).toEqual([250, 251, 252]);
  expect(() => entry?.readRange(3, 7)).toThrow('readRange: bytes: expected a range inside 6 bytes, got 3..7');
});
