import type { Guide } from '../apps/gpu-runner/src/ssd/stages/guide.ts';

/** A guide of one view a step, whose head has no landmarks and whom nobody may ask: tests replace what is asked. */
export function bareGuide(imageSize: number): Guide {
  const nobody = (): never => {
    throw new Error('bareGuide: expected nobody to ask');
  };
  return {
    framing: {
      target: [0, 0, 0],
      fovYRad: [0.4, 0.4],
      distanceFactor: [1, 1],
      halfHeight: 0.7,
      elevationRad: [0, 0],
    },
    imageSize,
    viewsPerStep: 1,
    follow: () => ({
      positions: new Float32Array(0),
      normals: new Float32Array(0),
      depths: new Float32Array(0),
      chainStarts: [0],
    }),
    conditions: nobody,
    gradients: nobody,
  };
}
