/**
 * A smooth function of space as a sum of lattices, each twice as fine as the one before.
 *
 * Level l has cubes of spacing h_l = h_0 / 2^l and one quadratic B-spline coefficient per cube (plus one ring outside the
 * box), so its sum has continuous slopes: a coarse level can grow a hat without creases along lattice planes.
 *
 *     f(x) = Σ_l scale_l · Σ_k p_{l,k} · B((x − center_k) / h_l)
 *
 * A quadratic B-spline of one level is exactly a quadratic B-spline of the next (`subdivide`), so the whole sum collapses
 * into coefficients of the finest level once per step, and a point costs 27 taps no matter how many levels there are.
 * Summing each level at each point instead costs four times the taps; trilinear levels (8 taps) show creases in the
 * normal map at the coarse spacings.
 *
 * References: Chaikin 1974 (the subdivision rule ¾, ¼); Müller et al. 2022 for learning several resolutions at once.
 */
import { type Box, divideBox } from './box.ts';

/** One lattice of the pyramid. */
export interface SplineLevel {
  /** Edge of its cubes, world units. */
  readonly spacing: number;
  /** Coefficients along x, y and z: the cubes and one more on each side. */
  readonly nodes: readonly [number, number, number];
  readonly nodeCount: number;
  /** Place of its first parameter; channel c starts at `start + c · nodeCount`, x runs fastest. */
  readonly start: number;
}

/** The layout of a pyramid with `channelCount` functions side by side. */
export interface SplinePyramid {
  /** World position where the cubes of every level begin. */
  readonly origin: readonly [number, number, number];
  readonly channelCount: number;
  /** Coarsest first. */
  readonly levels: readonly SplineLevel[];
  readonly parameterCount: number;
}

/** Lays out `levelCount` lattices over a box, the coarsest with cubes of `coarsestSpacing`. */
export function createSplinePyramid(options: {
  readonly box: Box;
  readonly coarsestSpacing: number;
  readonly levelCount: number;
  readonly channelCount: number;
}): SplinePyramid {
  const { box, coarsestSpacing, levelCount, channelCount } = options;
  const division = divideBox(box, coarsestSpacing);
  const levels: SplineLevel[] = [];
  let start = 0;
  for (let l = 0; l < levelCount; l++) {
    const [nx, ny, nz] = division.counts.map((count) => count * 2 ** l + 2);
    const nodeCount = nx * ny * nz;
    levels.push({ spacing: coarsestSpacing / 2 ** l, nodes: [nx, ny, nz], nodeCount, start });
    start += channelCount * nodeCount;
  }
  return { origin: division.origin, channelCount, levels, parameterCount: start };
}

/** The level whose coefficients `collapsePyramid` answers. */
export function finestLevel(pyramid: SplinePyramid): SplineLevel {
  return pyramid.levels[pyramid.levels.length - 1];
}

/**
 * Sums all levels into coefficients of the finest one: [channel, z, y, x] of its nodes.
 *
 * `scales` [level][channel] multiplies the parameters; it is how far one optimizer step of size 1 moves each level.
 */
export function collapsePyramid(
  pyramid: SplinePyramid,
  parameters: Float32Array,
  scales: readonly (readonly number[])[],
): Float32Array {
  let sum: Float32Array = new Float32Array(pyramid.channelCount * pyramid.levels[0].nodeCount);
  addScaledLevel(pyramid, parameters, scales, 0, sum);
  for (let l = 1; l < pyramid.levels.length; l++) {
    sum = subdivide(sum, pyramid.channelCount, pyramid.levels[l - 1].nodes);
    addScaledLevel(pyramid, parameters, scales, l, sum);
  }
  return sum;
}

/** Adds the pull-back of a gradient at the finest coefficients to the gradient of all parameters. */
export function collapsePyramidBackward(
  pyramid: SplinePyramid,
  gradCoefficients: Float32Array,
  scales: readonly (readonly number[])[],
  gradParameters: Float32Array,
): void {
  let grad = gradCoefficients;
  for (let l = pyramid.levels.length - 1; l >= 0; l--) {
    const { start, nodeCount } = pyramid.levels[l];
    for (let c = 0; c < pyramid.channelCount; c++) {
      const scale = scales[l][c];
      const first = c * nodeCount;
      for (let i = first; i < first + nodeCount; i++) gradParameters[start + i] += scale * grad[i];
    }
    if (l > 0) grad = subdivideBackward(grad, pyramid.channelCount, pyramid.levels[l - 1].nodes);
  }
}

function addScaledLevel(
  pyramid: SplinePyramid,
  parameters: Float32Array,
  scales: readonly (readonly number[])[],
  l: number,
  target: Float32Array,
): void {
  const { start, nodeCount } = pyramid.levels[l];
  for (let c = 0; c < pyramid.channelCount; c++) {
    const scale = scales[l][c];
    const first = c * nodeCount;
    for (let i = first; i < first + nodeCount; i++) target[i] += scale * parameters[start + i];
  }
}

/** Coefficients on a lattice → the same function's coefficients on one of half the spacing. */
function subdivide(
  coefficients: Float32Array,
  channelCount: number,
  nodes: readonly [number, number, number],
): Float32Array {
  const [nx, ny, nz] = nodes;
  const x = subdivideAxis(coefficients, channelCount * nz * ny, nx, 1);
  const y = subdivideAxis(x, channelCount * nz, ny, 2 * nx - 2);
  return subdivideAxis(y, channelCount, nz, (2 * nx - 2) * (2 * ny - 2));
}

function subdivideBackward(
  grad: Float32Array,
  channelCount: number,
  nodes: readonly [number, number, number],
): Float32Array {
  const [nx, ny, nz] = nodes;
  const z = subdivideAxisBackward(grad, channelCount, nz, (2 * nx - 2) * (2 * ny - 2));
  const y = subdivideAxisBackward(z, channelCount * nz, ny, 2 * nx - 2);
  return subdivideAxisBackward(y, channelCount * nz * ny, nx, 1);
}

/**
 * One axis of the subdivision, for an array [outer, count, inner].
 *
 *     coarse nodes     J−1         J         J+1        fine 2J−1 = ¼ (J−1) + ¾ J
 *     fine nodes           2J−1  2J                     fine 2J   = ¾ J + ¼ (J+1)
 */
function subdivideAxis(source: Float32Array, outer: number, count: number, inner: number): Float32Array {
  const fineCount = 2 * count - 2;
  const target = new Float32Array(outer * fineCount * inner);
  if (inner === 1) {
    // Along x the two children of a pair of nodes are written together: twice as fast as the general loop.
    for (let o = 0, to = 0; o < outer; o++) {
      for (let from = o * count; from < (o + 1) * count - 1; from++, to += 2) {
        target[to] = 0.75 * source[from] + 0.25 * source[from + 1];
        target[to + 1] = 0.25 * source[from] + 0.75 * source[from + 1];
      }
    }
    return target;
  }
  for (let o = 0; o < outer; o++) {
    for (let k = 0; k < fineCount; k++) {
      const near = (k + 1) >> 1;
      const far = k & 1 ? near - 1 : near + 1;
      const to = (o * fineCount + k) * inner;
      const fromNear = (o * count + near) * inner;
      const fromFar = (o * count + far) * inner;
      for (let i = 0; i < inner; i++)
        target[to + i] = 0.75 * source[fromNear + i] + 0.25 * source[fromFar + i];
    }
  }
  return target;
}

function subdivideAxisBackward(
  grad: Float32Array,
  outer: number,
  count: number,
  inner: number,
): Float32Array {
  const fineCount = 2 * count - 2;
  const target = new Float32Array(outer * count * inner);
  if (inner === 1) {
    for (let o = 0, from = 0; o < outer; o++) {
      for (let to = o * count; to < (o + 1) * count - 1; to++, from += 2) {
        target[to] += 0.75 * grad[from] + 0.25 * grad[from + 1];
        target[to + 1] += 0.25 * grad[from] + 0.75 * grad[from + 1];
      }
    }
    return target;
  }
  for (let o = 0; o < outer; o++) {
    for (let k = 0; k < fineCount; k++) {
      const near = (k + 1) >> 1;
      const far = k & 1 ? near - 1 : near + 1;
      const from = (o * fineCount + k) * inner;
      const toNear = (o * count + near) * inner;
      const toFar = (o * count + far) * inner;
      for (let i = 0; i < inner; i++) {
        target[toNear + i] += 0.75 * grad[from + i];
        target[toFar + i] += 0.25 * grad[from + i];
      }
    }
  }
  return target;
}
