import { expect, test } from 'vitest';
import { createRandom } from '../tensor/random.ts';
import { openParameterTeam } from './parameter-team.ts';
import { createTrainingState, updateParameters } from './update-parameters.ts';

test('two threads update every parameter to the bytes that one thread gives', async () => {
  const settings = {
    learningRate: 0.01,
    beta1: 0.9,
    beta2: 0.99,
    epsilon: 1e-8,
    weightDecay: 0.1,
    gradientNormMax: 1,
    averageDecay: 0.99,
  };
  const random = createRandom(1);
  // An odd number: the halves differ.
  const initial = random.normals(10_001);
  const alone = createTrainingState(initial);
  const team = openParameterTeam(createTrainingState(initial));
  for (let step = 0; step < 5; step++) {
    team.gradients.set(random.normals(initial.length));
    updateParameters(alone, team.gradients, 100, settings);
    updateParameters(team.state, team.gradients, 100, settings, team.update);
  }
  await team.close();
  for (const name of ['parameters', 'mean', 'variance', 'average'] as const) {
    expect([...team.state[name]]).toEqual([...alone[name]]);
  }
  expect(team.state.step).toBe(5);
});
