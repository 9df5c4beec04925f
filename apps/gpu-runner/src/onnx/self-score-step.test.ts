import { describe, expect, it } from 'vitest';
import { loadNetworkFixture, relativeDifference } from '../../../../test/network-fixture.ts';
import { stepInputs } from '../../../../test/step-inputs.ts';
import { compileSelfScoreStep, type SelfScoreInputs } from './self-score-step.ts';

const fixtures = ['starter', 'conv-projection', 'linear-projection'].map((name) => ({
  name,
  fixture: loadNetworkFixture(name),
}));

describe.each(fixtures)('the fused step of $name', ({ fixture }) => {
  const shape = { batch: 1, imageSize: fixture.imageSize, textTokens: fixture.textTokens };

  it('gives the gradients of torch and diffusers, the same bytes twice, and exactly zero for s = 1 and λ = 0', async () => {
    const step = await compileSelfScoreStep(fixture.networks, shape);
    const inputs = stepInputs(fixture, step.takes('posteriorNoise'));
    const { imageGradient, latentGradient } = await step.run(inputs);
    expect(relativeDifference(latentGradient, fixture.expected('step_latent_gradient'))).toBeLessThan(1e-3);
    expect(relativeDifference(imageGradient, fixture.expected('step_image_gradient'))).toBeLessThan(1e-3);
    const first = imageGradient.slice();
    await step.run(inputs);
    expect(imageGradient).toEqual(first);
    const zero = await step.run({ ...inputs, guidanceScale: 1, anchor: 0 });
    expect(zero.imageGradient.every((v) => v === 0)).toBe(true);
    expect(zero.latentGradient.every((v) => v === 0)).toBe(true);
    await step.dispose();
  });
});

describe('the fused step', () => {
  const { fixture } = fixtures[2];
  const shape = { batch: 2, imageSize: fixture.imageSize, textTokens: fixture.textTokens };
  const single = stepInputs(fixture, true);

  /** The single view twice, the second with `second` in place of its own. */
  const twice = (second: Partial<Record<keyof SelfScoreInputs, Float32Array>>): SelfScoreInputs => {
    const out: Record<string, Float32Array | number> = {};
    for (const [name, value] of Object.entries<Float32Array | number>({ ...single })) {
      if (typeof value === 'number') out[name] = value;
      else out[name] = Float32Array.from([...value, ...(second[name as keyof SelfScoreInputs] ?? value)]);
    }
    // Every field of `single` is in `out`.
    return out as unknown as SelfScoreInputs;
  };

  it('treats each view of a batch by itself, with its own text and timestep', async () => {
    const one = await compileSelfScoreStep(fixture.networks, { ...shape, batch: 1 });
    const two = await compileSelfScoreStep(fixture.networks, shape);
    const second = { text: single.negativeText, negativeText: single.text, timesteps: Float32Array.of(40) };
    const first = (await one.run(single)).imageGradient.slice();
    const other = (await one.run({ ...single, ...second })).imageGradient.slice();
    const { imageGradient } = await two.run(twice(second));
    expect(relativeDifference(imageGradient.slice(0, first.length), first)).toBeLessThan(1e-4);
    expect(relativeDifference(imageGradient.slice(first.length), other)).toBeLessThan(1e-4);
    expect(relativeDifference(other, first)).toBeGreaterThan(0.1);
    await one.dispose();
    await two.dispose();
  });

  it('names the input that is missing, left over or of the wrong size', async () => {
    const step = await compileSelfScoreStep(fixture.networks, { ...shape, batch: 1 });
    const { posteriorNoise, ...without } = single;
    expect(posteriorNoise).toBeDefined();
    await expect(step.run(without)).rejects.toThrow(
      'run: expected posteriorNoise float32 [1,4,8,8], got nothing',
    );
    await expect(step.run({ ...single, plainText: single.text })).rejects.toThrow('got plainText');
    await expect(step.run({ ...single, noise: new Float32Array(3) })).rejects.toThrow(
      'run: expected noise float32 [1,4,8,8], got float32 [1,4,8,8] of 3 values',
    );
    await step.dispose();
  });

  it('refuses an image size that the networks cannot halve often enough', async () => {
    await expect(compileSelfScoreStep(fixture.networks, { ...shape, imageSize: 96 })).rejects.toThrow(
      'latentSize: expected an image size divisible by 64, got 96',
    );
  });
});
