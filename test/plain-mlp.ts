/** A network of `ssd/neural-field/mlp.ts` in double precision, one row at a time. */
export function plainMlp(
  layerSizes: readonly number[],
  inputs: ArrayLike<number>,
  weights: Float64Array,
  end: 'sigmoid' | 'linear' = 'sigmoid',
): Float64Array {
  const width = layerSizes[0];
  const count = inputs.length / width;
  const last = layerSizes.length - 2;
  const outputs = new Float64Array(count * layerSizes[last + 1]);
  for (let row = 0; row < count; row++) {
    let values = Array.from({ length: width }, (_, i) => inputs[row * width + i]);
    let at = 0;
    for (let layer = 0; layer <= last; layer++) {
      const columns = layerSizes[layer + 1];
      const start = at;
      const next = Array.from({ length: columns }, (_, column) =>
        values.reduce((sum, value, i) => sum + value * weights[start + i * columns + column], 0),
      );
      at += values.length * columns;
      values = next.map((value) =>
        layer < last ? Math.max(value, 0) : end === 'sigmoid' ? 1 / (1 + Math.exp(-value)) : value,
      );
    }
    outputs.set(values, row * layerSizes[last + 1]);
  }
  return outputs;
}
