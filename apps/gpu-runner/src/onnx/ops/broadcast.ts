import type { Value } from '../graph.ts';
import { reduceSum } from './reduce.ts';
import { reshape } from './shape.ts';

/** The numpy broadcast of two shapes; throws under the operation's name when there is none. */
export function broadcastShape(op: string, a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const sizeA = a[i - rank + a.length] ?? 1;
    const sizeB = b[i - rank + b.length] ?? 1;
    if (sizeA !== sizeB && sizeA !== 1 && sizeB !== 1) {
      throw new Error(`${op}: expected shapes that broadcast, got [${a}] and [${b}]`);
    }
    return sizeA === 1 ? sizeB : sizeA;
  });
}

/** Backward of broadcasting: sums a gradient over the axes along which a tensor of `shape` was repeated. */
export function broadcastBackward(gradient: Value, shape: readonly number[]): Value {
  const lead = gradient.shape.length - shape.length;
  const axes = gradient.shape.flatMap((size, i) =>
    i < lead || (shape[i - lead] === 1 && size !== 1) ? [i] : [],
  );
  const summed = axes.length > 0 ? reduceSum(gradient, axes) : gradient;
  return summed.shape.length === shape.length ? summed : reshape(summed, shape);
}
