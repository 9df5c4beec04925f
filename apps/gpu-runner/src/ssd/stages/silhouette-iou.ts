import type { Camera } from '../cameras/camera.ts';
import type { TriangleMesh } from '../mesh.ts';
import { createRaster, rasterize } from '../renderer/rasterize.ts';

const SIZE = 512;

/**
 * How much of two meshes' silhouettes agree from one camera: covered by both over covered by either, 0 … 1.
 *
 * A head whose hair, hat or horns grew out of the template has a low one from the side.
 */
export function silhouetteIou(a: TriangleMesh, b: TriangleMesh, camera: Camera): number {
  const raster = createRaster(SIZE);
  const covered = new Uint8Array(SIZE * SIZE);
  for (const [bit, mesh] of [
    [1, a],
    [2, b],
  ] as const) {
    rasterize(mesh, camera, raster);
    for (let n = 0; n < raster.coveredCount; n++) covered[raster.coveredPixels[n]] |= bit;
  }
  let both = 0;
  let either = 0;
  for (const bits of covered) {
    if (bits === 3) both++;
    if (bits !== 0) either++;
  }
  return either === 0 ? 1 : both / either;
}
