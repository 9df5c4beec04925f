import { type Camera, createCamera } from '../../ssd/cameras/camera.ts';
import { frameHead } from '../../ssd/export/frame-head.ts';
import type { TexturedHead } from '../../ssd/export/textured-head.ts';
import { createRaster, type Raster, rasterize } from '../../ssd/renderer/rasterize.ts';
import { renderTextured } from '../../ssd/renderer/render-preview.ts';
import { EVALUATION_VIEWS, type EvaluationView } from './evaluation-views.ts';

/** One side of a head. */
export interface HeadView extends EvaluationView {
  readonly camera: Camera;
  /** [S, S, 3] on white, in [0, 1]. */
  readonly image: Float32Array;
  /** What is seen at the picture's own resolution. */
  readonly raster: Raster;
}

/** How a head is pictured. */
export interface HeadPictures {
  /** Side in pixels. */
  readonly size: number;
  readonly lighting: 'albedo' | 'soft';
  /** Distance over that at which `frameHead` puts the camera. */
  readonly distanceFactor: number;
}

/** Renders a head from all sides of the evaluation. */
export function renderHead(head: TexturedHead, { size, lighting, distanceFactor }: HeadPictures): HeadView[] {
  const fine = createRaster(2 * size);
  return EVALUATION_VIEWS.map((view) => {
    const framed = frameHead(head.mesh, (view.degrees * Math.PI) / 180, 0);
    const camera = createCamera({ ...framed, distance: framed.distance * distanceFactor });
    const image = renderTextured({ ...head, camera, size, supersampling: 2, raster: fine, lighting });
    const raster = createRaster(size);
    rasterize(head.mesh, camera, raster);
    return { ...view, camera, image, raster };
  });
}
