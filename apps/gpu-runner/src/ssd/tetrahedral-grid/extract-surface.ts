/** One training step's surface: field → signed distances and offsets on the grid → mesh, and the way back. */
import {
  type MarchedMesh,
  type MarchingInput,
  marchingTetrahedra,
  marchingTetrahedraBackward,
} from './marching-tetrahedra.ts';
import type { GridSample, SurfaceSampler } from './signed-distance-field.ts';

/** A surface with what its backward pass needs; valid until the next extraction from the same sampler. */
export interface ExtractedSurface {
  readonly mesh: MarchedMesh;
  readonly input: MarchingInput;
  readonly sample: GridSample;
}

/** Extracts the surface for the field's present parameters, as a training step sees it or so that nothing is missed. */
export async function extractSurface(
  sampler: SurfaceSampler,
  scope: 'step' | 'whole' = 'step',
): Promise<ExtractedSurface> {
  const sample = await (scope === 'step' ? sampler.sampleStep() : sampler.sampleWhole());
  const { signedDistance, offsets, crossings } = sample;
  const input = { grid: sampler.grid, signedDistance, offsets, offsetBound: sampler.field.offsetBound };
  return { mesh: marchingTetrahedra(input, crossings), input, sample };
}

/** Adds the pull-back of a gradient at the mesh's vertices [V, 3] to the field's gradient. */
export async function extractSurfaceBackward(
  sampler: SurfaceSampler,
  { mesh, input, sample }: ExtractedSurface,
  gradPositions: Float32Array,
): Promise<void> {
  const gradSignedDistance = new Float32Array(sampler.grid.positions.length / 3);
  const gradOffsets = new Float32Array(sampler.grid.positions.length);
  marchingTetrahedraBackward(input, mesh, gradPositions, gradSignedDistance, gradOffsets);
  await sampler.backward(sample, gradSignedDistance, gradOffsets);
}
