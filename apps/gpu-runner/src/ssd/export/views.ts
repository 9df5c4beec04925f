import { createRaster } from '../renderer/rasterize.ts';
import { renderNormalMap, renderTextured } from '../renderer/render-preview.ts';
import { encodePng, toBytes } from './encode-image.ts';
import { frameHead } from './frame-head.ts';
import type { TexturedHead } from './textured-head.ts';

/** The four directions a head is judged from. */
export const VIEW_AZIMUTHS_RAD = {
  front: 0,
  left: Math.PI / 2,
  right: -Math.PI / 2,
  back: Math.PI,
} as const;

const SIZE = 512;
const SUPERSAMPLING = 2;

/**
 * Plain views for judging a head: albedo without light on white, world normals (n + 1)/2 on black.
 *
 * "left" looks at the subject's left side. Returns PNG bytes by file name: `views/front.png`,
 * `views/normal-front.png` and so on.
 */
export async function renderViews(head: TexturedHead): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const raster = createRaster(SIZE * SUPERSAMPLING);
  for (const [name, azimuthRad] of Object.entries(VIEW_AZIMUTHS_RAD)) {
    const shot = {
      ...head,
      camera: frameHead(head.mesh, azimuthRad, 0),
      size: SIZE,
      supersampling: SUPERSAMPLING,
      raster,
    };
    const albedo = renderTextured({ ...shot, lighting: 'albedo' });
    files.set(`views/${name}.png`, await encodePng(toBytes(albedo), SIZE));
    files.set(`views/normal-${name}.png`, await encodePng(toBytes(renderNormalMap(shot)), SIZE));
  }
  return files;
}
