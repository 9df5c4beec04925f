import type { Camera } from '../../ssd/cameras/camera.ts';
import { drawLandmarks } from '../../ssd/landmarks/draw-landmarks.ts';
import type { LandmarkAnchors, LandmarkStyle } from '../../ssd/landmarks/landmark-anchors.ts';
import { type DepthPicture, projectLandmarks } from '../../ssd/landmarks/project-landmarks.ts';
import type { HeadForm } from '../head-form.ts';
import type { HeadFrame } from '../scene/head-frame.ts';
import { pictureBytes } from './picture-bytes.ts';

/** The landmarks of a posed head in the engine's units, one chain after the other in the style's order. */
export function landmarksOf(
  form: Pick<HeadForm, 'positions' | 'normals'>,
  frame: HeadFrame,
  chains: ReadonlyMap<string, Uint32Array>,
  style: Pick<LandmarkStyle, 'chains'>,
): LandmarkAnchors {
  const vertices: number[] = [];
  const chainStarts = [0];
  for (const { name } of style.chains) {
    const chain = chains.get(name);
    if (!chain) throw new Error(`landmarksOf: expected the chain ${name}, got none of that name`);
    vertices.push(...chain);
    chainStarts.push(vertices.length);
  }
  const positions = new Float32Array(vertices.length * 3);
  const normals = new Float32Array(vertices.length * 3);
  for (const [i, v] of vertices.entries()) {
    positions[i * 3] = form.positions[v * 3] / frame.height;
    positions[i * 3 + 1] = (form.positions[v * 3 + 1] - frame.middleY) / frame.height;
    positions[i * 3 + 2] = (form.positions[v * 3 + 2] - frame.middleZ) / frame.height;
    normals.set(form.normals.subarray(v * 3, v * 3 + 3), i * 3);
  }
  return { positions, normals, depths: new Float32Array(vertices.length), chainStarts };
}

/** Draws the landmark picture [S, S, 3] of bytes for a camera; what hair, hats or the head itself hide is left out. */
export function drawControl(
  landmarks: LandmarkAnchors,
  camera: Camera,
  picture: DepthPicture,
  style: LandmarkStyle,
  imageSize: number,
): Uint8Array {
  const seen = projectLandmarks(landmarks, camera, picture, style);
  return pictureBytes(drawLandmarks(landmarks, seen, style, imageSize));
}
