import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../apps/gpu-runner/src/tensor/random.ts';
import { readSafetensors, toFloat32, toIntegers } from '../../apps/gpu-runner/src/tensor/safetensors.ts';
import { averageHead } from '../../scripts/head-template/average-head.ts';
import { closedDistance } from '../../apps/gpu-runner/src/templates/closed-distance.ts';
import { innerLips } from '../../apps/gpu-runner/src/dataset/scene/inner-lips.ts';
import { readNpz } from '../../apps/gpu-runner/src/tensor/read-npz.ts';
import { writeTemplateManifest } from '../../scripts/head-template/write-template-manifest.ts';
import { createTriangleTree } from '../../apps/gpu-runner/src/templates/triangle-tree.ts';
import { writeSafetensors } from '../../apps/gpu-runner/src/tensor/write-safetensors.ts';

const FOLDER = new URL('../../models/head-template/', import.meta.url);

/** Corners [12, 9] of a box's triangles, counterclockwise from outside; `open` leaves the bottom out. */
function box(half: number, open: boolean): Float64Array {
  const corners: number[] = [];
  for (let axis = 0; axis < 3; axis++) {
    for (const side of [-1, 1]) {
      if (open && axis === 1 && side === -1) continue;
      const at = (u: number, v: number): number[] => {
        const p = [0, 0, 0];
        p[axis] = side * half;
        p[(axis + 1) % 3] = u * half;
        p[(axis + 2) % 3] = v * half * side;
        return p;
      };
      corners.push(...at(-1, -1), ...at(1, -1), ...at(1, 1), ...at(-1, -1), ...at(1, 1), ...at(-1, 1));
    }
  }
  return Float64Array.from(corners);
}

/** Signed distance to a cube around the origin. */
function boxDistance(half: number, x: number, y: number, z: number): number {
  const q = [x, y, z].map((v) => Math.abs(v) - half);
  return Math.hypot(...q.map((v) => Math.max(v, 0))) + Math.min(Math.max(...q), 0);
}

describe('the committed template', () => {
  const data = readNpz(readFileSync(new URL('head-data.npz', FOLDER)));
  const file = readSafetensors(readFileSync(new URL('head-template.safetensors', FOLDER)));
  const head = averageHead(data);
  const entry = (name: string) => {
    const found = file.entries.get(name);
    if (!found) throw new Error(`expected the tensor ${name}`);
    return found;
  };

  test('comes from the data beside it: same vertices, same triangles', () => {
    const kept = [...head.parts.keys()].filter((f) => head.rendered[f] === 1);
    const triangles = kept.flatMap((f) => [...head.triangles.subarray(f * 3, f * 3 + 3)]);
    const order = [...new Set(triangles)].sort((a, b) => a - b);
    const positions = order.flatMap((v) => [...head.positions.subarray(v * 3, v * 3 + 3)]);
    expect(toFloat32('positions', entry('positions'))).toEqual(Float32Array.from(positions));
    const committed = toIntegers('triangles', entry('triangles'));
    expect(Array.from(committed, (v) => order[v])).toEqual(triangles);
  });

  test('has inner lips that a jaw parts', () => {
    const chain = innerLips({ ...head, jawOpen: head.target('fu/jawOpen') });
    const opening = head.target('fu/jawOpen');
    const drop = (v: number): number => opening[v * 3 + 1];
    const [upper, lower] = [chain[4], chain[13]];
    expect(Math.abs(head.positions[upper * 3 + 1] - head.positions[lower * 3 + 1])).toBeLessThan(0.005);
    expect(drop(upper) - drop(lower)).toBeGreaterThan(0.1);
    expect(toIntegers('lips_in', entry('landmarks/lips_in'))).toHaveLength(chain.length);
  });
});

describe('the triangle tree', () => {
  const random = createRandom(1, 'triangle tree');
  const triangles = Float64Array.from({ length: 300 * 9 }, () => random.between(-1, 1));
  const single = Array.from({ length: 300 }, (_, t) => createTriangleTree(triangles.slice(t * 9, t * 9 + 9)));
  const tree = createTriangleTree(triangles);

  test('finds the distance that trying every triangle finds', () => {
    for (let n = 0; n < 50; n++) {
      const p = [0, 0, 0].map(() => random.between(-2, 2));
      const all = Math.min(...single.map((one) => one.distance(p[0], p[1], p[2])));
      expect(tree.distance(p[0], p[1], p[2])).toBeCloseTo(all, 12);
      expect(tree.distance(p[0], p[1], p[2], 0.01)).toBeCloseTo(Math.min(all, 0.01), 12);
    }
  });

  test('knows the distance to corner, edge, face and a single point', () => {
    const one = createTriangleTree(Float64Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0));
    expect(one.distance(-3, -4, 0)).toBeCloseTo(5, 12);
    expect(one.distance(0.5, -2, 0)).toBeCloseTo(2, 12);
    expect(one.distance(1, 1, 0)).toBeCloseTo(Math.SQRT1_2, 12);
    expect(one.distance(0.2, 0.2, 7)).toBeCloseTo(7, 12);
    expect(createTriangleTree(Float64Array.of(1, 1, 1, 1, 1, 1, 1, 1, 1)).distance(1, 1, 3)).toBeCloseTo(
      2,
      12,
    );
  });

  test('winds once around the inside of a closed box and not around the outside', () => {
    const closed = createTriangleTree(box(1, false));
    expect(closed.windingNumber(0.5, -0.3, 0.9)).toBeCloseTo(1, 9);
    // Far away a dipole answers: its error there is below a percent.
    expect(Math.abs(closed.windingNumber(3, 2, 1))).toBeLessThan(0.01);
  });
});

test('a box with an open bottom is closed by the flat cut and measured exactly', () => {
  // Open at −0.41 and cut at −0.31: the cut box reaches from −0.31 to 0.41 in y, and no node lies on a wall.
  const { values, origin, size, spacing } = closedDistance(box(0.41, true), -0.31, 0.05);
  let worst = 0;
  for (let k = 0, node = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0; i < size[0]; i++, node++) {
        const [x, y, z] = [i, j, k].map((n, a) => origin[a] + n * spacing);
        const inside = Math.max(boxDistance(0.41, x, y, z), -0.31 - y);
        if (inside < 0) worst = Math.max(worst, Math.abs(values[node] - inside));
        else expect(values[node]).toBeGreaterThanOrEqual(inside - 1e-9);
      }
    }
  }
  expect(worst).toBeLessThan(1e-9);
});

test('a written half float is the nearest one', () => {
  const values = [0, 1, -2.5, 0.1, 1 / 3, 6e-8, 2 ** -14, 0.333_251_953_125, 1.000_488_281_25];
  const bytes = writeSafetensors(new Map([['t', { dtype: 'F16', shape: [values.length], values }]]), {});
  const entry = readSafetensors(bytes).entries.get('t');
  const read = entry ? toFloat32('t', entry) : [];
  for (const [i, value] of values.entries()) {
    const unit = Math.max(2 ** (Math.floor(Math.log2(Math.abs(value) || 1)) - 10), 2 ** -24);
    expect(Math.abs(read[i] - value)).toBeLessThanOrEqual(unit / 2);
  }
});

test('the manifest of the folder is renewed as it stands', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'head-template-'));
  cpSync(FOLDER, folder, { recursive: true });
  await writeTemplateManifest(folder);
  const renewed = readFileSync(join(folder, 'manifest.json'), 'utf8');
  rmSync(folder, { recursive: true });
  expect(renewed).toBe(readFileSync(new URL('manifest.json', FOLDER), 'utf8'));
});
