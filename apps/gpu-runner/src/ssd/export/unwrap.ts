/**
 * A UV atlas for a closed mesh, by xatlas (watlas).
 *
 * References: watlas 1.0.1; glTF 2.0 section 3.8.3 (the texture's origin is its upper left corner).
 */
import { Atlas, Initialize } from 'watlas';
import type { TriangleMesh } from '../mesh.ts';

/** A mesh cut along the borders of its charts. */
export interface UnwrappedMesh {
  /** [F, 3] indices into the cut mesh's vertices; triangle f is triangle f of the mesh that was unwrapped. */
  readonly indices: Uint32Array;
  /** [W] the vertex of the closed mesh that each cut vertex is a copy of. */
  readonly sourceVertices: Uint32Array;
  /** [W, 2] in [0, 1], origin at the texture's upper left, v down. */
  readonly uvs: Float32Array;
  readonly chartCount: number;
}

/** Texels between charts: wide enough for four mip levels. */
const PADDING = 8;

/** A quarter of xatlas's default: as many charts, but four times faster, since none grows far before it is split. */
const MAX_COST = 0.5;

let initialized: Promise<void> | undefined;

/** Cuts and flattens `mesh` for a square texture of `textureSize` texels. */
export async function unwrap(mesh: TriangleMesh, textureSize: number): Promise<UnwrappedMesh> {
  initialized ??= Initialize();
  await initialized;
  const atlas = new Atlas();
  try {
    atlas.addMesh({
      vertexPositionData: mesh.positions,
      vertexCount: mesh.positions.length / 3,
      vertexPositionStride: 12,
      indexData: mesh.indices,
      indexCount: mesh.indices.length,
    });
    atlas.computeCharts({ maxCost: MAX_COST });
    // Rotated charts come out mirrored (xatlas), which breaks every tangent space built on them.
    atlas.packCharts({
      padding: PADDING,
      resolution: textureSize,
      rotateCharts: false,
      rotateChartsToAxis: false,
    });
    return readAtlas(atlas, mesh);
  } finally {
    atlas.delete();
  }
}

function readAtlas(atlas: Atlas, mesh: TriangleMesh): UnwrappedMesh {
  const unwrapped = atlas.getMesh(0);
  const { vertexCount } = unwrapped;
  const indices = new Uint32Array(unwrapped.indexCount);
  unwrapped.getIndexArray(indices);
  if (indices.length !== mesh.indices.length || atlas.atlasCount !== 1)
    throw new Error(
      `unwrap: expected ${mesh.indices.length} indices in one atlas, got ${indices.length} in ${atlas.atlasCount}`,
    );
  const sourceVertices = new Uint32Array(vertexCount);
  const uvs = new Float32Array(vertexCount * 2);
  for (let v = 0; v < vertexCount; v++) {
    const vertex = unwrapped.getVertex(v);
    sourceVertices[v] = vertex.xref;
    // The atlas is only about as large as asked. Upside down, so that charts are not mirrored in the picture.
    uvs[2 * v] = Math.min(vertex.uv[0] / atlas.width, 1);
    uvs[2 * v + 1] = 1 - Math.min(vertex.uv[1] / atlas.height, 1);
  }
  return { indices, sourceVertices, uvs, chartCount: atlas.chartCount };
}
