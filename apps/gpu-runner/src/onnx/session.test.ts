import { describe, expect, it } from 'vitest';
import { Graph } from './graph.ts';
import type { OnnxModel } from './model-proto.ts';
import { add, scale } from './ops/elementwise.ts';
import { openSession } from './session.ts';

function doubling(): OnnxModel {
  const graph = new Graph();
  graph.output('y', scale(graph.input('x', [2, 2]), 2));
  return graph.build();
}

describe('openSession', () => {
  it('runs a built graph and writes into an array of the caller', async () => {
    const session = await openSession(doubling(), { threads: 1 });
    const inputs = { x: { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] } };
    expect(Array.from((await session.run(inputs))['y'])).toEqual([2, 4, 6, 8]);
    const y = new Float32Array(4);
    expect((await session.run(inputs, { y }))['y']).toBe(y);
    expect(Array.from(y)).toEqual([2, 4, 6, 8]);
    await session.dispose();
  });

  it('names the input, its type and both shapes when they differ', async () => {
    const session = await openSession(doubling(), { threads: 1 });
    const data = new Float32Array(4);
    await expect(session.run({})).rejects.toThrow('run: expected x float32 [2,2], got nothing');
    await expect(session.run({ x: { data, shape: [4] } })).rejects.toThrow(
      'run: expected x float32 [2,2], got float32 [4] of 4 values',
    );
    await expect(session.run({ x: { data, shape: [2, 2] }, z: { data, shape: [4] } })).rejects.toThrow(
      'run: expected inputs x, got z',
    );
    await session.dispose();
  });

  it('refuses bytes that are no model, and runs after dispose', async () => {
    await expect(openSession(Uint8Array.of(1, 2, 3))).rejects.toThrow('openSession: expected a model');
    const session = await openSession(doubling(), { threads: 1 });
    await session.dispose();
    await expect(session.run({ x: { data: new Float32Array(4), shape: [2, 2] } })).rejects.toThrow();
  });
});

describe('Graph', () => {
  it('throws by operation name with both shapes', () => {
    const graph = new Graph();
    const a = graph.input('a', [2, 3]);
    expect(() => add(a, graph.input('b', [2, 4]))).toThrow(
      'Add: expected shapes that broadcast, got [2,3] and [2,4]',
    );
    expect(() => add(a, new Graph().input('c', [2, 3]))).toThrow('Add: expected inputs of one graph');
  });

  it('leaves out what no output needs', () => {
    const graph = new Graph();
    const x = graph.input('x', [2]);
    graph.constant([1000], new Float32Array(1000));
    graph.output('y', scale(x, 2));
    const { bytes, externalTensors } = graph.build();
    expect(bytes.length).toBeLessThan(400);
    expect(externalTensors).toEqual([]);
  });
});
