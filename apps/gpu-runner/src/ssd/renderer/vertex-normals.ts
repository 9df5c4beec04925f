import type { TriangleMesh } from '../mesh.ts';

/** Smooth vertex normals with what their backward pass needs. */
export interface VertexNormals {
  /** [V, 3] unit normals in world space; zero for a vertex without area around it. */
  readonly normals: Float32Array;
  /** [V] length of the area-weighted sum that each normal was divided by. */
  readonly lengths: Float32Array;
}

/** Makes zeroed normals for `vertexCount` vertices. */
export function createVertexNormals(vertexCount: number): VertexNormals {
  return { normals: new Float32Array(vertexCount * 3), lengths: new Float32Array(vertexCount) };
}

/**
 * Computes smooth vertex normals: the normalized sum of the adjacent faces' normals weighted by area.
 *
 * Writes `into` when given (it must be for the same vertex count), else new arrays.
 */
export function computeVertexNormals(
  mesh: TriangleMesh,
  into: VertexNormals = createVertexNormals(mesh.positions.length / 3),
): VertexNormals {
  const { positions: p, indices } = mesh;
  const { normals, lengths } = into;
  normals.fill(0);
  for (let t = 0; t < indices.length; t += 3) {
    const a = indices[t] * 3;
    const b = indices[t + 1] * 3;
    const c = indices[t + 2] * 3;
    const ux = p[b] - p[a];
    const uy = p[b + 1] - p[a + 1];
    const uz = p[b + 2] - p[a + 2];
    const vx = p[c] - p[a];
    const vy = p[c + 1] - p[a + 1];
    const vz = p[c + 2] - p[a + 2];
    const x = uy * vz - uz * vy;
    const y = uz * vx - ux * vz;
    const z = ux * vy - uy * vx;
    normals[a] += x;
    normals[a + 1] += y;
    normals[a + 2] += z;
    normals[b] += x;
    normals[b + 1] += y;
    normals[b + 2] += z;
    normals[c] += x;
    normals[c + 1] += y;
    normals[c + 2] += z;
  }
  for (let v = 0, i = 0; v < lengths.length; v++, i += 3) {
    const length = Math.hypot(normals[i], normals[i + 1], normals[i + 2]);
    lengths[v] = length;
    if (length === 0) continue;
    normals[i] /= length;
    normals[i + 1] /= length;
    normals[i + 2] /= length;
  }
  return into;
}

/**
 * Adds the pull-back of `computeVertexNormals` to `gradPositions` [V, 3].
 *
 * `gradNormals` [V, 3] is overwritten by the gradient of the sums before normalization.
 */
export function computeVertexNormalsBackward(
  mesh: TriangleMesh,
  computed: VertexNormals,
  gradNormals: Float32Array,
  gradPositions: Float32Array,
): void {
  const { positions: p, indices } = mesh;
  const { normals, lengths } = computed;
  const g = gradNormals;
  // (1) Through n = s / |s|.
  for (let v = 0, i = 0; v < lengths.length; v++, i += 3) {
    const scale = lengths[v] > 0 ? 1 / lengths[v] : 0;
    const along = g[i] * normals[i] + g[i + 1] * normals[i + 1] + g[i + 2] * normals[i + 2];
    g[i] = (g[i] - along * normals[i]) * scale;
    g[i + 1] = (g[i + 1] - along * normals[i + 1]) * scale;
    g[i + 2] = (g[i + 2] - along * normals[i + 2]) * scale;
  }
  // (2) Through each face's (b − a) × (c − a).
  for (let t = 0; t < indices.length; t += 3) {
    const a = indices[t] * 3;
    const b = indices[t + 1] * 3;
    const c = indices[t + 2] * 3;
    const gx = g[a] + g[b] + g[c];
    const gy = g[a + 1] + g[b + 1] + g[c + 1];
    const gz = g[a + 2] + g[b + 2] + g[c + 2];
    if (gx === 0 && gy === 0 && gz === 0) continue;
    const ux = p[b] - p[a];
    const uy = p[b + 1] - p[a + 1];
    const uz = p[b + 2] - p[a + 2];
    const vx = p[c] - p[a];
    const vy = p[c + 1] - p[a + 1];
    const vz = p[c + 2] - p[a + 2];
    const bx = vy * gz - vz * gy;
    const by = vz * gx - vx * gz;
    const bz = vx * gy - vy * gx;
    const cx = gy * uz - gz * uy;
    const cy = gz * ux - gx * uz;
    const cz = gx * uy - gy * ux;
    gradPositions[a] -= bx + cx;
    gradPositions[a + 1] -= by + cy;
    gradPositions[a + 2] -= bz + cz;
    gradPositions[b] += bx;
    gradPositions[b + 1] += by;
    gradPositions[b + 2] += bz;
    gradPositions[c] += cx;
    gradPositions[c + 1] += cy;
    gradPositions[c + 2] += cz;
  }
}
