import type { TriangleMesh } from '../../ssd/mesh.ts';
import { findPieces } from '../../ssd/mesh-pieces.ts';
import { countEdges } from './count-edges.ts';
import { findSelfIntersections } from './find-self-intersections.ts';
import { weldVertices } from './weld-vertices.ts';

/** What is wrong with a mesh. */
export interface MeshQuality {
  readonly triangles: number;
  /** Triangles that pass through others. */
  readonly intersectingTriangles: number;
  /** Connected pieces besides the largest, and their share of all triangles. */
  readonly floaters: number;
  readonly floaterShare: number;
  /** See `EdgeCounts`. */
  readonly openEdges: number;
  readonly pinchedEdges: number;
  /** Closed: no open edge. */
  readonly watertight: boolean;
}

/** Measures a mesh as it was delivered: vertices that a texture atlas doubled count once. */
export function measureQuality(mesh: TriangleMesh): MeshQuality {
  const welded = weldVertices(mesh);
  const triangles = welded.indices.length / 3;
  const pieces = findPieces(welded);
  const trianglesOf = new Map<number, number>();
  for (let f = 0; f < welded.indices.length; f += 3) {
    const piece = pieces[welded.indices[f]];
    trianglesOf.set(piece, (trianglesOf.get(piece) ?? 0) + 1);
  }
  const largest = Math.max(0, ...trianglesOf.values());
  const { open: openEdges, pinched: pinchedEdges } = countEdges(welded);
  return {
    triangles,
    intersectingTriangles: findSelfIntersections(welded).triangleCount,
    floaters: Math.max(0, trianglesOf.size - 1),
    floaterShare: triangles === 0 ? 0 : (triangles - largest) / triangles,
    openEdges,
    pinchedEdges,
    watertight: openEdges === 0 && triangles > 0,
  };
}
