import type { Box } from './box.ts';
import type { GridCrossings } from './marching-tetrahedra.ts';
import type { TetrahedralGrid } from './tetrahedral-grid.ts';

/** Signed distance of a point, world units, negative inside. */
export type DistanceFunction = (x: number, y: number, z: number) => number;

/**
 * The learnable head surface: a signed distance and an offset for every point, of which a tetrahedral grid asks at its
 * vertices. Two kinds, the residual pyramid and the hash grid, share it.
 *
 * References: HeadArtist (arXiv 2312.07539) §3.2; Shen et al. 2021, "Deep Marching Tetrahedra".
 */
export interface SignedDistanceField {
  readonly box: Box;
  /** Largest displacement of a grid vertex per axis, world units: tanh(o) times this. */
  readonly offsetBound: number;
  /** All that is learned; a checkpoint is a copy of it. */
  readonly parameters: Float32Array;
  /** Same length as `parameters`; backward passes add to it, the training loop clears it. */
  readonly gradient: Float32Array;
  /** Brings evaluations up to date after `parameters` changed. */
  refresh(): void;
  /** Answers single points at once, as of the latest `refresh`. */
  probe(): FieldProbe;
  /** Adds the pull-back of gradients at distances [N] and unbounded offsets [N, 3] of points [N, 3] to `gradient`. */
  backward(points: Float32Array, gradDistances: Float32Array, gradOffsets: Float32Array): Promise<void>;
  /** Binds the field to a grid. */
  sampleOn(grid: TetrahedralGrid): SurfaceSampler;
  /** Frees what is not memory of ours; the field cannot be asked afterwards. */
  dispose(): Promise<void>;
}

/** Scattered queries at points of the resting space. */
export interface FieldProbe {
  readonly distance: DistanceFunction;
  /** Unbounded offsets o along x, y and z, written into `into`. */
  offset(x: number, y: number, z: number, into: Float64Array): void;
}

/** What a surface is cut from; valid until the sampler's next sample. */
export interface GridSample {
  readonly grid: TetrahedralGrid;
  /** [G] negative inside, world units; right at the crossings' vertices, and in sign elsewhere as the sampler says. */
  readonly signedDistance: Float32Array;
  /** [G, 3] unbounded offsets; right at the crossings' vertices. */
  readonly offsets: Float32Array;
  readonly crossings: GridCrossings;
}

/** A field bound to where it is asked, with what it remembers between steps. */
export interface SurfaceSampler {
  readonly field: SignedDistanceField;
  /** What the next step's sample depends on besides the field's parameters, as live arrays for checkpoints. */
  readonly memory: Readonly<Record<string, Float32Array>>;
  /** Told after `memory` was overwritten with what `step` samples of steps had left. */
  rewind(step: number): void;
  /** One training step's sample. */
  sampleStep(): Promise<GridSample>;
  /** A sample that misses nothing and leaves the memory as it is: for pictures and for the finished surface. */
  sampleWhole(): Promise<GridSample>;
}
