import { FLAME_OVAL, MEDIAPIPE_CHAINS } from '../apps/gpu-runner/src/templates/mediapipe-chains.ts';

/**
 * Heads for tests of importers: an egg on a neck with an eyeball on each side of its front, in meters, with as many vertices
 * and triangles as the real files have. Its features are where `faceTarget` says.
 */
export interface EggHead {
  /** [V, 3]. */
  readonly positions: number[];
  readonly triangles: number[][];
}

const SIDE_X = 0.032;
const TOP_Y = 0.12;

/** Half width of the egg and its neck at a height. */
function radiusAt(y: number): number {
  const egg = Math.abs(y) < TOP_Y ? 0.08 * Math.sqrt(1 - (y / TOP_Y) ** 2) : 0;
  return y < -0.03 ? Math.max(egg, 0.045) : egg;
}

/** The front of the egg at x and y. */
export function frontAt(x: number, y: number): number[] {
  return [x, y, Math.sqrt(radiusAt(y) ** 2 - x * x)];
}

/** Rings around +Y from top to bottom, a pole above them, open below; counterclockwise seen from outside. */
function skin(rings: number, sides: number): EggHead {
  const positions = [0, TOP_Y, 0];
  const triangles: number[][] = [];
  const at = (ring: number, side: number): number => 1 + ring * sides + (side % sides);
  for (let r = 0; r < rings; r++) {
    const y = 0.119 - (0.319 * r) / (rings - 1);
    for (let s = 0; s < sides; s++) {
      const angle = (2 * Math.PI * s) / sides;
      positions.push(radiusAt(y) * Math.sin(angle), y, radiusAt(y) * Math.cos(angle));
    }
  }
  for (let s = 0; s < sides; s++) {
    triangles.push([0, at(0, s), at(0, s + 1)]);
    for (let r = 0; r + 1 < rings; r++) {
      triangles.push([at(r + 1, s), at(r + 1, s + 1), at(r, s + 1)], [at(r + 1, s), at(r, s + 1), at(r, s)]);
    }
  }
  return { positions, triangles };
}

/** A closed ball of rings and two poles. */
export function ball(center: readonly number[], radius: number, rings: number, sides: number): EggHead {
  const positions = [center[0], center[1] + radius, center[2]];
  const triangles: number[][] = [];
  for (let r = 1; r <= rings; r++) {
    const tilt = (Math.PI * r) / (rings + 1);
    for (let s = 0; s < sides; s++) {
      const angle = (2 * Math.PI * s) / sides;
      positions.push(
        center[0] + radius * Math.sin(tilt) * Math.sin(angle),
        center[1] + radius * Math.cos(tilt),
        center[2] + radius * Math.sin(tilt) * Math.cos(angle),
      );
    }
  }
  positions.push(center[0], center[1] - radius, center[2]);
  const last = rings * sides + 1;
  const at = (ring: number, side: number): number => 1 + ring * sides + (side % sides);
  for (let s = 0; s < sides; s++) {
    triangles.push([0, at(0, s), at(0, s + 1)], [last, at(rings - 1, s + 1), at(rings - 1, s)]);
    for (let r = 0; r + 1 < rings; r++) {
      triangles.push([at(r + 1, s), at(r + 1, s + 1), at(r, s + 1)], [at(r + 1, s), at(r, s + 1), at(r, s)]);
    }
  }
  return { positions, triangles };
}

/** Center of an eyeball; `side` is 1 for the subject's left. */
export function eyeCenter(side: number): number[] {
  const [x, y, z] = frontAt(side * SIDE_X, 0);
  return [x, y, z - 0.006];
}

/** One surface after the other. */
export function joined(pieces: readonly EggHead[]): EggHead {
  const positions: number[] = [];
  const triangles: number[][] = [];
  for (const piece of pieces) {
    const first = positions.length / 3;
    for (const value of piece.positions) positions.push(value);
    for (const triangle of piece.triangles) triangles.push(triangle.map((v) => v + first));
  }
  return { positions, triangles };
}

/** Where point n of a chain of `count` lies on the egg. */
export function faceTarget(chain: string, n: number, count: number): number[] {
  const turn = (2 * Math.PI * n) / count;
  const side = chain.includes('L') ? 1 : -1;
  if (chain === 'oval') return frontAt(0.05 * Math.sin(turn), -0.02 + 0.09 * Math.cos(turn));
  if (chain.startsWith('eye')) return frontAt(side * SIDE_X + 0.014 * Math.cos(turn), 0.006 * Math.sin(turn));
  if (chain.startsWith('brow'))
    return frontAt(side * (0.015 + (0.035 * n) / count), chain.endsWith('low') ? 0.02 : 0.026);
  const width = chain === 'lips_in' ? 0.018 : 0.025;
  return frontAt(-width * Math.cos(turn), -0.06 + 0.4 * width * Math.sin(turn));
}

/** An egg with FLAME's 5023 vertices and 9976 triangles; the vertices of our oval lie where they should. */
export function flameEgg(): EggHead {
  const head = skin(65, 60);
  // Points in triangles at the back of the neck bring the skin to its 3931 vertices.
  for (let n = 0; n < 30; n++) {
    const f = head.triangles.length - 2 - 4 * n;
    const [a, b, c] = head.triangles[f];
    const middle = head.positions.length / 3;
    for (let axis = 0; axis < 3; axis++) {
      head.positions.push([a, b, c].reduce((sum, v) => sum + head.positions[v * 3 + axis] / 3, 0));
    }
    head.triangles[f] = [a, b, middle];
    head.triangles.push([b, c, middle], [c, a, middle]);
  }
  renumber(head, FLAME_OVAL, (n) => faceTarget('oval', n, FLAME_OVAL.length));
  return joined([head, ball(eyeCenter(1), 0.012, 16, 34), ball(eyeCenter(-1), 0.012, 16, 34)]);
}

/** Gives the vertex nearest to each target the wanted number, in place. */
function renumber(head: EggHead, numbers: readonly number[], targetOf: (n: number) => number[]): void {
  for (const [n, wanted] of numbers.entries()) {
    const found = nearestVertex(head.positions, targetOf(n));
    for (let a = 0; a < 3; a++) {
      const kept = head.positions[wanted * 3 + a];
      head.positions[wanted * 3 + a] = head.positions[found * 3 + a];
      head.positions[found * 3 + a] = kept;
    }
    for (const triangle of head.triangles) {
      for (let k = 0; k < 3; k++) {
        if (triangle[k] === wanted) triangle[k] = found;
        else if (triangle[k] === found) triangle[k] = wanted;
      }
    }
  }
}

export function nearestVertex(positions: readonly number[], at: readonly number[], end?: number): number {
  let best = 0;
  const away = (v: number): number => Math.hypot(...at.map((c, a) => positions[v * 3 + a] - c));
  for (let v = 1; v < (end ?? positions.length / 3); v++) if (away(v) < away(best)) best = v;
  return best;
}

/** MediaPipe's embedding for the egg: the chains and the nose's 13 points, 105 in all. */
export function flameEmbedding(egg: EggHead): { ids: number[]; faces: number[]; shares: number[] } {
  const rows: { id: number; at: number[] }[] = Object.entries(MEDIAPIPE_CHAINS).flatMap(([chain, ids]) =>
    ids.map((id, n) => ({ id, at: faceTarget(chain, n, ids.length) })),
  );
  // Our chains hold none of the nose's points; the file has them, and nobody asks for them.
  const nose = [168, 6, 197, 195, 5, 4, 129, 98, 97, 2, 326, 327, 358];
  for (const [n, id] of nose.entries()) rows.push({ id, at: frontAt(0.002 * n - 0.012, -0.03) });
  const found = rows.map(({ at }) => inTriangle(egg, at));
  return {
    ids: rows.map(({ id }) => id),
    faces: found.map(({ f }) => f),
    shares: found.flatMap(({ shares }) => shares),
  };
}

/** The skin's triangle in front of the egg that holds a point seen along z, and the point's shares of its corners. */
function inTriangle(
  { positions, triangles }: EggHead,
  [x, y]: readonly number[],
): { f: number; shares: number[] } {
  for (const [f, corners] of triangles.entries()) {
    if (corners.some((v) => v >= 3931 || positions[v * 3 + 2] <= 0)) continue;
    const [a, b, c] = corners.map((v) => positions.slice(v * 3, v * 3 + 2));
    const double = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
    const second = ((x - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (y - a[1])) / double;
    const third = ((b[0] - a[0]) * (y - a[1]) - (x - a[0]) * (b[1] - a[1])) / double;
    const shares = [1 - second - third, second, third];
    if (shares.every((s) => s >= 0)) return { f, shares };
  }
  throw new Error(`inTriangle: expected a triangle at ${x}, ${y}`);
}

/** The 68 landmarks of Multi-PIE: which chain, and which place of how many. */
function multiPieTarget(n: number): number[] {
  if (n < 17) return faceTarget('oval', 27 - n, 36);
  if (n < 27) return faceTarget(n < 22 ? 'browR' : 'browL', (n - 17) % 5, 5);
  if (n < 36) return frontAt(0, -0.01 - 0.003 * (n - 27));
  if (n < 48) return faceTarget(n < 42 ? 'eyeR' : 'eyeL', (n - 36) % 6, 6);
  return n < 60 ? faceTarget('lips_out', n - 48, 12) : faceTarget('lips_in', n - 60, 8);
}

/**
 * ICT-FaceKit's light model as an egg, in centimeters: 26,719 vertices and 26,384 polygons in the kit's order. The pieces
 * within the head are small flakes in its middle; lashes and the like lie far off, where nobody should see them.
 */
export function ictEgg(): { obj: string; landmarks: number[] } {
  const head = skin(107, 104);
  const vertices: number[] = [...head.positions];
  const fill = (end: number, at: readonly number[]): void => {
    for (let v = vertices.length / 3; v < end; v++) {
      vertices.push(at[0] + 1e-3 * (v % 2), at[1] + 1e-3 * (v % 3), at[2] + 1e-3 * (v % 5));
    }
  };
  const polygons: number[][] = head.triangles.slice();
  // Two triangles of a ring make one polygon until the count fits; `skin` lists them side by side.
  pairUp(polygons, 11_144);
  fill(21_451, [0, -0.03, 0]);
  flakes(polygons, 11_144, 14_034, 11_248);
  flakes(polygons, 14_034, 21_496, 14_062);
  for (const [side, end] of [
    [1, 23_021],
    [-1, 24_591],
  ]) {
    const first = vertices.length / 3;
    const eye = ball(eyeCenter(side), 0.012, 54, 29);
    vertices.push(...eye.positions);
    const own = eye.triangles.map((triangle) => triangle.map((v) => v + first));
    pairUp(own, 1598);
    polygons.push(...own);
    fill(end, eyeCenter(side));
  }
  fill(26_719, [0, 5, 0]);
  flakes(polygons, 24_692, 26_384, 24_591);
  const lines = [];
  for (let v = 0; v < vertices.length; v += 3) {
    lines.push(
      `v ${vertices
        .slice(v, v + 3)
        .map((c) => (100 * c).toFixed(7))
        .join(' ')}`,
    );
  }
  lines.push('vt 0 0', 'vt 1 1');
  for (const polygon of polygons) lines.push(`f ${polygon.map((v) => `${v + 1}/${(v % 2) + 1}`).join(' ')}`);
  const landmarks = Array.from({ length: 68 }, (_, n) =>
    nearestVertex(vertices, multiPieTarget(n), head.positions.length / 3),
  );
  return { obj: lines.join('\n'), landmarks };
}

/** Joins neighbors that came as [a, b, c], [a, c, d] to quads, from the front, until `count` polygons are left. */
function pairUp(polygons: number[][], count: number): void {
  let surplus = polygons.length - count;
  const result: number[][] = [];
  for (let f = 0; f < polygons.length; f++) {
    const [a, b, c] = polygons[f];
    const next = polygons[f + 1];
    if (surplus > 0 && next && next[0] === a && next[1] === c) {
      result.push([a, b, c, next[2]]);
      surplus--;
      f++;
    } else result.push(polygons[f]);
  }
  polygons.splice(0, polygons.length, ...result);
}

function flakes(polygons: number[][], from: number, end: number, firstVertex: number): void {
  for (let n = 0; n < end - from; n++) {
    const v = firstVertex + (n % 700);
    polygons.push([v, v + 1, v + 2, v + 3]);
  }
}
