import type { SessionChoice } from './execution-provider.ts';
import { Graph, type Value } from './graph.ts';
import type { NetworkFiles } from './networks/teacher-networks.ts';
import { NetworkWeights } from './networks/network-weights.ts';
import { parseAutoencoder } from './networks/parse-autoencoder.ts';
import { absolute, add, multiply, scale, subtract } from './ops/elementwise.ts';
import { reduceMean } from './ops/reduce.ts';
import { openSession } from './session.ts';
import { vjp } from './vjp/vjp.ts';

/** How much each part of the distance counts. */
export interface DistanceWeights {
  /** Of the mean absolute difference of the pixels. */
  readonly pixel: number;
  /** Of the difference of the features. */
  readonly perceptual: number;
}

/** A compiled distance of B pairs of pictures. */
export interface PictureDistance {
  /**
   * The weighted distance of `image` and `target`, both [B, 3, S, S] in [0, 1], averaged over the pairs; its gradient with
   * respect to `image` goes into `gradient` [B, 3, S, S].
   */
  run(
    image: Float32Array,
    target: Float32Array,
    weights: DistanceWeights,
    gradient: Float32Array,
  ): Promise<{ readonly pixel: number; readonly perceptual: number }>;
  dispose(): Promise<void>;
}

/** Of the mean square of a channel: one that is silent in the target must not decide. */
const SILENT = 1e-3;

/**
 * Compiles a perceptual distance that needs no weights but the teacher's own: the features of its encoder in place of
 * those of a network for classification.
 *
 *     perceptual = mean over levels and channels of  mean (f(x) − f(y))² / (mean f(y)² + γ)
 *
 * f are what the encoder leaves each of its resolutions with, and its latent. The denominator depends on the target alone
 * and takes the place of LPIPS's unit length: levels and channels count alike, whatever their scale.
 *
 * References: Zhang et al. 2018, "The Unreasonable Effectiveness of Deep Features as a Perceptual Metric"
 * (arXiv 1801.03924), equation 1, with all channel weights equal.
 */
export async function compilePictureDistance(
  autoencoder: NetworkFiles,
  { batch, imageSize }: { readonly batch: number; readonly imageSize: number },
  choice: SessionChoice = {},
): Promise<PictureDistance> {
  const shape = [batch, 3, imageSize, imageSize];
  const session = await openSession(buildGraph(autoencoder, shape), choice);
  const one = (value: number) => ({ data: Float32Array.of(value), shape: [1] });
  return {
    async run(image, target, weights, gradient) {
      const outputs = await session.run(
        {
          image: { data: image, shape },
          target: { data: target, shape },
          pixelWeight: one(weights.pixel),
          perceptualWeight: one(weights.perceptual),
        },
        { gradient },
      );
      return { pixel: outputs['pixel'][0], perceptual: outputs['perceptual'][0] };
    },
    dispose: () => session.dispose(),
  };
}

function buildGraph(files: NetworkFiles, shape: readonly number[]) {
  const graph = new Graph();
  const autoencoder = parseAutoencoder(files.config);
  const weights = new NetworkWeights({ graph, source: files.weights, trainAs: null });
  const levelsOf = (picture: Value): Value[] => {
    const levels: Value[] = [];
    const signed = add(scale(picture, 2), graph.scalar(-1));
    const latent = autoencoder.encode(weights, signed, null, (features) => levels.push(features));
    return [...levels, latent];
  };
  const image = graph.input('image', shape);
  const target = graph.input('target', shape);

  // (1) The two distances, scalars [1, 1, 1, 1].
  const pixel = reduceMean(absolute(subtract(image, target)), [0, 1, 2, 3]);
  const targets = levelsOf(target);
  const levels = levelsOf(image).map((features, i) => levelDistance(features, targets[i]));
  const perceptual = scale(
    levels.reduce((sum, level) => add(sum, level)),
    1 / levels.length,
  );

  // (2) Back to the picture, weighted.
  const [gradient] = vjp(
    [
      { value: pixel, gradient: weightOf(graph, 'pixelWeight', pixel) },
      { value: perceptual, gradient: weightOf(graph, 'perceptualWeight', perceptual) },
    ],
    [image],
  );
  graph.output('pixel', pixel);
  graph.output('perceptual', perceptual);
  graph.output('gradient', gradient);
  return graph.build();
}

/** A weight that the caller chooses, in the shape of what it is for. */
function weightOf(graph: Graph, name: string, value: Value): Value {
  return multiply(graph.input(name, [1]), graph.constant(value.shape, Float32Array.of(1)));
}

function levelDistance(features: Value, target: Value): Value {
  const { graph } = features;
  const difference = subtract(features, target);
  const power = add(reduceMean(multiply(target, target), [2, 3]), graph.scalar(SILENT));
  const share = graph.emit('Reciprocal', [power], power.shape);
  const error = reduceMean(multiply(difference, difference), [2, 3]);
  return reduceMean(multiply(error, share), [0, 1, 2, 3]);
}
