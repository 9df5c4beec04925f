import { createHash } from 'node:crypto';
import type { HeadTemplate } from './head-template.ts';

/** SHA-256 of what a head inherits from its template: the surface, its distances and its landmarks. */
export function digestHeadTemplate({ mesh, distanceGrid, landmarks }: HeadTemplate): string {
  const hash = createHash('sha256');
  const { origin, spacing, size, values } = distanceGrid;
  hash.update(JSON.stringify({ origin, spacing, size }));
  for (const array of [mesh.positions, mesh.indices, values]) hash.update(bytesOf(array));
  for (const [name, vertices] of landmarks) hash.update(name).update(bytesOf(vertices));
  return hash.digest('hex');
}

function bytesOf(array: Float32Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
