import type { TriangleMesh } from '../mesh.ts';
import type { Texture } from '../renderer/render-preview.ts';

/** What pictures of a finished head are made from: the exported mesh with its texture, in world units. */
export interface TexturedHead {
  /** Cut along the chart borders. */
  readonly mesh: TriangleMesh;
  /** [W, 3] unit normals, equal on both sides of a cut. */
  readonly normals: Float32Array;
  /** [W, 2] glTF texture coordinates. */
  readonly uvs: Float32Array;
  readonly texture: Texture;
}
