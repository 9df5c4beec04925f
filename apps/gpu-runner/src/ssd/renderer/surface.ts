import { buildEdges, type MeshEdges } from '../mesh-edges.ts';
import type { TriangleMesh } from '../mesh.ts';
import { computeVertexNormals, computeVertexNormalsBackward, type VertexNormals } from './vertex-normals.ts';

/** A mesh with what all views of it share. */
export interface Surface {
  readonly mesh: TriangleMesh;
  readonly edges: MeshEdges;
  /** Whether no edge is a border: then back faces can never be seen from outside and are not drawn. */
  readonly closed: boolean;
  readonly vertexNormals: VertexNormals;
}

/** Computes what all views of a mesh share: its edges (unless the caller has them) and vertex normals. */
export function prepareSurface(mesh: TriangleMesh, edges: MeshEdges = buildEdges(mesh)): Surface {
  return { mesh, edges, closed: isClosed(edges), vertexNormals: computeVertexNormals(mesh) };
}

/** Gradients with respect to a surface, added up over its views. */
export interface SurfaceGradient {
  /** [V, 3] */
  readonly positions: Float32Array;
  /** [V, 3] with respect to the vertex normals. */
  readonly normals: Float32Array;
}

/** Makes a zero gradient for `surface`. */
export function createSurfaceGradient(surface: Surface): SurfaceGradient {
  const length = surface.mesh.positions.length;
  return { positions: new Float32Array(length), normals: new Float32Array(length) };
}

/** Folds the part of `gradient` that went through the vertex normals into `gradient.positions`; call it once. */
export function surfaceBackward(surface: Surface, gradient: SurfaceGradient): void {
  computeVertexNormalsBackward(surface.mesh, surface.vertexNormals, gradient.normals, gradient.positions);
  gradient.normals.fill(0);
}

function isClosed({ edgeFaces }: MeshEdges): boolean {
  for (let e = 1; e < edgeFaces.length; e += 2) if (edgeFaces[e] < 0) return false;
  return true;
}
