import type { HeadTemplate } from '../ssd/head-template/head-template.ts';
import type { SourceHead } from './source-head.ts';

/** Chains that both heads have; their middles tell how the one face lies on the other. */
const ANCHORS = ['browL', 'browR', 'eyeL', 'eyeR', 'lips_out'] as const;

/**
 * Gives a placed head that has no face oval the one of another template: x is scaled by the distance of the eyes, y runs
 * evenly between chin, mouth, eyes, brows and skull top, z is moved by the mean of the anchors, and each point takes the
 * nearest vertex of the skin.
 */
export function carryOval(head: SourceHead, reference: HeadTemplate): SourceHead {
  if (head.landmarks.has('oval')) return head;
  const theirs = (chain: string): number[] =>
    middleOf(reference.mesh.positions, reference.landmarks.get(chain) ?? []);
  const ours = (chain: string): number[] => middleOf(head.positions, head.landmarks.get(chain) ?? []);
  const spread = (middle: typeof ours): number => middle('eyeL')[0] - middle('eyeR')[0];
  const scaleX = spread(ours) / spread(theirs);
  const shiftZ = ANCHORS.reduce((sum, c) => sum + (ours(c)[2] - theirs(c)[2]) / ANCHORS.length, 0);
  const heights = [
    [-0.5, -0.5],
    ...['lips_out', 'eyeL', 'browL'].map((chain) => [theirs(chain)[1], ours(chain)[1]]),
    [0.5, 0.5],
  ];
  const carryY = (y: number): number => {
    const n = Math.max(
      1,
      Math.min(
        heights.length - 1,
        heights.findIndex(([from]) => from >= y),
      ),
    );
    const [[fromLow, toLow], [fromHigh, toHigh]] = [heights[n - 1], heights[n]];
    return toLow + ((y - fromLow) / (fromHigh - fromLow)) * (toHigh - toLow);
  };
  const skin = [...new Set(head.triangles.filter((_, i) => head.outer[Math.floor(i / 3)] === 1))];
  const oval = [...(reference.landmarks.get('oval') ?? [])].map((v) => {
    const [x, y, z] = reference.mesh.positions.subarray(v * 3, v * 3 + 3);
    return nearest(head.positions, skin, [x * scaleX, carryY(y), z + shiftZ]);
  });
  return { ...head, landmarks: new Map([...head.landmarks, ['oval', oval]]) };
}

function middleOf(positions: Float32Array | Float64Array, vertices: ArrayLike<number>): number[] {
  const sums = [0, 0, 0];
  for (const v of Array.from(vertices)) for (let a = 0; a < 3; a++) sums[a] += positions[v * 3 + a];
  return sums.map((sum) => sum / vertices.length);
}

function nearest(positions: Float64Array, vertices: readonly number[], at: readonly number[]): number {
  const away = (v: number): number =>
    Math.hypot(positions[v * 3] - at[0], positions[v * 3 + 1] - at[1], positions[v * 3 + 2] - at[2]);
  return vertices.reduce((best, v) => (away(v) < away(best) ? v : best));
}
