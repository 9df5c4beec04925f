/** One training step's surface: field → signed distances and offsets on the grid → mesh, and the way back. */
import { gatherRows } from './gather-rows.ts';
import {
  type GridCrossings,
  type MarchedMesh,
  type MarchingInput,
  marchingTetrahedra,
  marchingTetrahedraBackward,
} from './marching-tetrahedra.ts';
import { mirrorRows } from './mirror-rows.ts';
import type { SurfaceSampler } from './signed-distance-field.ts';

/** A surface with what its backward pass needs; valid until the next extraction from the same sampler. */
export interface ExtractedSurface {
  readonly mesh: MarchedMesh;
  readonly input: MarchingInput;
  readonly crossings: GridCrossings;
}

/** Extracts the surface for the field's present parameters, as a training step sees it or so that nothing is missed. */
export async function extractSurface(
  sampler: SurfaceSampler,
  scope: 'step' | 'whole' = 'step',
): Promise<ExtractedSurface> {
  const { crossings, ...sample } = await (scope === 'step' ? sampler.sampleStep() : sampler.sampleWhole());
  const input = { ...sample, offsetBound: sampler.field.offsetBound };
  return { mesh: marchingTetrahedra(input, crossings), input, crossings };
}

/**
 * Adds the pull-back of a gradient at the mesh's vertices [V, 3] to the field's gradient; `mirrored` adds the same once
 * more for the mirror image, x ↦ −x, so that a symmetric field stays symmetric.
 */
export async function extractSurfaceBackward(
  { field }: SurfaceSampler,
  { mesh, input, crossings: { vertices } }: ExtractedSurface,
  gradPositions: Float32Array,
  mirrored = false,
): Promise<void> {
  const { positions } = input.grid;
  const gradSignedDistance = new Float32Array(positions.length / 3);
  const gradOffsets = new Float32Array(positions.length);
  marchingTetrahedraBackward(input, mesh, gradPositions, gradSignedDistance, gradOffsets);
  const points = gatherRows(positions, vertices);
  const gradDistances = Float32Array.from(vertices, (v) => gradSignedDistance[v]);
  const gradMoves = gatherRows(gradOffsets, vertices);
  await field.backward(points, gradDistances, gradMoves);
  if (!mirrored) return;
  mirrorRows(points);
  mirrorRows(gradMoves);
  await field.backward(points, gradDistances, gradMoves);
}
