import { Graph } from './graph.ts';
import type { SessionChoice } from './execution-provider.ts';
import { placeTeacher, type TeacherNetworks } from './networks/teacher-networks.ts';
import { add, scale } from './ops/elementwise.ts';
import { openSession } from './session.ts';

/** A compiled decoder. */
export interface LatentDecoder {
  /** Scaled latents [B, C, h, h] → images [B, 3, S, S], nominally in [0, 1] but not clamped. */
  run(latent: Float32Array): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** Compiles the autoencoder's decoder for B images of side S. */
export async function compileDecoder(
  teacher: TeacherNetworks,
  { batch, imageSize }: { readonly batch: number; readonly imageSize: number },
  choice: SessionChoice = {},
): Promise<LatentDecoder> {
  const graph = new Graph();
  const placed = placeTeacher(graph, teacher);
  const size = placed.latentSize(imageSize);
  const shape = [batch, placed.autoencoder.latentChannels, size, size];
  const signed = placed.decode(graph.input('latent', shape));
  graph.output('image', add(scale(signed, 0.5), graph.scalar(0.5)));
  const session = await openSession(graph.build(), choice);
  return {
    run: async (latent) => (await session.run({ latent: { data: latent, shape } }))['image'],
    dispose: () => session.dispose(),
  };
}

/** What a noise prediction is given, for B latents. */
export interface NoisePredictorInputs {
  /** [B, C, h, h] noisy latents. */
  readonly sample: Float32Array;
  /** [B] steps of the noise schedule. */
  readonly timesteps: Float32Array;
  /** [B] ᾱ of those steps. */
  readonly alphaBar: Float32Array;
  /** [B, L, D]. */
  readonly text: Float32Array;
  /** [B, 3, S, S] landmark images in [0, 1]. */
  readonly landmarks: Float32Array;
  readonly controlStrength: number;
}

/** A compiled ControlNet with its UNet. */
export interface NoisePredictor {
  readonly latentShape: readonly number[];
  /** ε [B, C, h, h]. */
  run(inputs: NoisePredictorInputs): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** Compiles the plain noise prediction for B latents of images of side S and texts of L tokens. */
export async function compileNoisePredictor(
  teacher: TeacherNetworks,
  size: { readonly batch: number; readonly imageSize: number; readonly textTokens: number },
  choice: SessionChoice = {},
): Promise<NoisePredictor> {
  const { batch, imageSize, textTokens } = size;
  const graph = new Graph();
  const placed = placeTeacher(graph, teacher);
  const latentSize = placed.latentSize(imageSize);
  const latentShape = [batch, placed.autoencoder.latentChannels, latentSize, latentSize];
  const textShape = [batch, textTokens, placed.textWidth];
  const imageShape = [batch, 3, imageSize, imageSize];
  const epsilon = placed.predictNoise({
    sample: graph.input('sample', latentShape),
    timesteps: graph.input('timesteps', [batch]),
    alphaBar: graph.input('alphaBar', [batch]),
    text: graph.input('text', textShape),
    landmarks: graph.input('landmarks', imageShape),
    controlStrength: graph.input('controlStrength', [1]),
  });
  graph.output('epsilon', epsilon);
  const session = await openSession(graph.build(), choice);
  return {
    latentShape,
    async run({ sample, timesteps, alphaBar, text, landmarks, controlStrength }) {
      const outputs = await session.run({
        sample: { data: sample, shape: latentShape },
        timesteps: { data: timesteps, shape: [batch] },
        alphaBar: { data: alphaBar, shape: [batch] },
        text: { data: text, shape: textShape },
        landmarks: { data: landmarks, shape: imageShape },
        controlStrength: { data: Float32Array.of(controlStrength), shape: [1] },
      });
      return outputs['epsilon'];
    },
    dispose: () => session.dispose(),
  };
}
