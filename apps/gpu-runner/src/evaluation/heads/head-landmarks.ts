import { createClosestPoint } from '../../ssd/export/closest-point.ts';
import {
  landmarkAnchors,
  type LandmarkAnchors,
  type LandmarkSource,
} from '../../ssd/landmarks/landmark-anchors.ts';
import type { TriangleMesh } from '../../ssd/mesh.ts';

/** Chains of the template that have a counterpart among a face detector's landmarks. */
export const FACE_CHAINS = ['oval', 'lips_out', 'eyeL', 'browL', 'eyeR', 'browR'] as const;

/**
 * The template's face landmarks on a finished head: each moved to the point of `mesh` that is nearest to it. Null for a
 * template without a face. The finished mesh has no field to follow any more.
 */
export function headLandmarks(template: LandmarkSource, mesh: TriangleMesh): LandmarkAnchors | null {
  if (FACE_CHAINS.some((name) => !template.landmarks.has(name))) return null;
  const chains = FACE_CHAINS.map((name) => ({ name, kind: 'closed', color: [0, 0, 0] }) as const);
  const anchors = landmarkAnchors(template, { chains });
  return { ...anchors, positions: createClosestPoint(mesh).snap(anchors.positions) };
}
