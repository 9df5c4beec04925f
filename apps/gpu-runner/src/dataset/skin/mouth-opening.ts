import type { HeadForm } from '../head-form.ts';
import { smoothStep } from './regions.ts';

/** Places at rest where the lips touch. */
const UPPER = [0, 6.621, 1.513] as const;
const LOWER = [0, 6.602, 1.509] as const;

const lipVertices = new WeakMap<Float32Array, { readonly upper: number; readonly lower: number }>();

/** 0 for lips that touch, so that no light falls on the teeth, to 1 for a mouth plainly open. */
export function mouthOpening(form: HeadForm): number {
  let vertices = lipVertices.get(form.rest);
  if (vertices === undefined) {
    vertices = { upper: nearestSkin(form, UPPER), lower: nearestSkin(form, LOWER) };
    lipVertices.set(form.rest, vertices);
  }
  const gap = form.positions[3 * vertices.upper + 1] - form.positions[3 * vertices.lower + 1];
  return smoothStep(gap, 0.022, 0.065);
}

function nearestSkin({ rest, region }: HeadForm, place: readonly [number, number, number]): number {
  let nearest = 0;
  let least = Infinity;
  for (let v = 0; v < region.length; v++) {
    if (region[v] !== 0) continue;
    const distance =
      (rest[3 * v] - place[0]) ** 2 + (rest[3 * v + 1] - place[1]) ** 2 + (rest[3 * v + 2] - place[2]) ** 2;
    if (distance < least) {
      least = distance;
      nearest = v;
    }
  }
  return nearest;
}
