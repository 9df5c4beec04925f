import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import type { Part, ShadingPoint } from '../part.ts';
import { createShadingPoint } from '../shading-point.ts';
import { createBaseHead } from '../scene/base-head.ts';
import { TRAITS, type TraitName, type Traits } from '../traits.ts';
import { buildSkin } from './build-skin.ts';

const MODELS = new URL('../../../../../models/head-template/', import.meta.url);
const base = createBaseHead(
  readFileSync(new URL('head-data.npz', MODELS)),
  JSON.parse(readFileSync(new URL('landmarks.json', MODELS), 'utf8')).landmarks,
);
const up = new Float32Array(base.rest.length).fill(1 / Math.sqrt(3));
const FORM: HeadForm = {
  positions: base.rest,
  normals: up,
  rest: base.rest,
  region: base.region,
  indices: base.indices,
  masks: base.masks,
  places: {
    crown: [0, 8.5, 0.5],
    chin: [0, 6.1, 1.4],
    noseTip: [0, 6.93, 1.68],
    eyeLeft: [0.308, 7.284, 1.245],
    eyeRight: [-0.308, 7.284, 1.245],
    earLeft: [0.8, 7.1, 0.5],
    earRight: [-0.8, 7.1, 0.5],
    mouth: [0, 6.61, 1.55],
  },
};

/** An average bare young man, with some traits changed. */
function traits(change: Partial<Traits> = {}): Traits {
  const plain = Object.fromEntries(Object.entries(TRAITS).map(([name, values]) => [name, values[0]]));
  // Every trait has its first value, which is one of its own.
  return { ...(plain as unknown as Traits), age: 'young', skin: 'fair', ...change };
}

type Shaded = Omit<ShadingPoint, 'channels'>;

/** Asks a part's material about some of its vertices. */
function shade(part: Part, at: readonly number[]): Shaded[] {
  const { channels, channelCount } = part;
  const point = createShadingPoint(new Float32Array(channelCount));
  return at.map((v) => {
    point.channels.set(channels.subarray(v * channelCount, (v + 1) * channelCount));
    const untouched = { nx: 0, ny: 0, nz: 1, gloss: 0, shininess: 20, metal: 0, emission: 0 };
    part.material.shade(Object.assign(point, untouched));
    const { channels: _, ...seen } = point;
    return seen;
  });
}

function partOf(parts: readonly Part[], name: string): Part {
  const part = parts.find((candidate) => candidate.name === name);
  if (part === undefined) throw new Error(`expected a part ${name}`);
  return part;
}

/** Vertices of a part whose rest position (its first three channels) is allowed. */
function where(part: Part, allowed: (x: number, y: number, z: number) => boolean): number[] {
  const found: number[] = [];
  for (let v = 0; v < part.mesh.positions.length / 3; v++) {
    const o = v * part.channelCount;
    if (allowed(part.channels[o], part.channels[o + 1], part.channels[o + 2])) found.push(v);
  }
  return found;
}

function built(change: Partial<Traits> = {}, seed = 3): Part[] {
  return buildSkin(FORM, traits(change), createRandom(seed));
}

/** Mean red, green, blue of a part where allowed. */
function meanColor(
  parts: readonly Part[],
  name: string,
  allowed: (x: number, y: number, z: number) => boolean,
): [number, number, number] {
  const part = partOf(parts, name);
  const seen = shade(part, where(part, allowed));
  const mean = (pick: (s: Shaded) => number): number =>
    seen.reduce((sum, s) => sum + pick(s), 0) / seen.length;
  return [mean((s) => s.red), mean((s) => s.green), mean((s) => s.blue)];
}

const onFace = (_x: number, y: number, z: number): boolean => z > 0.3 && y > 6.1;
const onCheeks = (x: number, y: number, z: number): boolean =>
  Math.abs(Math.abs(x) - 0.48) < 0.1 && Math.abs(y - 6.95) < 0.1 && z > 0.9;

const FACE = ['skin', 'eyes'].map((name) => ({ name, at: where(partOf(built(), name), onFace) }));

/** Colors of the face, at one vertex in `every`, and of the eyes in one list. */
function signature(parts: readonly Part[], every = 3): number[] {
  return FACE.flatMap(({ name, at }) => {
    const seen = name === 'eyes' ? at : at.filter((_, i) => i % every === 0);
    return shade(partOf(parts, name), seen).flatMap((s) => [s.red, s.green, s.blue]);
  });
}

/** How many of the compared numbers differ plainly. */
function differences(a: readonly number[], b: readonly number[]): number {
  return a.filter((value, i) => Math.abs(value - b[i]) > 0.05).length;
}

/** Least count of the face's and the eyes' numbers that change: a mole is small, a skin tone is everywhere. */
const visible: Partial<Record<TraitName, number>> = {
  character: 350,
  skin: 1000,
  eyeColor: 20,
  lipColor: 100,
  eyeShadow: 50,
  blush: 50,
  eyebrows: 16,
  facePaint: 100,
  mark: 5,
};

describe('buildSkin', () => {
  it('gives the same bytes for the same seed and another person for another', () => {
    const once = built({ mark: 'freckles' });
    expect(signature(built({ mark: 'freckles' }))).toEqual(signature(once));
    expect(partOf(built({ mark: 'freckles' }), 'skin').channels).toEqual(partOf(once, 'skin').channels);
    expect(signature(built({ mark: 'freckles' }, 4))).not.toEqual(signature(once));
  });

  it('covers skin, eyes, teeth and tongue with meshes whose vertices are all used', () => {
    const parts = built();
    expect(parts.map((part) => part.name)).toEqual(['skin', 'eyes', 'teeth', 'tongue']);
    let triangles = 0;
    for (const { mesh, channels, channelCount } of parts) {
      const vertexCount = mesh.positions.length / 3;
      expect(new Set(mesh.indices).size).toBe(vertexCount);
      expect(Math.max(...mesh.indices)).toBe(vertexCount - 1);
      expect(channels.length).toBe(vertexCount * channelCount);
      triangles += mesh.indices.length / 3;
    }
    expect(triangles).toBeLessThan(42_000);
  });

  it('shades every value of its traits with finite colors in range and unit normals', () => {
    const names = [...Object.keys(visible), 'age', 'hair', 'hairColor', 'beard'] as TraitName[];
    const wrong: string[] = [];
    for (const name of names) {
      for (const value of TRAITS[name]) {
        for (const part of built({ [name]: value })) {
          const count = part.mesh.positions.length / 3;
          const sparse = Array.from({ length: Math.floor(count / 97) }, (_, i) => i * 97);
          for (const s of shade(part, sparse)) {
            const numbers = [s.red, s.green, s.blue, s.gloss, s.metal, s.emission];

            const fine = numbers.every((n) => Number.isFinite(n) && n >= 0 && n <= 1);
            if (!fine) wrong.push(`${name} ${value}: ${part.name} shades to ${numbers.join(' ')}`);
            const length = Math.hypot(s.nx, s.ny, s.nz);
            if (part.name === 'skin' && !(Math.abs(length - 1) <= 1e-5)) {
              wrong.push(`${value}: normal of ${length}`);
            }
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  for (const [name, least] of Object.entries(visible) as [TraitName, number][]) {
    it(`draws each value of ${name} unlike all others`, () => {
      const faces = TRAITS[name].map((value) => ({
        value,
        seen: signature(built({ [name]: value }), name === 'mark' ? 1 : 3),
      }));
      // What these say is said by geometry alone.
      const shapes = name === 'character' ? ['human', 'elf', 'dwarf'] : [];
      for (const [i, a] of faces.entries()) {
        for (const b of faces.slice(i + 1)) {
          if (shapes.includes(a.value) && shapes.includes(b.value)) continue;
          const count = differences(a.seen, b.seen);
          expect(count, `numbers that differ between ${a.value} and ${b.value}`).toBeGreaterThanOrEqual(
            least,
          );
        }
      }
    });
  }

  it('means red, blue and green by their names', () => {
    const lips = (x: number, y: number, z: number): boolean =>
      Math.abs(x) < 0.12 && Math.abs(y - 6.55) < 0.03 && z > 1.53;
    const [lipRed, lipGreen, lipBlue] = meanColor(built({ lipColor: 'red' }), 'skin', lips);
    expect(lipRed).toBeGreaterThan(0.6);
    expect(Math.max(lipGreen, lipBlue)).toBeLessThan(0.3);

    const iris = (x: number, y: number, z: number): boolean => {
      const off = Math.hypot(Math.abs(x) - 0.308, y - 7.284);
      return z > 1.3 && off > 0.04 && off < 0.065;
    };
    const [eyeRed, , eyeBlue] = meanColor(built({ eyeColor: 'blue' }), 'eyes', iris);
    expect(eyeBlue).toBeGreaterThan(eyeRed + 0.15);

    const [orcRed, orcGreen, orcBlue] = meanColor(built({ character: 'orc' }), 'skin', onCheeks);
    expect(orcGreen).toBeGreaterThan(Math.max(orcRed, orcBlue) + 0.1);
    const [demonRed, demonGreen] = meanColor(built({ character: 'demon' }), 'skin', onCheeks);
    expect(demonRed).toBeGreaterThan(demonGreen + 0.3);
  });

  it('orders the skin tones from pale to dark', () => {
    const light = (['pale', 'fair', 'tanned', 'light brown', 'brown', 'dark'] as const).map((skin) =>
      meanColor(built({ skin }), 'skin', onCheeks).reduce((a, b) => a + b),
    );
    for (let i = 1; i < light.length; i++) expect(light[i]).toBeLessThan(light[i - 1] - 0.1);
  });

  it('tints the scalp under hair, so that no gap shows bald skin', () => {
    const crown = (_x: number, y: number, z: number): boolean => y > 8.2 && z < 0.8;
    const bald = meanColor(built({ hair: 'bald', hairColor: 'black' }), 'skin', crown);
    const covered = meanColor(built({ hair: 'curly', hairColor: 'black' }), 'skin', crown);
    expect(bald[0]).toBeGreaterThan(0.6);
    expect(covered[0]).toBeLessThan(0.3);
  });

  it('draws stubble over jaw and lip only', () => {
    const jaw = (x: number, y: number, z: number): boolean =>
      Math.abs(x) < 0.2 && Math.abs(y - 6.27) < 0.06 && z > 1.3;
    const smooth = built({ hairColor: 'black' });
    const rough = built({ hairColor: 'black', beard: 'stubble' });
    expect(meanColor(rough, 'skin', jaw)[0]).toBeLessThan(meanColor(smooth, 'skin', jaw)[0] - 0.2);
    expect(meanColor(rough, 'skin', onCheeks)[0]).toBeCloseTo(meanColor(smooth, 'skin', onCheeks)[0], 2);
  });

  it('leaves teeth dark behind closed lips and lights them in an open mouth', () => {
    const open = base.rest.slice();
    for (let v = 0; v < base.region.length; v++) {
      if (base.region[v] === 0 && base.rest[3 * v + 1] < 6.61) open[3 * v + 1] -= 0.2;
    }
    const incisors = (x: number, _y: number, z: number): boolean => Math.abs(x) < 0.15 && z > 1.3;
    const closed = meanColor(built(), 'teeth', incisors)[0];
    const seen = meanColor(
      buildSkin({ ...FORM, positions: open }, traits(), createRandom(3)),
      'teeth',
      incisors,
    )[0];
    expect(closed).toBeLessThan(0.25);
    expect(seen).toBeGreaterThan(0.6);
  });
});
