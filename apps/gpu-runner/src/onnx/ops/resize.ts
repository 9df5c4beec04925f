import type { Value } from '../graph.ts';
import { integerOf, integersOf, type VjpRule } from '../vjp/rule.ts';
import { scale } from './elementwise.ts';

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
