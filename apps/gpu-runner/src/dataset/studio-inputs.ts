import { z } from 'zod';
import { framingOf } from '../ssd/cameras/framing-of.ts';
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
  const { viewWords } = manifest;
  return {
    headData,
    landmarks: LandmarkFile.parse(landmarks).landmarks,
    framing: framingOf(manifest.framing),
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
