import type { StoredExample } from '../dataset/shards/dataset-files.ts';
import type { RandomStream } from '../tensor/random.ts';

/** One identity of so many is never trained on. */
const HELD_OUT_EVERY = 50;

/** Kinds of picture whose held-out losses are told apart. */
export type LossKind = 'photo' | 'normals' | 'bad';

/** The kind under which an example's loss is counted. */
export function lossKind({ kind, defect }: StoredExample): LossKind {
  return defect === null ? kind : 'bad';
}

/** Indices of the examples to train on, and of those held out with all their identity. */
export function splitExamples(examples: readonly StoredExample[]): {
  readonly train: Uint32Array;
  readonly heldOut: Uint32Array;
} {
  const indices = (held: boolean): Uint32Array =>
    Uint32Array.from(
      examples.flatMap(({ identity }, n) => ((identity % HELD_OUT_EVERY === 0) === held ? [n] : [])),
    );
  const split = { train: indices(false), heldOut: indices(true) };
  if (split.train.length === 0 || split.heldOut.length === 0) {
    throw new Error(
      `splitExamples: expected pictures to train on and to hold out, got ${split.train.length} and ${split.heldOut.length}`,
    );
  }
  return split;
}

/** Up to `perKind` held-out examples of each kind, always the same ones, evenly spread over the identities. */
export function heldOutSample(
  examples: readonly StoredExample[],
  heldOut: Uint32Array,
  perKind: number,
): readonly number[] {
  const kinds: readonly LossKind[] = ['photo', 'normals', 'bad'];
  return kinds.flatMap((kind) => {
    const own = [...heldOut].filter((n) => lossKind(examples[n]) === kind);
    const count = Math.min(perKind, own.length);
    return Array.from({ length: count }, (_, i) => own[Math.floor((i * own.length) / count)]);
  });
}

/**
 * The order of the training examples: a new permutation for every epoch, and nothing to remember between steps.
 *
 * `at(position)` is the example at this place of the endless sequence of epochs.
 */
export function shuffledEpochs(train: Uint32Array, random: RandomStream): { at(position: number): number } {
  let current = -1;
  let order = train;
  return {
    at(position) {
      const epoch = Math.floor(position / train.length);
      if (epoch !== current) {
        order = train.slice();
        const own = random.fork(`epoch ${epoch}`);
        for (let i = order.length - 1; i > 0; i--) {
          const k = own.integer(0, i);
          [order[i], order[k]] = [order[k], order[i]];
        }
        current = epoch;
      }
      return order[position % train.length];
    },
  };
}
