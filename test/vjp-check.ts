import { Graph, type Value } from '../apps/gpu-runner/src/onnx/graph.ts';
import { openSession } from '../apps/gpu-runner/src/onnx/session.ts';
import { vjp } from '../apps/gpu-runner/src/onnx/vjp/vjp.ts';
import { createRandom } from '../apps/gpu-runner/src/tensor/random.ts';
import { checkGradient } from './gradient-check.ts';

/**
 * Largest relative error of our VJP of `build` against central differences, over all inputs; both run in ORT.
 *
 * The loss is Σ y·r for a random r, summed in float64. `entries` limits the entries checked per input.
 */
export async function checkVjp(
  shapes: readonly (readonly number[])[],
  build: (inputs: readonly Value[]) => Value,
  {
    step = 1e-2,
    entries = 16,
    sample = (normal: number): number => normal,
  }: { step?: number; entries?: number; sample?: (normal: number) => number } = {},
): Promise<number> {
  const random = createRandom(7);
  const graph = new Graph();
  const inputs = shapes.map((shape, i) => graph.input(`x${i}`, shape));
  const y = build(inputs);
  const gradient = graph.input('gradient', y.shape);
  graph.output('y', y);
  vjp([{ value: y, gradient }], inputs).forEach((g, i) => {
    graph.output(`g${i}`, g);
  });
  const session = await openSession(graph.build(), { threads: 1 });

  const data = shapes.map((shape) => random.normals(size(shape)).map(sample));
  const weights = random.normals(size(y.shape));
  const run = (changed: number, values: Float32Array): Promise<Record<string, Float32Array>> => {
    const feeds = Object.fromEntries(
      shapes.map((shape, i) => [`x${i}`, { data: i === changed ? values : data[i], shape }]),
    );
    return session.run({ ...feeds, gradient: { data: weights, shape: y.shape } });
  };
  const analytic = await run(-1, weights);

  let worst = 0;
  for (const [i, parameters] of data.entries()) {
    const all = Array.from(parameters.keys());
    const indices =
      all.length <= entries ? all : all.filter((k) => k % Math.floor(all.length / entries) === 0);
    const check = (loss: () => number) =>
      checkGradient({ parameters, gradient: analytic[`g${i}`], loss, step, indices });
    // The checker wants a synchronous loss: a first pass collects the points, ORT evaluates them, a second reads.
    const points: Float32Array[] = [];
    check(() => points.push(parameters.slice()));
    const losses: number[] = [];
    for (const point of points) losses.push(dot((await run(i, point))['y'], weights));
    let at = 0;
    worst = Math.max(worst, check(() => losses[at++]).relativeError);
  }
  await session.dispose();
  return worst;
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
