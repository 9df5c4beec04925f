import type { Camera } from '../ssd/cameras/camera.ts';
import type { HeadTemplate } from '../ssd/head-template/head-template.ts';
import { drawLandmarks } from '../ssd/landmarks/draw-landmarks.ts';
import { landmarkAnchors, type LandmarkStyle } from '../ssd/landmarks/landmark-anchors.ts';
import { projectLandmarks } from '../ssd/landmarks/project-landmarks.ts';
import { createRaster, rasterize } from '../ssd/renderer/rasterize.ts';

/** Draws landmark pictures [S, S, 3] in [0, 1] of the bare template, hidden ones left out, for any camera. */
export function templateLandmarks(
  template: HeadTemplate,
  style: LandmarkStyle,
  imageSize: number,
): (camera: Camera) => Float32Array {
  const anchors = landmarkAnchors(template, style);
  // Visibility is decided on a finer picture than the landmarks are drawn on, as in training.
  const raster = createRaster(imageSize * 2);
  return (camera) => {
    rasterize(template.mesh, camera, raster);
    return drawLandmarks(anchors, projectLandmarks(anchors, camera, raster, style), style, imageSize);
  };
}
