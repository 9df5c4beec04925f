import { computeVertexNormals } from '../../ssd/renderer/vertex-normals.ts';
import type { Part } from '../part.ts';

/**
 * Adds a last channel to a part: how deep each vertex lies in a hollow, decimeters below the mean of its neighbors
 * (negative on ridges). Patina and dust gather by it.
 */
export function addHollows(part: Part): Part {
  const { mesh, channels, channelCount } = part;
  const { positions, indices } = mesh;
  const count = positions.length / 3;
  const { normals } = computeVertexNormals(mesh);
  const depth = new Float32Array(count);
  const degree = new Uint16Array(count);
  for (let t = 0; t < indices.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const v = indices[t + k];
      const next = 3 * indices[t + ((k + 1) % 3)];
      const o = 3 * v;
      depth[v] +=
        (positions[next] - positions[o]) * normals[o] +
        (positions[next + 1] - positions[o + 1]) * normals[o + 1] +
        (positions[next + 2] - positions[o + 2]) * normals[o + 2];
      degree[v]++;
    }
  }
  const width = channelCount + 1;
  const wider = new Float32Array(count * width);
  for (let v = 0; v < count; v++) {
    for (let k = 0; k < channelCount; k++) wider[v * width + k] = channels[v * channelCount + k];
    wider[v * width + channelCount] = degree[v] > 0 ? depth[v] / degree[v] : 0;
  }
  return { ...part, channels: wider, channelCount: width };
}
