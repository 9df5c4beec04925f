/**
 * A smooth displacement of resting points, with which a finished head changes its expression or its build.
 *
 *     displaced(x) = x + w_head(x) · head(x) + w_face(x) · face(x)
 *
 * `head` is a spline pyramid over the whole head, coarse enough to lift a brow or to age a face; `face` adds fine levels
 * in a box around eyes and mouth. The windows w let both end smoothly at their boxes. All parameters start at zero, so an
 * edit starts from the base's identical shape. The surface keeps its triangles: what was one piece stays one piece.
 *
 * What a continuous field can do to lips that touch: it cannot tear them apart, since they are one fold of one surface.
 * It opens a mouth by stretching the fold: a step of one coefficient spreads over two spacings, so lips part where the
 * finest spacing is a fraction of a lip. Cubes of 0.01 head heights (a lip has 0.04) leave a stretched band of 0.02, which
 * then lines the mouth; teeth and tongue do not appear, and the band is as smooth as a fold's two triangles are.
 *
 * References: HeadArtist (arXiv 2312.07539) §3.4 freezes the distances and moves the grid's vertices; its released bound
 * of a fraction of a cell cannot open a mouth, so ours has no bound and several scales.
 */
import type { Box } from '../tetrahedral-grid/box.ts';
import { sampleSpline, sampleSplineBackward } from '../tetrahedral-grid/sample-spline.ts';
import {
  collapsePyramid,
  collapsePyramidBackward,
  createSplinePyramid,
  type SplinePyramid,
} from '../tetrahedral-grid/spline-pyramid.ts';

/** One pyramid of a deformation. */
export interface DeformationLattice {
  readonly box: Box;
  /** Edge of the coarsest lattice's cubes, world units; each further level halves it. */
  readonly coarsestSpacing: number;
  /** Per level, coarsest first: displacement for a parameter change of 1, world units. */
  readonly scales: readonly number[];
  /** Over this width inside the box's faces the lattice fades in, world units; outside it moves nothing. */
  readonly margin: number;
}

/** The layout of a deformation. */
export interface DeformationSettings {
  readonly head: DeformationLattice;
  readonly face: DeformationLattice;
}

/** A pyramid with its place in the parameters. */
interface DeformationPart {
  readonly pyramid: SplinePyramid;
  readonly start: number;
  /** [level][axis] */
  readonly scales: readonly (readonly number[])[];
  /** The share 0 … 1 of the part's displacement that a point takes. */
  readonly window: (x: number, y: number, z: number) => number;
  /** Its parameters collapsed onto the finest lattice, as of the latest `refreshDeformation`. */
  coefficients: Float32Array;
}

/** The run of parameters that one level owns. */
export interface DeformationLevel {
  readonly start: number;
  readonly end: number;
  readonly spacing: number;
}

/** A deformation's fixed layout and its state. */
export interface DeformationField {
  readonly parts: readonly DeformationPart[];
  /** All levels, the head's before the face's, coarsest first. */
  readonly levels: readonly DeformationLevel[];
  readonly parameters: Float32Array;
  /** Same length as `parameters`; backward passes add to it, the training loop clears it. */
  readonly gradient: Float32Array;
}

/** Creates a field that moves nothing, or one that goes on from stored `parameters` (which are copied). */
export function createDeformationField(
  settings: DeformationSettings,
  parameters: Float32Array | null = null,
): DeformationField {
  const parts: DeformationPart[] = [];
  const levels: DeformationLevel[] = [];
  let start = 0;
  for (const lattice of [settings.head, settings.face]) {
    const { box, coarsestSpacing, margin } = lattice;
    const levelCount = lattice.scales.length;
    const pyramid = createSplinePyramid({ box, coarsestSpacing, levelCount, channelCount: 3 });
    const scales = lattice.scales.map((scale) => [scale, scale, scale]);
    const window = fadeInto(box, margin);
    parts.push({ pyramid, start, scales, window, coefficients: new Float32Array(0) });
    for (const level of pyramid.levels) {
      const first = start + level.start;
      levels.push({ start: first, end: first + 3 * level.nodeCount, spacing: level.spacing });
    }
    start += pyramid.parameterCount;
  }
  if (parameters !== null && parameters.length !== start) {
    throw new Error(`createDeformationField: expected ${start} parameters, got ${parameters.length}`);
  }
  const field: DeformationField = {
    parts,
    levels,
    parameters: parameters === null ? new Float32Array(start) : parameters.slice(),
    gradient: new Float32Array(start),
  };
  refreshDeformation(field);
  return field;
}

/** Brings a field up to date after `parameters` changed; every evaluation needs it. */
export function refreshDeformation(field: DeformationField): void {
  for (const part of field.parts) {
    part.coefficients = collapsePyramid(part.pyramid, ownParameters(part, field.parameters), part.scales);
  }
}

/** Where resting points [P, 3] lie after the deformation, as a new array. */
export function displace(field: DeformationField, positionsRest: Float32Array): Float32Array {
  const displaced = positionsRest.slice();
  for (const part of field.parts) {
    const { shares, rows } = sharesAt(part, positionsRest);
    const moves = new Float32Array(positionsRest.length);
    sampleSpline(samplesOf(part, positionsRest, rows), part.coefficients, moves);
    for (const p of rows) {
      for (let i = 3 * p; i < 3 * p + 3; i++) displaced[i] += shares[p] * moves[i];
    }
  }
  return displaced;
}

/** Adds what a gradient at the displaced points [P, 3] means for the parameters to `field.gradient`. */
export function displaceBackward(
  field: DeformationField,
  positionsRest: Float32Array,
  gradDisplaced: Float32Array,
): void {
  for (const part of field.parts) {
    const { shares, rows } = sharesAt(part, positionsRest);
    const gradMoves = gradDisplaced.map((g, i) => g * shares[Math.floor(i / 3)]);
    const gradCoefficients = new Float32Array(part.coefficients.length);
    sampleSplineBackward(samplesOf(part, positionsRest, rows), gradMoves, gradCoefficients);
    collapsePyramidBackward(part.pyramid, gradCoefficients, part.scales, ownParameters(part, field.gradient));
  }
}

function ownParameters({ pyramid, start }: DeformationPart, parameters: Float32Array): Float32Array {
  return parameters.subarray(start, start + pyramid.parameterCount);
}

function samplesOf({ pyramid }: DeformationPart, positions: Float32Array, rows: Uint32Array) {
  return { pyramid, positions, rows, firstChannel: 0, channelCount: 3 };
}

/** The window at each point, and the points where it is not zero. */
function sharesAt(
  { window }: DeformationPart,
  positions: Float32Array,
): { readonly shares: Float32Array; readonly rows: Uint32Array } {
  const shares = new Float32Array(positions.length / 3);
  let count = 0;
  for (let p = 0; p < shares.length; p++) {
    shares[p] = window(positions[3 * p], positions[3 * p + 1], positions[3 * p + 2]);
    if (shares[p] > 0) count++;
  }
  const rows = new Uint32Array(count);
  for (let p = 0, k = 0; p < shares.length; p++) if (shares[p] > 0) rows[k++] = p;
  return { shares, rows };
}

/** 0 outside the box, 1 deeper inside than the margin, with continuous slopes between. */
function fadeInto({ min, max }: Box, margin: number): (x: number, y: number, z: number) => number {
  const along = (value: number, axis: 0 | 1 | 2): number => {
    const depth = Math.min(value - min[axis], max[axis] - value) / margin;
    const t = Math.min(Math.max(depth, 0), 1);
    return t * t * (3 - 2 * t);
  };
  return (x, y, z) => along(x, 0) * along(y, 1) * along(z, 2);
}
