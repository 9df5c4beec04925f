import { z } from 'zod';
import type { TeacherManifest } from '../teacher/teacher-manifest.ts';
import type { StudioInputs } from './render-identity.ts';

const LandmarkFile = z.object({ landmarks: z.record(z.string(), z.array(z.int().min(0))) });

/**
 * Turns what lies in models/ into what a studio is made of.
 *
 * `headData` are the bytes of head-template/head-data.npz, `landmarks` the parsed JSON of head-template/landmarks.json.
 */
export function studioInputs(
  headData: Uint8Array,
  landmarks: unknown,
  manifest: Pick<TeacherManifest, 'framing' | 'landmarks' | 'viewWords'>,
): StudioInputs {
  const { framing, viewWords } = manifest;
  return {
    headData,
    landmarks: LandmarkFile.parse(landmarks).landmarks,
    framing: {
      target: framing.target,
      fovYRad: radians(framing.fovYDegrees),
      elevationRad: radians(framing.elevationDegrees),
      distanceFactor: framing.distanceFactor,
      halfHeight: framing.halfHeight,
    },
    style: manifest.landmarks,
    viewWords: {
      front: viewWords.front,
      side: viewWords.side,
      back: viewWords.back,
      frontBelowRad: (viewWords.frontBelowDegrees * Math.PI) / 180,
      backAboveRad: (viewWords.backAboveDegrees * Math.PI) / 180,
    },
  };
}

function radians([low, high]: readonly [number, number]): readonly [number, number] {
  return [(low * Math.PI) / 180, (high * Math.PI) / 180];
}
