import type { Value } from '../graph.ts';
import { integerOf, integersOf, type VjpRule } from '../vjp/rule.ts';
import { conv } from './conv.ts';
import { scale } from './elementwise.ts';
import { reshape } from './shape.ts';

/** Every pixel of x [N, C, H, W] repeated `factor` times along both axes. */
export function upsampleNearest(x: Value, factor: number): Value {
  const { graph } = x;
  if (x.shape.length !== 4) throw new Error(`Resize: expected [N, C, H, W], got [${x.shape}]`);
  const [count, channels, height, width] = x.shape;
  const scales = graph.constant([4], Float32Array.of(1, 1, factor, factor));
  const attributes = { mode: 'nearest', nearest_mode: 'floor', coordinate_transformation_mode: 'asymmetric' };
  const output = graph.emit(
    'Resize',
    [x, null, scales],
    [count, channels, height * factor, width * factor],
    attributes,
  );
  return graph.record({ op: 'Resize', inputs: [x], output, attributes: { factor } });
}

/** Backward of `upsampleNearest`: the sum over each block. */
export const upsampleNearestVjp: VjpRule = (entry, gradient) => {
  const factor = integerOf(entry, 'factor');
  return [scale(averagePool(gradient, factor), factor * factor)];
};

/**
 * x [N, C, H, W] made smaller by a whole factor as bilinear interpolation does that takes no account of the factor: each
 * result is the mean of the four middle pixels of its block, or the middle one of an odd block.
 *
 * References: torch's interpolate with mode "bilinear", align_corners off and antialias off.
 */
export function shrinkBilinear(x: Value, factor: number): Value {
  const [count, channels, height, width] = x.shape;
  if (x.shape.length !== 4 || height % factor !== 0 || width % factor !== 0) {
    throw new Error(
      `shrinkBilinear: expected [N, C, H, W] with sides divisible by ${factor}, got [${x.shape}]`,
    );
  }
  const middle = [Math.floor((factor - 1) / 2), Math.floor(factor / 2)];
  const kernel = new Float32Array(factor * factor);
  for (const row of middle) for (const column of middle) kernel[row * factor + column] += 0.25;
  const planes = reshape(x, [count * channels, 1, height, width]);
  const small = conv(planes, x.graph.constant([1, 1, factor, factor], kernel), null, { stride: factor });
  return reshape(small, [count, channels, height / factor, width / factor]);
}

/** Mean over blocks of factor × factor pixels of x [N, C, H, W]. */
export function averagePool(x: Value, factor: number): Value {
  const [count, channels, height, width] = x.shape;
  if (x.shape.length !== 4 || height % factor !== 0 || width % factor !== 0) {
    throw new Error(`AveragePool: expected [N, C, H, W] with sides divisible by ${factor}, got [${x.shape}]`);
  }
  const attributes = { kernel_shape: [factor, factor], strides: [factor, factor] };
  return x.graph.apply('AveragePool', [x], [count, channels, height / factor, width / factor], attributes);
}

/** Backward of `averagePool`. */
export const averagePoolVjp: VjpRule = (entry, gradient) => {
  const [factor] = integersOf(entry, 'strides');
  return [upsampleNearest(scale(gradient, 1 / (factor * factor)), factor)];
};
