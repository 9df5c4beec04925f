import type { HeadForm } from '../head-form.ts';

const MASK_LEAST = 0.4;

/** Where the subject's left ear lies on the posed head, decimeters; the right one is taken as its mirror image. */
export interface EarBox {
  readonly center: readonly [number, number, number];
  /** Largest |x| of either ear. */
  readonly reach: number;
  readonly halfHeight: number;
  readonly halfDepth: number;
  /** The hanging tip of the lobe, left and right. */
  readonly lobeLeft: readonly [number, number, number];
  readonly lobeRight: readonly [number, number, number];
}

const boxes = new WeakMap<HeadForm, EarBox>();

/** Measures the ears of a posed head; remembered for each form. */
export function earBox(form: HeadForm): EarBox {
  const known = boxes.get(form);
  if (known) return known;
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  const lobes: [number, number, number][] = [
    [0, Infinity, 0],
    [0, Infinity, 0],
  ];
  const { positions, masks } = form;
  for (let v = 0; v < masks.ears.length; v++) {
    if (masks.ears[v] < MASK_LEAST) continue;
    const x = positions[3 * v];
    const y = positions[3 * v + 1];
    const z = positions[3 * v + 2];
    const at = [Math.abs(x), y, z];
    for (let k = 0; k < 3; k++) {
      low[k] = Math.min(low[k], at[k]);
      high[k] = Math.max(high[k], at[k]);
    }
    const lobe = lobes[x > 0 ? 0 : 1];
    if (y < lobe[1] && masks.ears[v] > 0.5) {
      lobe[0] = x;
      lobe[1] = y;
      lobe[2] = z;
    }
  }
  const box: EarBox = {
    center: [0.5 * (low[0] + high[0]), 0.5 * (low[1] + high[1]), 0.5 * (low[2] + high[2])],
    reach: high[0],
    halfHeight: 0.5 * (high[1] - low[1]),
    halfDepth: 0.5 * (high[2] - low[2]),
    lobeLeft: lobes[0],
    lobeRight: lobes[1],
  };
  boxes.set(form, box);
  return box;
}

/** Moves a point of a cloth sideways so that it passes over the ears at `room` decimeters, in place. */
export function liftOverEars(box: EarBox, room: number, out: number[]): void {
  const y = (out[1] - box.center[1]) / (box.halfHeight * 1.15);
  const z = (out[2] - box.center[2]) / (box.halfDepth * 1.3);
  const distance = Math.hypot(y, z);
  const share = Math.min(1, Math.max(0, (1.6 - distance) / 0.6));
  const lift = box.reach + room - Math.abs(out[0]);
  if (lift > 0) out[0] += Math.sign(out[0]) * lift * share * share * (3 - 2 * share);
}
