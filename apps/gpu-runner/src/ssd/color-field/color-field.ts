/**
 * The color of a head as a function of the point on it: hash encoding, then a small network,
 *
 *   color(p) = sigmoid(mlp(encode(p)))  in sRGB.
 *
 * A new field is exactly mid gray everywhere, for every prompt and seed: the network's last layer is zero.
 *
 * References: HeadArtist section 4 (texture stage); Müller et al. 2022 (encoding).
 */
import type { SessionChoice } from '../../onnx/execution-provider.ts';
import type { RandomStream } from '../../tensor/random.ts';
import {
  encodeHashGrid,
  encodeHashGridBackward,
  HASH_GRID_DEFAULTS,
  type HashGridConfig,
  layOutHashGrid,
} from '../neural-field/hash-grid.ts';
import { initializeMlp, openMlp } from '../neural-field/mlp.ts';

/** The shape of a color field. */
export interface ColorFieldConfig {
  readonly grid: HashGridConfig;
  /** Widths of the hidden layers. */
  readonly hiddenSizes: readonly number[];
}

/**
 * The starter's field. Fitted for 200 steps to a painted ball under noisy gradients, two layers of 32 ended at an
 * error of 0.049 where one layer of 64, the released form, ended at 0.054 in the same time; two of 64 reached
 * 0.047 in half as much time again.
 */
export const COLOR_FIELD_DEFAULTS: ColorFieldConfig = { grid: HASH_GRID_DEFAULTS, hiddenSizes: [32, 32] };

/** What is learned, and in the same shape its gradients: two flat arrays with learning rates of their own. */
export interface ColorFieldParameters {
  /** The hash grid's rows. */
  readonly table: Float32Array;
  /** The network's layers, one after the other. */
  readonly weights: Float32Array;
}

/** One evaluation, kept for its backward pass. */
export interface ColorFieldSample {
  /** [N, 3] sRGB in (0, 1). */
  readonly colors: Float32Array;
  /** [N, 3] world. */
  readonly points: Float32Array;
  /** [N, features] of the encoding. */
  readonly features: Float32Array;
}

/** A color field that can be evaluated and learned; `dispose` frees its sessions. */
export interface ColorField {
  readonly parameters: ColorFieldParameters;
  /** Where `backward` adds; `clearGradients` sets all of it to zero. */
  readonly gradients: ColorFieldParameters;
  /** Colors at `points` [N, 3] in world units; points outside [−1, 1]³ take the color of the box's face. */
  forward(points: Float32Array): Promise<ColorFieldSample>;
  /** Adds to `gradients` what `gradColors` [N, 3] at the points of `sample` means for the parameters. */
  backward(sample: ColorFieldSample, gradColors: Float32Array): Promise<void>;
  clearGradients(): void;
  dispose(): Promise<void>;
}

/** Table entries start within this bound: enough to tell neighbors apart, too little to show (Müller et al., section 3). */
const TABLE_BOUND = 1e-4;

/** Creates a gray field; `random` only breaks the symmetry of what is learned later. */
export async function createColorField(
  config: ColorFieldConfig,
  random: RandomStream,
  choice: SessionChoice = {},
): Promise<ColorField> {
  const grid = layOutHashGrid(config.grid);
  const layerSizes = [grid.featureCount, ...config.hiddenSizes, 3];
  const mlp = await openMlp(layerSizes, 'sigmoid', choice);
  const rows = random.fork('table');
  const parameters: ColorFieldParameters = {
    table: new Float32Array(grid.tableLength).map(() => rows.between(-TABLE_BOUND, TABLE_BOUND)),
    weights: initializeMlp(layerSizes, random.fork('weights')),
  };
  const gradients: ColorFieldParameters = {
    table: new Float32Array(grid.tableLength),
    weights: new Float32Array(mlp.weightCount),
  };
  return {
    parameters,
    gradients,
    async forward(points) {
      const features = new Float32Array((points.length / 3) * grid.featureCount);
      encodeHashGrid(grid, points, parameters.table, features);
      return { colors: await mlp.forward(features, parameters.weights), points, features };
    },
    async backward({ points, features }, gradColors) {
      const gradFeatures = await mlp.backward(features, parameters.weights, gradColors, gradients.weights);
      encodeHashGridBackward(grid, points, gradFeatures, gradients.table);
    },
    clearGradients() {
      gradients.table.fill(0);
      gradients.weights.fill(0);
    },
    dispose: () => mlp.dispose(),
  };
}
