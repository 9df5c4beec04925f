import { describe, expect, it } from 'vitest';
import { loadNetworkFixture, numbersOf } from '../../../../../test/network-fixture.ts';
import { Graph } from '../graph.ts';
import { openSession, type SessionInput } from '../session.ts';
import { vjp } from '../vjp/vjp.ts';
import { NetworkWeights } from './network-weights.ts';
import { parseUNet, unet } from './unet-2d-condition-model.ts';

describe('a UNet with trainable weights', () => {
  it.each(['conv-projection', 'linear-projection'])(
    'of %s has the gradient of all its parameters',
    async (name) => {
      const fixture = loadNetworkFixture(name);
      const { config, weights: source } = fixture.networks.unet;
      const graph = new Graph();
      const weights = new NetworkWeights({ graph, source, trainAs: 'unet' });
      const shapes = {
        sample: [1, 4, 8, 8],
        timesteps: [1],
        text: [1, fixture.textTokens, fixture.textWidth],
      };
      const epsilon = unet(weights, parseUNet(config), {
        sample: graph.input('sample', shapes.sample),
        timesteps: graph.input('timesteps', shapes.timesteps),
        text: graph.input('text', shapes.text),
        control: null,
      });
      const parameters = [...weights.trainable.entries()];
      expect(parameters.map(([key]) => key).toSorted()).toEqual([...fixture.keys.unet].toSorted());
      const seed = graph.input('seed', epsilon.shape);
      graph.output('epsilon', epsilon);
      const gradients = vjp(
        [{ value: epsilon, gradient: seed }],
        parameters.map(([, value]) => value),
      );
      gradients.forEach((gradient, i) => {
        graph.output(`gradient of ${parameters[i][0]}`, gradient);
      });
      const session = await openSession(graph.build());

      const seedData = numbersOf('seed', 256);
      const feeds = (step: number): Record<string, SessionInput> => ({
        sample: { data: numbersOf('sample', 256), shape: shapes.sample },
        timesteps: { data: Float32Array.of(300), shape: shapes.timesteps },
        text: { data: numbersOf('text', fixture.textTokens * fixture.textWidth), shape: shapes.text },
        seed: { data: seedData, shape: epsilon.shape },
        ...Object.fromEntries(
          parameters.map(([key, { name, shape }]) => {
            const data = source.find(key)?.data ?? new Float32Array();
            const along = numbersOf(`direction ${key}`, data.length);
            return [name, { data: data.map((v, k) => v + step * along[k]), shape }];
          }),
        ),
      });
      const at = await session.run(feeds(0));
      const loss = async (step: number): Promise<number> =>
        dot((await session.run(feeds(step)))['epsilon'], seedData);
      // One direction through all parameters at once: every gradient enters the sum.
      const analytic = parameters.reduce((sum, [key]) => {
        const gradient = at[`gradient of ${key}`];
        return sum + dot(gradient, numbersOf(`direction ${key}`, gradient.length));
      }, 0);
      const step = 3e-4;
      const numeric = ((await loss(step)) - (await loss(-step))) / (2 * step);
      // float32 leaves about 1e-7·|loss| / step in the difference, 1e-4 of it here.
      expect(Math.abs(numeric - analytic)).toBeLessThan(1e-3 * Math.abs(analytic));
      await session.dispose();
    },
  );
});

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
