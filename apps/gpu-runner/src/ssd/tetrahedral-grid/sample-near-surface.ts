import { extractSurface } from './extract-surface.ts';
import { followSurface } from './follow-surface.ts';
import { findCrossings } from './marching-tetrahedra.ts';
import type { GridSample, SurfaceSampler } from './signed-distance-field.ts';

/**
 * Binds a field to a grid of cells of `cellSize` (world units) that exists near the surface only.
 *
 * A coarse sampler over the whole box finds the pieces of the surface; each sample walks along them on the fine grid. So what is
 * remembered between steps is the coarse sampler's, and a piece is missed only where the coarse one misses it.
 */
export function createNearSurfaceSampler(coarse: SurfaceSampler, cellSize: number): SurfaceSampler {
  const { field, memory, rewind } = coarse;
  const sample = async (scope: 'step' | 'whole'): Promise<GridSample> => {
    const { signedDistance, offsets, ...grid } = followSurface(
      field,
      await extractSurface(coarse, scope),
      cellSize,
    );
    return { grid, signedDistance, offsets, crossings: findCrossings(grid, signedDistance) };
  };
  return { field, memory, rewind, sampleStep: () => sample('step'), sampleWhole: () => sample('whole') };
}
