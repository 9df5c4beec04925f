import type { Dataset } from '../dataset/shards/open-dataset.ts';
import { copyWindow } from './copy-window.ts';
import { mirroredLandmarks, writeLandmarkPlanes } from './mirror-example.ts';

/**
 * Reads the part of a landmark picture that belongs to a window of the latent: `side` cells are the whole picture,
 * `window` of them are shown, from `corner` (row and column, cells) on. `out` is [3, s, s] in [0, 1], s the window's side in
 * pixels.
 */
export function createLandmarkWindows(
  dataset: Dataset,
  side: number,
  window: number,
): (example: number, mirrored: boolean, corner: readonly [number, number], out: Float32Array) => void {
  const { imageSize, palette } = dataset.info;
  const pixelsPerCell = imageSize / side;
  const mirror = mirroredLandmarks(palette);
  const whole = new Float32Array(3 * imageSize * imageSize);
  return (example, mirrored, [row, column], out) => {
    const indices = dataset.landmarkIndices(example);
    writeLandmarkPlanes(indices, imageSize, palette, mirrored ? mirror : null, whole);
    copyWindow({ planes: whole, side: imageSize }, [row * pixelsPerCell, column * pixelsPerCell], {
      planes: out,
      side: window * pixelsPerCell,
    });
  };
}
