import { Graph, type Value } from './graph.ts';
import type { SessionChoice } from './execution-provider.ts';
import { loraLayout, placeLora } from './networks/lora.ts';
import { type PlacedTeacher, placeTeacher, type TeacherNetworks } from './networks/teacher-networks.ts';
import { parseUNet } from './networks/unet-2d-condition-model.ts';
import { add, multiply, scale, squareRoot, subtract } from './ops/elementwise.ts';
import { shrinkBilinear } from './ops/resize.ts';
import { concat, reshape, slice } from './ops/shape.ts';
import {
  limited,
  lossShare,
  PLAIN_SCORE_FORM,
  type ScoreForm,
  type ScorePredictions,
  scoreDifference,
} from './score-form.ts';
import { openSession, type SessionInput } from './session.ts';
import { vjp } from './vjp/vjp.ts';

/** What one step is given; B views, images of side S, latents [C, h, h], texts of L tokens of width D. */
export interface SelfScoreInputs {
  /** [B, 3, S, S] renders in [0, 1]. */
  readonly image: Float32Array;
  /** [B, 1, S, S] share of each pixel that the head covers; wanted exactly by `latentPicture`. */
  readonly mask?: Float32Array;
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
  /** [B, L, D] the prompt with its view words. */
  readonly text: Float32Array;
  /** [B, L, D]. */
  readonly negativeText: Float32Array;
  /** [B, L, D] the prompt without view words; wanted exactly by `ssd-paper`. */
  readonly plainText?: Float32Array;
  /** s. */
  readonly guidanceScale: number;
  /** λ of the term λ·(ε_text − ε). */
  readonly anchor: number;
  /** Factor of the ControlNet's residuals in the target, and in the estimate unless that has its own. */
  readonly controlStrength: number;
  /** The same in the estimate; wanted exactly where the form has `ownControl`. */
  readonly estimateControlStrength?: number;
  /** [P] the factors of `compileLoraStep`, of the same rank; wanted exactly by `vsd`. */
  readonly lora?: Float32Array;
}

/** What one step answers; the arrays are reused by the next run. */
export interface SelfScoreOutputs {
  /** [B, 3, S, S] gradient of Σ z·stop(g) with respect to the image in [0, 1]. */
  readonly imageGradient: Float32Array;
  /** [B, 1, S, S] the same with respect to the mask, by `latentPicture`. */
  readonly maskGradient?: Float32Array;
  /** [B, C, h, h] g, weighted. */
  readonly latentGradient: Float32Array;
  /** [B, C, h, h] z. */
  readonly latent: Float32Array;
  /** [B, C, h, h] ε for the prompt. */
  readonly noiseOfText: Float32Array;
  /** [B, C, h, h] ε for the negative prompt. */
  readonly noiseOfNegative: Float32Array;
  /** [1] by `vsd`: the loss of ε_LoRA as a share of ε_text's, the bare UNet's, at noise that it was not trained on. */
  readonly loraLossShare?: Float32Array;
}

type InputName = keyof SelfScoreInputs;

/** A compiled step. */
export interface SelfScoreStep {
  readonly latentShape: readonly [number, number, number, number];
  /** True for inputs that `run` wants in this form. */
  takes(name: InputName): boolean;
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
}

/**
 * Compiles one step of score distillation into one graph:
 * image → latent z → z_t → ControlNet and UNet for all branches → weighted difference g → VJP of the encoder.
 *
 * g = w(t)·`scoreDifference`; `ssd` at s = 1 and λ = 0 gives exactly zero.
 * References: HeadArtist (arXiv 2312.07539) section 3.2; the anchored form is our own.
 */
export async function compileSelfScoreStep(
  teacher: TeacherNetworks,
  shape: SelfScoreShape,
  form: ScoreForm = PLAIN_SCORE_FORM,
  choice: SessionChoice = {},
): Promise<SelfScoreStep> {
  const { model, latentShape, inputShapes } = buildSelfScoreGraph(teacher, shape, form);
  const session = await openSession(model, choice);
  const latentSize = latentShape.reduce((product, size) => product * size, 1);
  const outputs: SelfScoreOutputs & Record<string, Float32Array> = {
    imageGradient: new Float32Array(shape.batch * 3 * shape.imageSize ** 2),
    latentGradient: new Float32Array(latentSize),
    latent: new Float32Array(latentSize),
    noiseOfText: new Float32Array(latentSize),
    noiseOfNegative: new Float32Array(latentSize),
    ...(form.latentPicture ? { maskGradient: new Float32Array(shape.batch * shape.imageSize ** 2) } : {}),
    ...(form.estimate === 'vsd' ? { loraLossShare: new Float32Array(1) } : {}),
  };
  return {
    latentShape,
    takes: (name) => inputShapes.has(name),
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
  { batch, imageSize, textTokens }: SelfScoreShape,
  form: ScoreForm,
) {
  const graph = new Graph();
  const placed = placeTeacher(graph, teacher);
  const { latentChannels, hasPosterior } = placed.autoencoder;
  const size = placed.latentSize(imageSize);
  const latentShape = [batch, latentChannels, size, size] as const;
  const inputShapes = new Map<string, readonly number[]>();
  const input = (name: InputName, shape: readonly number[]): Value => {
    inputShapes.set(name, shape);
    return graph.input(name, shape);
  };
  const perView = (value: Value): Value => reshape(value, [batch, 1, 1, 1]);

  // (1) Image → latent → noisy latent.
  const image = input('image', [batch, 3, imageSize, imageSize]);
  const signed = add(scale(image, 2), graph.scalar(-1));
  const mask = form.latentPicture ? input('mask', [batch, 1, imageSize, imageSize]) : null;
  const z = mask
    ? pictureLatent(concat([signed, mask], 1), latentShape)
    : placed.encode(signed, hasPosterior ? input('posteriorNoise', latentShape) : null);
  const noise = input('noise', latentShape);
  const alphaBar = input('alphaBar', [batch]);
  const sigma = squareRoot(subtract(graph.scalar(1), perView(alphaBar)));
  const sample = add(multiply(z, squareRoot(perView(alphaBar))), multiply(noise, sigma));

  // (2) ControlNet and UNet for all branches.
  const timesteps = input('timesteps', [batch]);
  const landmarks = input('landmarks', [batch, 3, imageSize, imageSize]);
  const given = { sample, timesteps, alphaBar, landmarks };
  const predictions = predict(teacher, placed, form, { batch, textTokens, noise, given, input });

  // (3) The weighted difference, which is a constant of the derivative.
  const difference = scoreDifference(
    predictions,
    input('guidanceScale', [1]),
    input('anchor', [1]),
    form.guidanceRescale,
  );
  const weighted = multiply(perView(input('weights', [batch])), difference);
  const gradient = form.gradientBound === null ? weighted : limited(weighted, form.gradientBound);

  // (4) Back to the image.
  const [imageGradient, maskGradient] = vjp([{ value: z, gradient }], mask ? [image, mask] : [image]);
  graph.output('imageGradient', imageGradient);
  if (mask) graph.output('maskGradient', maskGradient);
  graph.output('latentGradient', gradient);
  graph.output('latent', z);
  graph.output('noiseOfText', predictions.text);
  graph.output('noiseOfNegative', predictions.negative);
  if (form.estimate === 'vsd' && predictions.estimate) {
    graph.output('loraLossShare', lossShare(predictions.estimate, predictions));
  }
  return { model: graph.build(), latentShape, inputShapes };
}

/**
 * Picture and mask [B, 4, S, S], normals in −1 … 1, as a latent.
 *
 * References: HeadArtist's first 1,000 steps of geometry, after Fantasia3D (arXiv 2303.13873) section 3.2.
 */
function pictureLatent(picture: Value, [, channels, size]: readonly number[]): Value {
  if (channels !== 4) {
    throw new Error(
      `compileSelfScoreStep: expected latents of 4 channels for latentPicture, got ${channels}`,
    );
  }
  return shrinkBilinear(picture, picture.shape[2] / size);
}

/** Places the branches that `form` needs: the frozen ones in one batch, the prompt first, and the updated one by itself. */
function predict(
  teacher: TeacherNetworks,
  placed: PlacedTeacher,
  { estimate, ownControl, loraRank }: ScoreForm,
  context: {
    batch: number;
    textTokens: number;
    noise: Value;
    given: { sample: Value; timesteps: Value; alphaBar: Value; landmarks: Value };
    input: (name: InputName, shape: readonly number[]) => Value;
  },
): ScorePredictions {
  const { batch, textTokens, noise, given, input } = context;
  const textShape = [batch, textTokens, placed.textWidth];
  const text = input('text', textShape);
  const texts = [text, input('negativeText', textShape)];
  if (estimate === 'ssd-paper') texts.push(input('plainText', textShape));
  else if (estimate === 'ssd' && ownControl) texts.push(text);
  const strength = input('controlStrength', [1]);
  const own = ownControl && estimate !== 'sds' ? input('estimateControlStrength', [1]) : strength;
  const controlStrength =
    ownControl && texts.length === 3 ? branchStrengths([strength, strength, own], batch) : strength;
  const predicted = placed.predictNoise({ ...given, text: concat(texts, 0), controlStrength });
  const branch = (i: number): Value => slice(predicted, 0, i * batch, (i + 1) * batch);
  const estimateOf = (): Value | null => {
    if (estimate === 'sds') return noise;
    if (estimate !== 'vsd') return texts.length === 3 ? branch(2) : null;
    const layout = loraLayout(parseUNet(teacher.unet.config), loraRank);
    const { updates } = placeLora(input('lora', [layout.parameterCount]), layout);
    return placed.predictNoise({ ...given, text, controlStrength: own, updates });
  };
  return { text: branch(0), negative: branch(1), estimate: estimateOf(), noise };
}

/** Strengths [1], one a branch → [branches · batch, 1, 1, 1]. */
function branchStrengths(strengths: readonly Value[], batch: number): Value {
  const each = strengths.flatMap((strength) => new Array<Value>(batch).fill(strength));
  return reshape(concat(each, 0), [each.length, 1, 1, 1]);
}
