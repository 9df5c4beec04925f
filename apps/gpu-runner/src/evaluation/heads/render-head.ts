import type { Camera } from '../../ssd/cameras/camera.ts';
import { frameHead } from '../../ssd/export/frame-head.ts';
import type { TexturedHead } from '../../ssd/export/textured-head.ts';
import { createRaster, type Raster, rasterize } from '../../ssd/renderer/rasterize.ts';
import { renderTextured } from '../../ssd/renderer/render-preview.ts';
import { EVALUATION_VIEWS, type EvaluationView } from './evaluation-views.ts';

/** One side of a head. */
export interface HeadView extends EvaluationView {
  readonly camera: Camera;
  /** [S, S, 3] unlit colors on white, in [0, 1]. */
  readonly image: Float32Array;
  /** What is seen at the picture's own resolution. */
  readonly raster: Raster;
}

/** Renders a head from all sides of the evaluation, `size` pixels a side. */
export function renderHead(head: TexturedHead, size: number): HeadView[] {
  const fine = createRaster(2 * size);
  return EVALUATION_VIEWS.map((view) => {
    const camera = frameHead(head.mesh, (view.degrees * Math.PI) / 180, 0);
    const shot = { ...head, camera, size, supersampling: 2, raster: fine, lighting: 'albedo' } as const;
    const image = renderTextured(shot);
    const raster = createRaster(size);
    rasterize(head.mesh, camera, raster);
    return { ...view, camera, image, raster };
  });
}
