import { describe, expect, it } from 'vitest';
import { checkVjp } from '../../../../../test/vjp-check.ts';
import { createRandom } from '../../tensor/random.ts';
import { Graph, type Value } from '../graph.ts';
import * as activations from '../ops/activations.ts';
import { conv } from '../ops/conv.ts';
import * as elementwise from '../ops/elementwise.ts';
import { logSoftmax } from '../ops/log-softmax.ts';
import { affine, matMul } from '../ops/mat-mul.ts';
import { groupNorm, layerNorm, standardize } from '../ops/norm.ts';
import * as reduce from '../ops/reduce.ts';
import { averagePool, upsampleNearest } from '../ops/resize.ts';
import * as shape from '../ops/shape.ts';
import { openSession } from '../session.ts';
import { VJP_RULES } from './rules.ts';
import { vjp } from './vjp.ts';

interface Case {
  readonly rule: string;
  readonly title?: string;
  readonly shapes: readonly (readonly number[])[];
  readonly build: (inputs: readonly Value[]) => Value;
  readonly sample?: (normal: number) => number;
}

const random = createRandom(3);
const frozen = (like: Value, dims: readonly number[]): Value =>
  like.graph.constant(dims, random.normals(dims.reduce((a, b) => a * b, 1)));
const awayFromZero = (normal: number): number => normal + Math.sign(normal) * 0.1;

const cases: readonly Case[] = [
  {
    rule: 'Add',
    shapes: [
      [2, 3, 4],
      [3, 1],
    ],
    build: ([a, b]) => elementwise.add(a, b),
  },
  { rule: 'Sub', shapes: [[2, 3, 4], [4]], build: ([a, b]) => elementwise.subtract(a, b) },
  {
    rule: 'Mul',
    shapes: [
      [2, 3, 4],
      [2, 1, 4],
    ],
    build: ([a, b]) => elementwise.multiply(a, b),
  },
  { rule: 'Mul', title: 'of a value with itself', shapes: [[5]], build: ([a]) => elementwise.multiply(a, a) },
  { rule: 'Neg', shapes: [[5]], build: ([a]) => elementwise.negate(a) },
  { rule: 'Abs', shapes: [[9]], build: ([a]) => elementwise.absolute(a), sample: awayFromZero },
  { rule: 'Exp', shapes: [[5]], build: ([a]) => elementwise.exponential(a) },
  { rule: 'Sin', shapes: [[5]], build: ([a]) => elementwise.sine(a) },
  { rule: 'Cos', shapes: [[5]], build: ([a]) => elementwise.cosine(a) },
  { rule: 'ReduceSum', shapes: [[2, 3, 4]], build: ([a]) => reduce.reduceSum(a, [0, -1]) },
  { rule: 'ReduceMean', shapes: [[2, 3, 4]], build: ([a]) => reduce.reduceMean(a, [1]) },
  { rule: 'ReduceSumSquare', shapes: [[2, 3, 4]], build: ([a]) => reduce.reduceSumSquare(a, [1, 2]) },
  { rule: 'Reshape', shapes: [[2, 6]], build: ([a]) => shape.reshape(a, [3, 4]) },
  { rule: 'Transpose', shapes: [[2, 3, 4]], build: ([a]) => shape.transpose(a, [2, 0, 1]) },
  { rule: 'Slice', shapes: [[2, 5]], build: ([a]) => shape.slice(a, 1, 1, 4) },
  { rule: 'Pad', shapes: [[2, 3]], build: ([a]) => shape.pad(a, [0, 1], [2, 0]) },
  {
    rule: 'Concat',
    shapes: [
      [2, 3],
      [2, 1],
    ],
    build: ([a, b]) => shape.concat([a, b, a], 1),
  },
  { rule: 'Relu', shapes: [[9]], build: ([a]) => activations.relu(a), sample: awayFromZero },
  { rule: 'Sigmoid', shapes: [[9]], build: ([a]) => activations.sigmoid(a) },
  { rule: 'Tanh', shapes: [[9]], build: ([a]) => activations.tanh(a) },
  { rule: 'Softplus', shapes: [[9]], build: ([a]) => activations.softplus(a) },
  { rule: 'Silu', shapes: [[9]], build: ([a]) => activations.silu(a) },
  { rule: 'Gelu', shapes: [[9]], build: ([a]) => activations.gelu(a) },
  { rule: 'LogSoftmax', shapes: [[2, 5]], build: ([a]) => logSoftmax(a) },
  { rule: 'Softmax', shapes: [[2, 5]], build: ([a]) => activations.softmax(a) },
  {
    rule: 'Clip',
    shapes: [[9]],
    build: ([a]) => activations.clip(a, -0.05, 0.5),
    sample: (normal) => (Math.abs(normal - 0.5) < 0.05 ? 0.3 : awayFromZero(normal)),
  },
  {
    rule: 'MatMul',
    shapes: [
      [2, 3, 4],
      [2, 4, 5],
    ],
    build: ([a, b]) => matMul(a, b),
  },
  {
    rule: 'MatMul',
    title: 'broadcast over a batch',
    shapes: [
      [2, 3, 4],
      [1, 4, 5],
    ],
    build: ([a, b]) => matMul(a, b),
  },
  {
    rule: 'MatMul',
    title: 'with a trained weight and bias',
    shapes: [[2, 3, 4], [4, 5], [5]],
    build: ([x, w, b]) => affine(x, w, b),
  },
  {
    rule: 'MatMul',
    title: 'with a frozen weight',
    shapes: [[3, 4]],
    build: ([x]) => matMul(x, frozen(x, [4, 5])),
  },
  {
    rule: 'Conv',
    title: 'stride 1, frozen weight',
    shapes: [[2, 3, 5, 6]],
    build: ([x]) => conv(x, frozen(x, [4, 3, 3, 3]), null, { padding: [1, 1, 1, 1] }),
  },
  {
    rule: 'Conv',
    title: 'stride 1, trained weight and bias',
    shapes: [[2, 3, 5, 4], [4, 3, 3, 3], [4]],
    build: ([x, w, b]) => conv(x, w, b, { padding: [1, 1, 1, 1] }),
  },
  {
    rule: 'Conv',
    title: 'stride 1, padded on two sides only',
    shapes: [
      [1, 2, 5, 5],
      [3, 2, 3, 2],
    ],
    build: ([x, w]) => conv(x, w, null, { padding: [2, 1, 0, 0] }),
  },
  {
    rule: 'Conv',
    title: 'stride 2 on an even side',
    shapes: [[2, 3, 6, 8], [4, 3, 3, 3], [4]],
    build: ([x, w, b]) => conv(x, w, b, { stride: 2, padding: [1, 1, 1, 1] }),
  },
  {
    rule: 'Conv',
    title: 'stride 2 on an odd side, frozen weight',
    shapes: [[1, 3, 7, 5]],
    build: ([x]) => conv(x, frozen(x, [4, 3, 3, 3]), null, { stride: 2, padding: [1, 1, 1, 1] }),
  },
  {
    rule: 'Conv',
    title: 'stride 2 with rows that no kernel touches',
    shapes: [[1, 2, 6, 6]],
    build: ([x]) => conv(x, frozen(x, [4, 2, 3, 3]), null, { stride: 2 }),
  },
  {
    rule: 'Conv',
    title: 'of a picture beyond 900 pixels, trained weight',
    shapes: [
      [1, 1, 31, 31],
      [2, 1, 3, 3],
    ],
    build: ([x, w]) => conv(x, w, null, { padding: [1, 1, 1, 1] }),
  },
  {
    rule: 'Conv',
    title: '1×1, trained weight',
    shapes: [
      [2, 3, 4, 4],
      [5, 3, 1, 1],
    ],
    build: ([x, w]) => conv(x, w, null),
  },
  { rule: 'Resize', shapes: [[1, 2, 3, 4]], build: ([x]) => upsampleNearest(x, 2) },
  { rule: 'AveragePool', shapes: [[1, 2, 4, 6]], build: ([x]) => averagePool(x, 2) },
  { rule: 'InstanceNormalization', shapes: [[2, 3, 8]], build: ([x]) => standardize(x, 1e-5) },
  {
    rule: 'GroupNormalization',
    title: 'with trained weight and bias',
    shapes: [[2, 6, 2, 2], [6], [6]],
    build: ([x, w, b]) => groupNorm(x, w, b, 3, 1e-5),
  },
  {
    rule: 'GroupNormalization',
    title: 'with frozen weight and bias',
    shapes: [[2, 6, 2, 2]],
    build: ([x]) => groupNorm(x, frozen(x, [6]), frozen(x, [6]), 3, 1e-5),
  },
  {
    rule: 'LayerNormalization',
    shapes: [[2, 3, 8], [8], [8]],
    build: ([x, w, b]) => layerNorm(x, w, b, 1e-5),
  },
];

describe('vjp', () => {
  // float32 leaves about 1e-7·|loss| / step ≈ 1e-4 of noise in a difference, and the step's own error is as small.
  it.each(cases)('agrees with central differences: $rule $title', async ({ shapes, build, sample }) => {
    expect(await checkVjp(shapes, build, sample ? { sample } : {})).toBeLessThan(3e-3);
  });

  it('checks every rule of the table', () => {
    expect(new Set(cases.map((c) => c.rule))).toEqual(new Set(Object.keys(VJP_RULES)));
  });

  it('throws by name for an operation without a rule', () => {
    const graph = new Graph();
    const x = graph.input('x', [4]);
    const y = graph.apply('Floor', [x], [4]);
    expect(() => vjp([{ value: y, gradient: y }], [x])).toThrow('vjp: expected a rule for Floor, got none');
  });

  it('throws when the output does not depend on the target', () => {
    const graph = new Graph();
    const x = graph.input('x', [4]);
    const y = elementwise.negate(graph.input('other', [4]));
    expect(() => vjp([{ value: y, gradient: y }], [x])).toThrow('vjp: expected an output that depends on x');
  });

  it('treats what the seed was computed from as constant', async () => {
    // The gradient of Σ 3x·stop(x²) is 3x², not 9x².
    const graph = new Graph();
    const x = graph.input('x', [2]);
    const seed = elementwise.multiply(x, x);
    const [gradient] = vjp([{ value: elementwise.scale(x, 3), gradient: seed }], [x]);
    graph.output('gradient', gradient);
    const session = await openSession(graph.build(), { threads: 1 });
    const out = await session.run({ x: { data: Float32Array.of(2, -1), shape: [2] } });
    expect(Array.from(out['gradient'])).toEqual([12, 3]);
    await session.dispose();
  });
});
