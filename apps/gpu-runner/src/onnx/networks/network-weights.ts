import type { Graph, Value } from '../graph.ts';
import { reshape, swapLastAxes } from '../ops/shape.ts';
import { readTensor, type TensorSource } from '../tensor-source.ts';

/** A trained change of a linear layer: x·down·up is added to its result; down [in, rank], up [rank, out]. */
export interface LowRankUpdate {
  readonly down: Value;
  readonly up: Value;
}

interface WeightOptions {
  readonly graph: Graph;
  readonly source: TensorSource;
  readonly trainAs: string | null;
  /** By the layer's key, without ".weight". */
  readonly updates?: ReadonlyMap<string, LowRankUpdate>;
}

/**
 * The weights of one network inside one graph, under a key prefix.
 *
 * Frozen weights become constants, which ORT packs ahead of time. Trainable ones become graph inputs named
 * `prefix/key`, in torch's layout, and are listed in `trainable`.
 */
export class NetworkWeights {
  private readonly cache: Map<string, Value>;
  /** The graph inputs made so far, by state-dictionary key. */
  readonly trainable: Map<string, Value>;
  private readonly options: WeightOptions;
  private readonly prefix: string;

  /** `trainAs` is null for frozen weights, or the name in front of the keys of the graph inputs. */
  constructor(
    options: WeightOptions,
    parent?: { cache: Map<string, Value>; trainable: Map<string, Value>; prefix: string },
  ) {
    this.options = options;
    this.cache = parent?.cache ?? new Map();
    this.trainable = parent?.trainable ?? new Map();
    this.prefix = parent?.prefix ?? '';
  }

  /** The same weights with `name.` in front of every key. */
  scope(name: string): NetworkWeights {
    const { cache, trainable, prefix } = this;
    return new NetworkWeights(this.options, { cache, trainable, prefix: `${prefix}${name}.` });
  }

  /** The same weights, of which some linear layers are changed. */
  updated(updates: ReadonlyMap<string, LowRankUpdate>): NetworkWeights {
    const { cache, trainable, prefix } = this;
    return new NetworkWeights({ ...this.options, updates }, { cache, trainable, prefix });
  }

  /** The change of the linear layer whose keys begin with the present prefix, if it has one. */
  update(): LowRankUpdate | undefined {
    return this.options.updates?.get(this.prefix.slice(0, -1));
  }

  /** True when the source has a tensor of this key. */
  has(key: string): boolean {
    return this.options.source.find(this.prefix + key) !== undefined;
  }

  /** Number of axes of the stored tensor; 0 when the source has none of this key. */
  rank(key: string): number {
    return this.options.source.find(this.prefix + key)?.shape.length ?? 0;
  }

  /** The tensor of `key`, which must have `shape`. */
  tensor(key: string, shape: readonly number[]): Value {
    return this.cached(key, () => {
      const { graph, source, trainAs } = this.options;
      const fullKey = this.prefix + key;
      const data = readTensor(source, fullKey, shape);
      if (trainAs === null) return graph.constant(shape, data);
      const input = graph.input(`${trainAs}/${fullKey}`, shape);
      this.trainable.set(fullKey, input);
      return input;
    });
  }

  /**
   * A linear layer's weight as [in, out], stored as torch has it: [out, in], or [out, in, 1, 1] of a 1×1 convolution.
   */
  matrix(key: string, inputs: number, outputs: number, stored: 'linear' | 'convolution'): Value {
    const { graph, source, trainAs } = this.options;
    if (trainAs !== null) {
      const shape = stored === 'linear' ? [outputs, inputs] : [outputs, inputs, 1, 1];
      return swapLastAxes(reshape(this.tensor(key, shape), [outputs, inputs]));
    }
    return this.cached(`${key}ᵀ`, () => {
      const shape = stored === 'linear' ? [outputs, inputs] : [outputs, inputs, 1, 1];
      const data = readTensor(source, this.prefix + key, shape);
      const turned = new Float32Array(data.length);
      for (let o = 0; o < outputs; o++) {
        for (let i = 0; i < inputs; i++) turned[i * outputs + o] = data[o * inputs + i];
      }
      return graph.constant([inputs, outputs], turned);
    });
  }

  private cached(key: string, make: () => Value): Value {
    const found = this.cache.get(this.prefix + key) ?? make();
    this.cache.set(this.prefix + key, found);
    return found;
  }
}
