import { Graph, type Value } from './graph.ts';
import type { SessionChoice } from './execution-provider.ts';
import { placeTeacher, type TeacherNetworks } from './networks/teacher-networks.ts';
import { add, multiply, scale, squareRoot, subtract } from './ops/elementwise.ts';
import { concat, reshape, slice } from './ops/shape.ts';
import { openSession, type SessionInput } from './session.ts';
import { vjp } from './vjp/vjp.ts';

/**
 * Which two predictions are compared. `ssd`: the same words in both, (s − 1)·(ε_text − ε_negative), two samples a
 * view. `ssd-paper`: the estimate has words of its own, ε_negative + s·(ε_text − ε_negative) − ε_plain, three samples.
 */
export type SelfScoreForm = 'ssd' | 'ssd-paper';

/** What one step is given; B views, images of side S, latents [C, h, h], texts of L tokens of width D. */
export interface SelfScoreInputs {
  /** [B, 3, S, S] renders in [0, 1]. */
  readonly image: Float32Array;
  /** [B, 3, S, S] landmark images in [0, 1]. */
  readonly landmarks: Float32Array;
  /** [B, C, h, h] standard normal. */
  readonly noise: Float32Array;
  /** [B, C, h, h] standard normal; wanted exactly when `hasPosterior`. */
  readonly posteriorNoise?: Float32Array;
  /** [B] steps of the noise schedule. */
  readonly timesteps: Float32Array;
  /** [B] ᾱ_t. */
  readonly alphaBar: Float32Array;
  /** [B] w(t). */
  readonly weights: Float32Array;
  /** [B, L, D] the prompt, with its view words where the form wants them. */
  readonly text: Float32Array;
  /** [B, L, D]. */
  readonly negativeText: Float32Array;
  /** [B, L, D] the prompt without view words; wanted exactly by `ssd-paper`. */
  readonly plainText?: Float32Array;
  /** s. */
  readonly guidanceScale: number;
  /** λ of the term λ·(ε_text − ε). */
  readonly anchor: number;
  /** Factor of the ControlNet's residuals. */
  readonly controlStrength: number;
}

/** What one step answers; the arrays are reused by the next run. */
export interface SelfScoreOutputs {
  /** [B, 3, S, S] gradient of Σ z·stop(g) with respect to the image in [0, 1]. */
  readonly imageGradient: Float32Array;
  /** [B, C, h, h] g, weighted. */
  readonly latentGradient: Float32Array;
  /** [B, C, h, h] z. */
  readonly latent: Float32Array;
  /** [B, C, h, h] ε for the prompt. */
  readonly noiseOfText: Float32Array;
  /** [B, C, h, h] ε for the negative prompt. */
  readonly noiseOfNegative: Float32Array;
}

/** A compiled step. */
export interface SelfScoreStep {
  readonly latentShape: readonly [number, number, number, number];
  readonly hasPosterior: boolean;
  run(inputs: SelfScoreInputs): Promise<SelfScoreOutputs>;
  dispose(): Promise<void>;
}

/** The pinned sizes of a step. */
export interface SelfScoreShape {
  /** B. */
  readonly batch: number;
  /** S. */
  readonly imageSize: number;
  /** L. */
  readonly textTokens: number;
  readonly form?: SelfScoreForm;
}

/**
 * Compiles one step of self score distillation into one graph:
 * image → latent z → z_t → ControlNet and UNet for all branches → weighted difference g → VJP of the encoder.
 *
 * g = w(t)·((s − 1)·(ε_text − ε_negative) + λ·(ε_text − ε)), so s = 1 and λ = 0 give exactly zero.
 * References: HeadArtist (arXiv 2312.07539) section 3.2; the anchored form is our own.
 */
export async function compileSelfScoreStep(
  teacher: TeacherNetworks,
  shape: SelfScoreShape,
  choice: SessionChoice = {},
): Promise<SelfScoreStep> {
  const { model, latentShape, hasPosterior, inputShapes } = buildSelfScoreGraph(teacher, shape);
  const session = await openSession(model, choice);
  const latentSize = latentShape.reduce((product, size) => product * size, 1);
  const outputs: SelfScoreOutputs & Record<string, Float32Array> = {
    imageGradient: new Float32Array(shape.batch * 3 * shape.imageSize ** 2),
    latentGradient: new Float32Array(latentSize),
    latent: new Float32Array(latentSize),
    noiseOfText: new Float32Array(latentSize),
    noiseOfNegative: new Float32Array(latentSize),
  };
  return {
    latentShape,
    hasPosterior,
    async run(inputs) {
      const feeds: Record<string, SessionInput> = {};
      for (const [name, value] of Object.entries<Float32Array | number | undefined>({ ...inputs })) {
        if (value === undefined) continue;
        const data = typeof value === 'number' ? Float32Array.of(value) : value;
        feeds[name] = { data, shape: inputShapes.get(name) ?? [data.length] };
      }
      await session.run(feeds, outputs);
      return outputs;
    },
    dispose: () => session.dispose(),
  };
}

function buildSelfScoreGraph(
  teacher: TeacherNetworks,
  { batch, imageSize, textTokens, form = 'ssd' }: SelfScoreShape,
) {
  const graph = new Graph();
  const placed = placeTeacher(graph, teacher);
  const { latentChannels, hasPosterior } = placed.autoencoder;
  const size = placed.latentSize(imageSize);
  const latentShape = [batch, latentChannels, size, size] as const;
  const inputShapes = new Map<string, readonly number[]>();
  const input = (name: keyof SelfScoreInputs, shape: readonly number[]): Value => {
    inputShapes.set(name, shape);
    return graph.input(name, shape);
  };
  const perView = (name: keyof SelfScoreInputs): Value => reshape(input(name, [batch]), [batch, 1, 1, 1]);
  const textShape = [batch, textTokens, placed.textWidth];

  // (1) Image → latent → noisy latent.
  const image = input('image', [batch, 3, imageSize, imageSize]);
  const signed = add(scale(image, 2), graph.scalar(-1));
  const z = placed.encode(signed, hasPosterior ? input('posteriorNoise', latentShape) : null);
  const noise = input('noise', latentShape);
  const alphaBars = input('alphaBar', [batch]);
  const alphaBar = reshape(alphaBars, [batch, 1, 1, 1]);
  const sigma = squareRoot(subtract(graph.scalar(1), alphaBar));
  const sample = add(multiply(z, squareRoot(alphaBar)), multiply(noise, sigma));

  // (2) One ControlNet and one UNet for all branches, the prompt first.
  const texts = [input('text', textShape), input('negativeText', textShape)];
  if (form === 'ssd-paper') texts.push(input('plainText', textShape));
  const predicted = placed.predictNoise({
    sample,
    timesteps: input('timesteps', [batch]),
    alphaBar: alphaBars,
    text: concat(texts, 0),
    landmarks: input('landmarks', [batch, 3, imageSize, imageSize]),
    controlStrength: input('controlStrength', [1]),
  });
  const branch = (i: number): Value => slice(predicted, 0, i * batch, (i + 1) * batch);
  const [ofText, ofNegative] = [branch(0), branch(1)];

  // (3) The weighted difference, which is a constant of the derivative.
  const guidance = input('guidanceScale', [1]);
  const difference = subtract(ofText, ofNegative);
  const score =
    form === 'ssd'
      ? multiply(subtract(guidance, graph.scalar(1)), difference)
      : subtract(add(ofNegative, multiply(guidance, difference)), branch(2));
  const anchored = add(score, multiply(input('anchor', [1]), subtract(ofText, noise)));
  const gradient = multiply(perView('weights'), anchored);

  // (4) Back to the image.
  const [imageGradient] = vjp([{ value: z, gradient }], [image]);
  graph.output('imageGradient', imageGradient);
  graph.output('latentGradient', gradient);
  graph.output('latent', z);
  graph.output('noiseOfText', ofText);
  graph.output('noiseOfNegative', ofNegative);
  return { model: graph.build(), latentShape, hasPosterior, inputShapes };
}
