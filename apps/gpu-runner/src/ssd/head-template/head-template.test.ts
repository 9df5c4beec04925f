import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseHeadTemplate, TEMPLATE_PARTS } from './head-template.ts';

const bytes = readFileSync(
  new URL('../../../../../models/head-template/head-template.safetensors', import.meta.url),
);
const template = parseHeadTemplate(bytes);

/** The file with its JSON header changed by `edit`, the data as it was. */
function withHeader(edit: (text: string) => string): Uint8Array {
  const length = Number(bytes.readBigUInt64LE(0));
  const header = Buffer.from(edit(bytes.toString('utf8', 8, 8 + length)));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(header.byteLength));
  return Buffer.concat([prefix, header, bytes.subarray(8 + length)]);
}

describe('the committed template', () => {
  test('fills the frame that the teacher was trained in: top at +0.5, chin at −0.5, middle of the skull at z 0', () => {
    const { positions, indices } = template.mesh;
    const skin = new Set<number>();
    for (let f = 0; f < template.partOfTriangle.length; f++) {
      if (template.partOfTriangle[f] === TEMPLATE_PARTS.skin)
        for (let k = 0; k < 3; k++) skin.add(indices[f * 3 + k]);
    }
    expect(Math.max(...[...skin].map((v) => positions[v * 3 + 1]))).toBeCloseTo(0.5, 6);
    // The chin ends at −0.5: just above its lowest point is head, just below it is air.
    expect(template.signedDistance(0, -0.49, 0.269)).toBeLessThan(0);
    expect(template.signedDistance(0, -0.51, 0.269)).toBeGreaterThan(0);
    const skull = [...skin].filter((v) => positions[v * 3 + 1] > -0.03);
    const z = skull.map((v) => positions[v * 3 + 2]);
    expect(Math.max(...z) + Math.min(...z)).toBeCloseTo(0, 2);
  });

  test('carries 52 expressions, MediaPipe-like chains and every part', () => {
    expect(template.expressions.size).toBe(52);
    expect(template.landmarks.get('oval')).toHaveLength(36);
    expect(new Set(template.partOfTriangle)).toEqual(new Set(Object.values(TEMPLATE_PARTS)));
  });

  test('opens the jaw downward and leaves the skull where it is', () => {
    const jawOpen = template.expressions.get('jawOpen');
    const { positions } = template.mesh;
    let lowest = 0;
    for (const [i, v] of (jawOpen?.vertices ?? []).entries()) {
      lowest = Math.min(lowest, jawOpen?.offsets[i * 3 + 1] ?? 0);
      expect(positions[v * 3 + 1]).toBeLessThan(0.3);
    }
    expect(lowest).toBeLessThan(-0.05);
    expect(lowest).toBeGreaterThan(-0.5);
  });

  test('measures distance: zero on the face, negative in the head, positive and growing outside', () => {
    for (const chain of ['oval', 'browL', 'browR']) {
      for (const v of template.landmarks.get(chain) ?? []) {
        const [x, y, z] = template.mesh.positions.subarray(v * 3, v * 3 + 3);
        // Half a grid cell: trilinear interpolation flattens creases by no more.
        expect(Math.abs(template.signedDistance(x, y, z))).toBeLessThan(0.005);
      }
    }
    expect(template.signedDistance(0, 0.1, 0)).toBeLessThan(-0.2);
    expect(template.signedDistance(0, -0.25, 0.3)).toBeLessThan(0); // The closed mouth's inside.
    expect(template.signedDistance(0, -0.5, 0)).toBeLessThan(0); // The neck is filled.
    expect(template.signedDistance(0, 0.9, 0)).toBeCloseTo(0.4, 2);
    expect(template.signedDistance(0, 5.5, 0)).toBeGreaterThan(4.9);
  });

  test('ends in a flat cut at the neck', () => {
    // Straight below and above the cut's middle the distance is the height difference to one plane.
    const below = template.signedDistance(0, -0.75, -0.1);
    const above = template.signedDistance(0, -0.65, -0.1);
    expect(below - above).toBeCloseTo(0.1, 3);
    const plane = -0.75 + below;
    for (const [x, z] of [
      [0.1, -0.1],
      [-0.1, -0.2],
      [0, -0.25],
    ]) {
      expect(template.signedDistance(x, plane - 0.03, z)).toBeCloseTo(0.03, 3);
    }
  });

  test('has no jump: neighboring nodes differ by no more than their distance', () => {
    const { values, size, spacing } = template.distanceGrid;
    const strides = [1, size[0], size[0] * size[1]];
    let worst = 0;
    for (let node = 0; node < values.length; node++) {
      for (let axis = 0; axis < 3; axis++) {
        if (Math.floor(node / strides[axis]) % size[axis] === size[axis] - 1) continue;
        worst = Math.max(worst, Math.abs(values[node + strides[axis]] - values[node]));
      }
    }
    // A distance changes by at most the step; where the lips are sealed by points it may change by a little more.
    expect(worst).toBeLessThan(1.2 * spacing);
  });
});

describe('a broken template is refused by name', () => {
  test.each([
    ['another format', (t: string) => t.replace('head-template/1', 'head-template/9'), /format/],
    ['a missing tensor', (t: string) => t.replace('"uvs"', '"uwx"'), /tensor uvs/],
    ['a wrong shape', (t: string) => t.replace('[19288,3]', '[3,19288]'), /positions: expected shape/],
    [
      'an offset outside the file',
      (t: string) => t.replace('[0,231456]', '[0,999999999]'),
      /positions: expected 231456/,
    ],
    ['an unknown dtype', (t: string) => t.replace('"U16"', '"Q16"'), /triangles: expected a known dtype/],
  ])('%s', (_, edit, message) => {
    expect(() => parseHeadTemplate(withHeader(edit))).toThrow(message);
  });

  test('a cut file', () => {
    expect(() => parseHeadTemplate(bytes.subarray(0, 4))).toThrow(/8 bytes/);
    expect(() => parseHeadTemplate(bytes.subarray(0, 1_000_000))).toThrow(/expected \d+ bytes inside/);
  });
});
