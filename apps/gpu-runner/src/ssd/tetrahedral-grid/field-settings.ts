import type { HashGridConfig } from '../neural-field/hash-grid.ts';

/** Which field a head grows in, and its layout. */
export type FieldSettings = ResidualFieldSettings | HashGridFieldSettings;

/** The layout of a residual field. */
export interface ResidualFieldSettings {
  readonly kind?: 'residual' | undefined;
  /** Edge of the coarsest lattice's cubes, world units; each further level halves it. */
  readonly coarsestSpacing: number;
  /** Per level, coarsest first: change of the distance for a parameter change of 1, world units. */
  readonly distanceScales: readonly number[];
  /** How much larger a step of the unbounded offsets is than one of the distance. */
  readonly offsetScale: number;
  /** Largest displacement of a grid vertex per axis, world units: tanh(o) times this. */
  readonly offsetBound: number;
}

/** The layout of a hash-grid field: one encoding, and on it a network for the distance and one for the offsets. */
export interface HashGridFieldSettings {
  readonly kind: 'hash-grid';
  readonly grid: HashGridConfig;
  /** Half the edge of the cube around the origin that the grid spans, world units. */
  readonly halfEdge: number;
  /** Widths of the hidden layers of both networks. */
  readonly hiddenSizes: readonly number[];
  /** What the offsets start from: nothing, or whatever a fresh network answers. */
  readonly offsetStart: 'zero' | 'random';
  /** Largest displacement of a grid vertex per axis, world units: tanh(o) times this. */
  readonly offsetBound: number;
  /** Vertices whose last known distance is below so many cells are evaluated in each step. */
  readonly bandCells: number;
  /** Every other vertex is evaluated once in so many steps. */
  readonly refreshSteps: number;
  /** How the distance is fitted to the template before the first step. */
  readonly fit: FieldFitSettings;
}

/** The fit of a field to its template: Adam on the squared error of the distance. */
export interface FieldFitSettings {
  readonly steps: number;
  readonly learningRate: number;
  /** Points a step, uniform in the cube that the grid spans. */
  readonly uniformPoints: number;
  /** Points a step around the surface, and their standard deviation from it, world units. */
  readonly nearPoints: number;
  readonly nearSpread: number;
}
