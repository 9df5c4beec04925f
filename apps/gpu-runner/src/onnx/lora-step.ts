import type { RandomStream } from '../tensor/random.ts';
import type { SessionChoice } from './execution-provider.ts';
import { elementCount, Graph } from './graph.ts';
import { initializeLora, type LoraLayout, loraLayout, placeLora } from './networks/lora.ts';
import { placeTeacher, type TeacherNetworks } from './networks/teacher-networks.ts';
import { parseUNet } from './networks/unet-2d-condition-model.ts';
import { add, multiply, squareRoot, subtract } from './ops/elementwise.ts';
import { reduceMean } from './ops/reduce.ts';
import { concat, reshape } from './ops/shape.ts';
import type { SelfScoreShape } from './self-score-step.ts';
import { openSession } from './session.ts';
import { vjp } from './vjp/vjp.ts';

/** What one training step of the low-rank updates is given, for B latents. */
export interface LoraInputs {
  /** [P] all factors. */
  readonly lora: Float32Array;
  /** [B, C, h, h] latents of the renders. */
  readonly latent: Float32Array;
  /** [B, C, h, h] standard normal. */
  readonly noise: Float32Array;
  /** [B] steps of the noise schedule. */
  readonly timesteps: Float32Array;
  /** [B] ᾱ_t. */
  readonly alphaBar: Float32Array;
  /** [B, L, D]. */
  readonly text: Float32Array;
  /** [B, 3, S, S] landmark images in [0, 1]. */
  readonly landmarks: Float32Array;
  readonly controlStrength: number;
}

/** The compiled training of low-rank updates of a UNet's attention. */
export interface LoraStep {
  /** P. */
  readonly parameterCount: number;
  /** Starting values, with which the UNet is the bare one. */
  initial(random: RandomStream): Float32Array;
  /** The mean squared error of what the updated UNet predicts; its gradient goes into `gradient` [P]. */
  run(inputs: LoraInputs, gradient: Float32Array): Promise<number>;
  dispose(): Promise<void>;
}

/**
 * Compiles the error of the updated UNet on noised latents, and the VJP to its updates; every other weight is frozen.
 *
 * The UNet is taught what it was trained to predict, noise or velocity, under the same landmarks as its estimate.
 * References: Wang et al. 2023, "ProlificDreamer" (arXiv 2305.16213), equation 8.
 */
export async function compileLoraStep(
  teacher: TeacherNetworks,
  size: SelfScoreShape,
  rank: number,
  choice: SessionChoice = {},
): Promise<LoraStep> {
  const layout = loraLayout(parseUNet(teacher.unet.config), rank);
  const { model, shapes } = buildLoraGraph(teacher, size, layout);
  const session = await openSession(model, choice);
  return {
    parameterCount: layout.parameterCount,
    initial: (random) => initializeLora(layout, random),
    async run({ controlStrength, ...arrays }, gradient) {
      const strength = Float32Array.of(controlStrength);
      const feeds = Object.entries({ ...arrays, controlStrength: strength }).map(
        ([name, data]) => [name, { data, shape: shapes[name as keyof typeof shapes] }] as const,
      );
      const outputs = await session.run(Object.fromEntries(feeds), { gradient });
      return outputs['loss'][0];
    },
    dispose: () => session.dispose(),
  };
}

function buildLoraGraph(
  teacher: TeacherNetworks,
  { batch, imageSize, textTokens }: SelfScoreShape,
  layout: LoraLayout,
) {
  const graph = new Graph();
  const placed = placeTeacher(graph, teacher);
  const { updates, factors } = placeLora(graph.input('lora', [layout.parameterCount]), layout);
  const size = placed.latentSize(imageSize);
  const latentShape = [batch, placed.autoencoder.latentChannels, size, size];
  const shapes = {
    lora: [layout.parameterCount],
    latent: latentShape,
    noise: latentShape,
    timesteps: [batch],
    alphaBar: [batch],
    text: [batch, textTokens, placed.textWidth],
    landmarks: [batch, 3, imageSize, imageSize],
    controlStrength: [1],
  };

  // (1) Noisy latents.
  const latent = graph.input('latent', shapes.latent);
  const noise = graph.input('noise', shapes.noise);
  const alphaBar = graph.input('alphaBar', shapes.alphaBar);
  const perView = reshape(alphaBar, [batch, 1, 1, 1]);
  const signal = squareRoot(perView);
  const noisiness = squareRoot(subtract(graph.scalar(1), perView));
  const sample = add(multiply(latent, signal), multiply(noise, noisiness));

  // (2) Prediction and error.
  const predicted = placed.predict({
    sample,
    timesteps: graph.input('timesteps', shapes.timesteps),
    text: graph.input('text', shapes.text),
    landmarks: graph.input('landmarks', shapes.landmarks),
    controlStrength: graph.input('controlStrength', shapes.controlStrength),
    updates,
  });
  const target =
    teacher.prediction === 'epsilon' ? noise : subtract(multiply(noise, signal), multiply(latent, noisiness));
  const error = subtract(predicted, target);
  const loss = reduceMean(multiply(error, error), [0, 1, 2, 3]);

  // (3) Back to the factors.
  const seed = graph.constant(loss.shape, Float32Array.of(1));
  const gradients = vjp([{ value: loss, gradient: seed }], factors);
  graph.output('loss', loss);
  graph.output(
    'gradient',
    concat(
      gradients.map((g) => reshape(g, [elementCount(g.shape)])),
      0,
    ),
  );
  return { model: graph.build(), shapes };
}
