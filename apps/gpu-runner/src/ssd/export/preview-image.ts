import { renderTextured } from '../renderer/render-preview.ts';
import { encodePng, toBytes } from './encode-image.ts';
import { frameHead } from './frame-head.ts';
import type { TexturedHead } from './textured-head.ts';

const SIZE = 512;
const AZIMUTH_RAD = (25 * Math.PI) / 180;
const ELEVATION_RAD = (6 * Math.PI) / 180;

/** A softly lit three-quarter portrait on light gray, 512², as PNG bytes. */
export function renderPreviewImage(head: TexturedHead): Promise<Uint8Array> {
  const image = renderTextured({
    ...head,
    camera: frameHead(head.mesh, AZIMUTH_RAD, ELEVATION_RAD),
    size: SIZE,
    background: [0.93, 0.93, 0.94],
    lighting: 'soft',
  });
  return encodePng(toBytes(image), SIZE);
}
