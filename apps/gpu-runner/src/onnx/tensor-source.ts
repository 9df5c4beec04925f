/** A stored tensor, widened to float32, row-major. */
export interface SourceTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Where a network's weights come from, by the keys of diffusers' state dictionaries. */
export interface TensorSource {
  /** What the source is, for error messages: a file name or a rule. */
  readonly label: string;
  /** The tensor of `key`, or undefined when the source has none; a source that makes new weights needs `shape`. */
  find(key: string, shape?: readonly number[]): SourceTensor | undefined;
}

/**
 * Reads `key` and insists on its shape.
 *
 * Throws by source, key, and both shapes: a checkpoint of another architecture is refused at its first tensor.
 */
export function readTensor(source: TensorSource, key: string, shape: readonly number[]): Float32Array {
  const found = source.find(key, shape);
  if (!found)
    throw new Error(`readTensor: expected ${key} [${shape}] in ${source.label}, got no such tensor`);
  if (found.shape.length !== shape.length || found.shape.some((size, i) => size !== shape[i])) {
    throw new Error(
      `readTensor: expected ${key} of shape [${shape}] in ${source.label}, got [${found.shape}]`,
    );
  }
  return found.data;
}
