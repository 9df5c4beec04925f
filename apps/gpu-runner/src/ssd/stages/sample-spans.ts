import type { GridSpan } from '../config.ts';
import type { Box } from '../tetrahedral-grid/box.ts';
import { createNearSurfaceSampler } from '../tetrahedral-grid/sample-near-surface.ts';
import type { SignedDistanceField, SurfaceSampler } from '../tetrahedral-grid/signed-distance-field.ts';
import { createTetrahedralGrid } from '../tetrahedral-grid/tetrahedral-grid.ts';
import type { LearnedState } from './learned-state.ts';

/** The grids of a stage, coarse to fine. */
export interface SampledSpans {
  /** The grid of a step. */
  at(step: number): SurfaceSampler;
  /** A grid over the whole box that finds every piece of the finished surface. */
  readonly whole: SurfaceSampler;
  /** What all of them remember, for checkpoints. */
  readonly learned: LearnedState;
}

/** A grid near the surface is led by one over the whole box with cells so many times as large. */
const COARSE_CELLS = 2;

/** Binds a field to the grids of a stage's spans; a span begins where the one before it ends. */
export function sampleSpans(
  field: SignedDistanceField,
  box: Box,
  spans: readonly GridSpan[],
  steps: number,
): SampledSpans {
  let start = 0;
  const bound = spans.map(({ untilProgress, cellSize, nearSurface = false }) => {
    const first = start;
    start = Math.round(untilProgress * steps);
    const whole = field.sampleOn(
      createTetrahedralGrid(box, nearSurface ? COARSE_CELLS * cellSize : cellSize),
    );
    return {
      first,
      end: start,
      whole,
      sampler: nearSurface ? createNearSurfaceSampler(whole, cellSize) : whole,
    };
  });
  const last = bound[bound.length - 1];
  return {
    at: (step) => (bound.find(({ end }) => step < end) ?? last).sampler,
    whole: last.whole,
    learned: {
      arrays: Object.fromEntries(
        bound.flatMap(({ sampler }, k) =>
          Object.entries(sampler.memory).map(([name, array]) => [`${k}/${name}`, array]),
        ),
      ),
      rewind(step) {
        for (const { first, end, sampler } of bound) {
          sampler.rewind(Math.min(Math.max(step, first), end) - first);
        }
      },
    },
  };
}
