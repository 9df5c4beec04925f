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
  for (const vertex of coarserSkin(form, (v) => cover[v] >= LEAST)) {
    let number = numbers.get(vertex);
    if (number === undefined) {
      number = points.length;
      numbers.set(vertex, number);
      points.push(raised(form, growth, vertex, cover[vertex]));
    }
    triangles.push(number);
  }
  mesh.addSurface(points, triangles);
}

/**
 * The skin around vertices that `wanted` names, with the two triangles on each side of an edge's midpoint joined to one:
 * corners come before midpoints and these before centers in a form (head-form.ts).
 */
function coarserSkin(form: HeadForm, wanted: (vertex: number) => boolean): number[] {
  const { skin } = form.indices;
  const halves = new Map<number, number>();
  const kept: number[] = [];
  for (let t = 0; t < skin.length; t += 3) {
    if (!wanted(skin[t]) && !wanted(skin[t + 1]) && !wanted(skin[t + 2])) continue;
    const corner = Math.min(skin[t], skin[t + 1], skin[t + 2]);
    const center = Math.max(skin[t], skin[t + 1], skin[t + 2]);
    const midpoint = skin[t] + skin[t + 1] + skin[t + 2] - corner - center;
    const key = midpoint * form.region.length + center;
    const other = halves.get(key);
    if (other === undefined) {
      halves.set(key, corner);
      continue;
    }
    const place = skin[t] === corner ? t : skin[t + 1] === corner ? t + 1 : t + 2;
    const cornerFirst = skin[t + ((place - t + 1) % 3)] === midpoint;
    kept.push(...(cornerFirst ? [corner, other, center] : [other, corner, center]));
  }
  return kept;
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
