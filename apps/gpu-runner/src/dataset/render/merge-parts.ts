import type { TriangleMesh } from '../../ssd/mesh.ts';
import { computeVertexNormals } from '../../ssd/renderer/vertex-normals.ts';
import type { Part } from '../part.ts';
import type { HeadFrame } from '../scene/head-frame.ts';

/** All parts of a head as one mesh in the engine's units, ready to be rendered from any side. */
export interface Scene {
  readonly parts: readonly Part[];
  readonly mesh: TriangleMesh;
  /** [V, 3] unit normals, smooth within a part and independent of the others. */
  readonly normals: Float32Array;
  /** [F] number of the part that each triangle belongs to. */
  readonly partOfTriangle: Uint8Array;
  /** First vertex of each part. */
  readonly firstVertex: Uint32Array;
  /** What turned decimeters into head heights. */
  readonly frame: HeadFrame;
}

/** Most channels that a part may have. */
export const CHANNEL_LIMIT = 32;

/** Joins parts into one mesh and brings them into the engine's units: head height 1, origin at mid height. */
export function mergeParts(parts: readonly Part[], frame: HeadFrame): Scene {
  let vertexCount = 0;
  let indexCount = 0;
  for (const part of parts) {
    check(part);
    vertexCount += part.mesh.positions.length / 3;
    indexCount += part.mesh.indices.length;
  }
  if (parts.length > 255) throw new Error(`mergeParts: expected at most 255 parts, got ${parts.length}`);
  const positions = new Float32Array(vertexCount * 3);
  const normals = new Float32Array(vertexCount * 3);
  const indices = new Uint32Array(indexCount);
  const partOfTriangle = new Uint8Array(indexCount / 3);
  const firstVertex = new Uint32Array(parts.length);
  const scale = 1 / frame.height;
  let vertex = 0;
  let index = 0;
  for (const [number, { mesh }] of parts.entries()) {
    const p = mesh.positions;
    for (let i = 0, to = vertex * 3; i < p.length; i += 3, to += 3) {
      positions[to] = p[i] * scale;
      positions[to + 1] = (p[i + 1] - frame.middleY) * scale;
      positions[to + 2] = (p[i + 2] - frame.middleZ) * scale;
    }
    normals.set(computeVertexNormals(mesh).normals, vertex * 3);
    for (let i = 0; i < mesh.indices.length; i++) indices[index + i] = mesh.indices[i] + vertex;
    partOfTriangle.fill(number, index / 3, (index + mesh.indices.length) / 3);
    firstVertex[number] = vertex;
    vertex += p.length / 3;
    index += mesh.indices.length;
  }
  return { parts, mesh: { positions, indices }, normals, partOfTriangle, firstVertex, frame };
}

function check({ name, mesh, channels, channelCount }: Part): void {
  const count = mesh.positions.length / 3;
  if (channels.length !== count * channelCount) {
    throw new Error(
      `mergeParts: ${name}: expected ${count} × ${channelCount} channels, got ${channels.length}`,
    );
  }
  if (channelCount > CHANNEL_LIMIT) {
    throw new Error(`mergeParts: ${name}: expected at most ${CHANNEL_LIMIT} channels, got ${channelCount}`);
  }
  for (const v of mesh.indices) {
    if (v >= count) throw new Error(`mergeParts: ${name}: expected vertices below ${count}, got ${v}`);
  }
}
