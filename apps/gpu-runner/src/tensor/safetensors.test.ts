import { describe, expect, test } from 'vitest';
import { readSafetensors, toFloat32, toIntegers } from './safetensors.ts';

/** A file with this header and data, at an odd place of a larger buffer as pooled reads have it. */
function file(header: unknown, data: Uint8Array): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.byteLength));
  return Buffer.concat([Buffer.alloc(3), length, text, data]).subarray(3);
}

function read(dtype: string, data: Uint8Array, shape: number[]) {
  const entry = readSafetensors(
    file({ t: { dtype, shape, data_offsets: [0, data.byteLength] } }, data),
  ).entries.get('t');
  if (!entry) throw new Error('read: expected the tensor t');
  return entry;
}

const halves = (...bits: number[]): Uint8Array => new Uint8Array(Uint16Array.from(bits).buffer);

describe('values', () => {
  test('of half floats: one, minus two, the largest, the smallest subnormal, infinity, minus zero', () => {
    const entry = read('F16', halves(0x3c00, 0xc000, 0x7bff, 0x0001, 0x7c00, 0x8000), [2, 3]);
    expect([...toFloat32('t', entry)]).toEqual([1, -2, 65504, 2 ** -24, Number.POSITIVE_INFINITY, -0]);
    expect(entry.shape).toEqual([2, 3]);
  });

  test('of half floats that are not a number stay so', () => {
    expect(toFloat32('t', read('F16', halves(0x7e00), [1]))[0]).toBeNaN();
  });

  test('of bfloat16 are the upper halves of float32', () => {
    expect([...toFloat32('t', read('BF16', halves(0x3f80, 0xc040, 0x4049), [3]))]).toEqual([1, -3, 3.140625]);
  });

  test('of float32 and integers are read as they are', () => {
    const floats = new Uint8Array(Float32Array.from([0.1, -5]).buffer);
    expect(toFloat32('t', read('F32', floats, [2]))).toEqual(Float32Array.from([0.1, -5]));
    expect([...toIntegers('t', read('U16', halves(65535, 7), [2]))]).toEqual([65535, 7]);
    expect([...toIntegers('t', read('U8', Uint8Array.of(255), [1]))]).toEqual([255]);
    expect([...toIntegers('t', read('I32', new Uint8Array(Int32Array.of(-4).buffer), [1]))]).toEqual([-4]);
  });

  test('of a kind that was not asked for are refused', () => {
    expect(() => toFloat32('t', read('U8', Uint8Array.of(1), [1]))).toThrow(
      /t: expected F32, F16 or BF16, got U8/,
    );
    expect(() => toIntegers('t', read('F16', halves(1), [1]))).toThrow(/t: expected U8/);
  });
});

describe('a distrusted file is refused', () => {
  const entry = { dtype: 'U8', shape: [2], data_offsets: [0, 2] };
  const data = Uint8Array.of(1, 2);

  test.each([
    ['no JSON', 'nonsense', /JSON header/],
    ['a list as header', '[]', /JSON object/],
    ['a tensor that is no object', { t: 1 }, /t: expected an object/],
    ['an unknown dtype', { t: { ...entry, dtype: 'C64' } }, /t: expected a known dtype, got C64/],
    ['a negative size', { t: { ...entry, shape: [-2] } }, /t: expected a shape/],
    ['a fractional size', { t: { ...entry, shape: [0.5] } }, /t: expected a shape/],
    ['three offsets', { t: { ...entry, data_offsets: [0, 1, 2] } }, /t: expected two data offsets/],
    [
      'an end past the file',
      { t: { ...entry, shape: [3], data_offsets: [0, 3] } },
      /t: expected 3 bytes inside 2/,
    ],
    ['an end before its begin', { t: { ...entry, data_offsets: [2, 0] } }, /t: expected 2 bytes/],
    ['fewer bytes than the shape needs', { t: { ...entry, shape: [3] } }, /t: expected 3 bytes/],
    ['a shape whose size overflows', { t: { ...entry, shape: [2 ** 40, 2 ** 40] } }, /t: expected/],
  ])('%s', (_, header, message) => {
    expect(() => readSafetensors(file(header, data))).toThrow(message);
  });

  test('a header longer than the file', () => {
    const bytes = file({ t: entry }, data);
    bytes[2] = 255;
    expect(() => readSafetensors(bytes)).toThrow(/header inside the file/);
  });

  test('less than a header', () => {
    expect(() => readSafetensors(new Uint8Array(7))).toThrow(/8 bytes, got 7/);
  });
});
