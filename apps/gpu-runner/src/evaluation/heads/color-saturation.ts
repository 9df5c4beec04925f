import type { HeadView } from './render-head.ts';

/** How colorful a head is; distillation with much guidance runs away to glaring colors. */
export interface ColorSaturation {
  /** Mean of (max − min) / max over the head's pixels; skin lies at 0.3 to 0.5. */
  readonly mean: number;
  /** Share of the head's pixels above 0.9. */
  readonly vividShare: number;
}

const VIVID = 0.9;
/** Near black every difference looks like full saturation. */
const DARK = 0.1;

/** Measures the covered pixels of all views; nearly black ones count as colorless. */
export function colorSaturation(
  views: readonly {
    readonly image: Float32Array;
    readonly raster: Pick<HeadView['raster'], 'coveredPixels' | 'coveredCount'>;
  }[],
): ColorSaturation {
  let [sum, vivid, count] = [0, 0, 0];
  for (const { image, raster } of views) {
    for (let n = 0; n < raster.coveredCount; n++) {
      const at = 3 * raster.coveredPixels[n];
      const most = Math.max(image[at], image[at + 1], image[at + 2]);
      const least = Math.min(image[at], image[at + 1], image[at + 2]);
      const saturation = most < DARK ? 0 : (most - least) / most;
      sum += saturation;
      if (saturation > VIVID) vivid++;
      count++;
    }
  }
  return count === 0 ? { mean: 0, vividShare: 0 } : { mean: sum / count, vividShare: vivid / count };
}
