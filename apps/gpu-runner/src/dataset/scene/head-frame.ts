import type { HeadForm } from '../head-form.ts';

/** How high a head is and where it stands, decimeters: what the teacher's framing measures heads by. */
export interface HeadFrame {
  /** Chin to the top of the skull. */
  readonly height: number;
  readonly middleY: number;
  /** Half way between forehead and the back of the skull. */
  readonly middleZ: number;
}

/** Measures a head's frame on the skin of its posed positions [V, 3]; which skin is told by the rest head. */
export function headFrame(positions: Float32Array, base: Pick<HeadForm, 'rest' | 'indices'>): HeadFrame {
  const { rest, indices } = base;
  let [chin, top, front, back] = [Infinity, -Infinity, -Infinity, Infinity];
  for (const v of indices.skin) {
    const y = rest[v * 3 + 1];
    const z = rest[v * 3 + 2];
    top = Math.max(top, positions[v * 3 + 1]);
    if (y < 6.35 && z > 1.2) chin = Math.min(chin, positions[v * 3 + 1]);
    if (y > 7.3) {
      front = Math.max(front, positions[v * 3 + 2]);
      back = Math.min(back, positions[v * 3 + 2]);
    }
  }
  return { height: top - chin, middleY: (top + chin) / 2, middleZ: (front + back) / 2 };
}
