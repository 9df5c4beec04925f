import type { SelfScoreInputs } from '../apps/gpu-runner/src/onnx/self-score-step.ts';
import { type NetworkFixture, numbersOf } from './network-fixture.ts';

/** The fixture's inputs of a fused step for one view; torch's expected gradients of scripts/fixtures/networks.py are for these. */
export function stepInputs(fixture: NetworkFixture, hasPosterior: boolean): SelfScoreInputs {
  const { imageSize, latentSize, latentChannels, textTokens, textWidth } = fixture;
  const latentCount = latentChannels * latentSize ** 2;
  const text = numbersOf('text', 2 * textTokens * textWidth);
  const half = textTokens * textWidth;
  const unit = (u: number): number => (Math.fround(u) + 1) / 2;
  return {
    image: numbersOf('image', 3 * imageSize ** 2, unit),
    landmarks: numbersOf('landmarks', 3 * imageSize ** 2, unit),
    noise: numbersOf('noise', latentCount),
    ...(hasPosterior ? { posteriorNoise: numbersOf('posterior noise', latentCount) } : {}),
    timesteps: Float32Array.of(500),
    alphaBar: Float32Array.of(0.3),
    weights: Float32Array.of(0.7),
    text: text.slice(0, half),
    negativeText: text.slice(half),
    guidanceScale: 7.5,
    anchor: 0.25,
    controlStrength: 0.8,
  };
}
