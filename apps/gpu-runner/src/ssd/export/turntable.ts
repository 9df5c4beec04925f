import { createRaster } from '../renderer/rasterize.ts';
import { renderTextured } from '../renderer/render-preview.ts';
import { encodeAnimatedWebp, toBytes } from './encode-image.ts';
import { frameHead } from './frame-head.ts';
import type { TexturedHead } from './textured-head.ts';

const SIZE = 384;
/** Frames of one turn, and how long one turn takes. */
const TURNTABLE_FRAMES = 40;
const TURN_MS = 3200;
const SUPERSAMPLING = 2;
const ELEVATION_RAD = (6 * Math.PI) / 180;

/** The softly lit head turning once around from its front, as animated WebP bytes (frames of 384², looping). */
export function renderTurntable(head: TexturedHead, frameCount = TURNTABLE_FRAMES): Promise<Uint8Array> {
  const raster = createRaster(SIZE * SUPERSAMPLING);
  const frames = new Uint8Array(frameCount * SIZE * SIZE * 3);
  for (let frame = 0; frame < frameCount; frame++) {
    const image = renderTextured({
      ...head,
      camera: frameHead(head.mesh, (2 * Math.PI * frame) / frameCount, ELEVATION_RAD),
      size: SIZE,
      supersampling: SUPERSAMPLING,
      raster,
      background: [0.93, 0.93, 0.94],
      lighting: 'soft',
    });
    frames.set(toBytes(image), frame * SIZE * SIZE * 3);
  }
  return encodeAnimatedWebp(frames, SIZE, frameCount, Math.round(TURN_MS / frameCount));
}
