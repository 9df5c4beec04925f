import type { HeadForm } from '../../head-form.ts';
import { along, dot, type Point, unit } from '../point.ts';
import type { StrandMesh, StrandPoint } from '../strand-mesh.ts';

/** Hair that stands all over a part of the face: where it grows, and how far. */
export interface Growth {
  /** Share of hair at a rest position, in [0, 1]; below 0.02 there is none. */
  covers(x: number, y: number, z: number): number;
  /** Decimeters over the skin. */
  height(x: number, y: number, z: number): number;
  /** How much the hair leans downward instead of standing on the skin, in [0, 1]. */
  hang(x: number, y: number, z: number): number;
  open(x: number, y: number, z: number): number;
}

const SUNK = 0.012;
const LEAST = 0.02;

/** Adds a copy of the posed skin where `growth` covers it, raised by its height: it moves with every expression. */
export function addGrownSkin(mesh: StrandMesh, form: HeadForm, growth: Growth): void {
  const cover = coverOf(form, growth);
  const numbers = new Map<number, number>();
  const points: (StrandPoint & { tangent: Point })[] = [];
  const triangles: number[] = [];
  const { skin } = form.indices;
  for (let t = 0; t < skin.length; t += 3) {
    if (Math.max(cover[skin[t]], cover[skin[t + 1]], cover[skin[t + 2]]) < LEAST) continue;
    for (let k = 0; k < 3; k++) {
      const vertex = skin[t + k];
      let number = numbers.get(vertex);
      if (number === undefined) {
        number = points.length;
        numbers.set(vertex, number);
        points.push(raised(form, growth, vertex, cover[vertex]));
      }
      triangles.push(number);
    }
  }
  mesh.addSurface(points, triangles);
}

function coverOf(form: HeadForm, growth: Growth): Float32Array {
  const { rest, region, masks } = form;
  const cover = new Float32Array(region.length);
  for (let v = 0; v < cover.length; v++) {
    // The beard lies in front of and below these bounds; all else is spared the question.
    if (region[v] !== 0 || rest[v * 3 + 2] < 0.3 || rest[v * 3 + 1] > 7.6) continue;
    const bare = Math.max(masks.lips[v], masks.insideMouth[v]);
    cover[v] = growth.covers(rest[v * 3], rest[v * 3 + 1], rest[v * 3 + 2]) * Math.max(0, 1 - 2 * bare);
  }
  return cover;
}

function raised(
  form: HeadForm,
  growth: Growth,
  vertex: number,
  cover: number,
): StrandPoint & { tangent: Point } {
  const at = (field: Float32Array): Point => [
    field[vertex * 3],
    field[vertex * 3 + 1],
    field[vertex * 3 + 2],
  ];
  const [x, y, z] = at(form.rest);
  const normal = at(form.normals);
  const hang = growth.hang(x, y, z);
  const lift = unit(along(normal, [0, -1, 0.15], 1.2 * hang));
  const height = -SUNK * (1 - cover) + Math.sqrt(cover) * growth.height(x, y, z);
  const down: Point = [0.25 * Math.sign(x), -1, 0];
  return {
    position: along(at(form.positions), lift, height),
    along: 0.25 + Math.max(0, 7.2 - y) * 0.6,
    across: 0.9 * Math.atan2(x, z - 0.6) + 0.15 * x * y,
    open: growth.open(x, y, z),
    tangent: unit(along(down, normal, -dot(down, normal))),
  };
}
