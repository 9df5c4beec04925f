import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadNetworkFixture, numbersOf } from '../../../../test/network-fixture.ts';
import { MODELS_DIRECTORY } from '../env.ts';
import { parseHeadTemplate } from '../ssd/head-template/head-template.ts';
import { loadTeacher } from '../teacher/load-teacher.ts';
import { openSampler, type Sampler, type SampleSettings } from './open-sampler.ts';
import type { SampleRequest } from './sample-conditions.ts';

// Random networks of another picture, latent and text size than the starter's, under the starter's manifest.
const { networks, imageSize, latentSize, textTokens, textWidth } = loadNetworkFixture('linear-projection');
const settings: SampleSettings = { steps: 2, guidanceScale: 3, landmarks: 'template' };
const request: SampleRequest = {
  prompt: 'a green orc',
  negativePrompt: null,
  kind: 'photo',
  azimuthRad: 0,
  seed: 4,
};
const encoded: string[] = [];
let sampler: Sampler;

beforeAll(async () => {
  const starter = await loadTeacher(`${MODELS_DIRECTORY}/starter`);
  const text = { ...starter.manifest.text, tokens: textTokens, width: textWidth };
  const geometry = { ...starter.manifest.stages.geometry, negativePrompt: 'spoiled, {view}, normal map' };
  const stages = { ...starter.manifest.stages, geometry };
  const { closeUp: _, ...framing } = starter.framing;
  const encode = async (words: string, ending = ''): Promise<Float32Array> => {
    encoded.push(words + ending);
    return numbersOf(words + ending, textTokens * textWidth);
  };
  sampler = await openSampler({
    teacher: {
      ...starter,
      ...networks,
      manifest: { ...starter.manifest, imageSize, latentSize, text, stages },
      framing,
    },
    template: parseHeadTemplate(readFileSync(`${MODELS_DIRECTORY}/head-template/head-template.safetensors`)),
    encoder: { encode, unconditional: () => encode('nothing') },
    pictureCount: 9,
  });
}, 60_000);
afterAll(() => sampler.dispose());

async function draw(changes: Partial<SampleRequest> = {}, how: Partial<SampleSettings> = {}) {
  const [picture] = await sampler.sample([{ ...request, ...changes }], { ...settings, ...how });
  return picture;
}

function same(a: Float32Array, b: Float32Array): boolean {
  return Buffer.compare(Buffer.from(a.buffer), Buffer.from(b.buffer)) === 0;
}

describe('sample', () => {
  test('draws every picture asked for, in order, whatever batch it falls into', async () => {
    const seeds = [4, 5, 6, 7, 8];
    const told: string[] = [];
    const onStep = (done: number, of: number): number => told.push(`${done}/${of}`);
    const all = await sampler.sample(
      seeds.map((seed) => ({ ...request, seed })),
      { ...settings, onStep },
    );
    expect(told).toEqual(['1/4', '2/4', '3/4', '4/4']);
    expect(all).toHaveLength(5);
    for (const [n, seed] of seeds.entries()) {
      expect(all[n].image).toHaveLength(imageSize * imageSize * 3);
      expect(all[n].image.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(same(all[n].image, (await draw({ seed })).image)).toBe(true);
    }
    expect(same(all[0].image, all[1].image)).toBe(false);
  });

  test('prompt, negative prompt, guidance and landmarks all matter', async () => {
    const plain = await draw();
    for (const changed of [
      await draw({ prompt: 'a clown' }),
      await draw({ negativePrompt: '' }),
      await draw({}, { guidanceScale: 1 }),
      await draw({}, { landmarks: 'none' }),
    ]) {
      expect(same(changed.image, plain.image)).toBe(false);
    }
  });

  test('at guidance scale 1 the negative prompt does not matter', async () => {
    const plain = await draw({}, { guidanceScale: 1 });
    const other = await draw({ negativePrompt: 'hair' }, { guidanceScale: 1 });
    // A scale of 1 leaves ε_unwanted + (ε_wanted − ε_unwanted), which rounds.
    const difference = plain.image.map((value, i) => Math.abs(value - other.image[i]));
    expect(Math.max(...difference)).toBeLessThan(1e-3);
  });

  test('refuses a close-up from a teacher that has seen none', async () => {
    await expect(draw({ closeUp: true })).rejects.toThrow('expected a teacher that has seen close-ups');
  });

  test('asks in the words of view and kind, and shows landmarks only where the face is seen', async () => {
    encoded.length = 0;
    const back = await draw({ azimuthRad: Math.PI, kind: 'normals', negativePrompt: 'hair' });
    expect(encoded[0]).toBe('a green orc, back view, normal map');
    expect(encoded[1]).toBe('hair, spoiled, back view, normal map');
    expect(back.landmarks.every((value) => value === 0)).toBe(true);
    expect((await draw()).landmarks.some((value) => value > 0)).toBe(true);
    encoded.length = 0;
    await draw({ negativePrompt: '' });
    expect(encoded.slice(0, 2)).toEqual(['a green orc, front view', 'nothing']);
  });
});
