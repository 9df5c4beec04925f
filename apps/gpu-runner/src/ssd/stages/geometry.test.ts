import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bareGuide } from '../../../../../test/bare-guide.ts';
import { TINY_HASH_GRID } from '../../../../../test/tiny-hash-grid.ts';
import { createRandom } from '../../tensor/random.ts';
import { type GeometrySettings, PRESET_SETTINGS } from '../config.ts';
import type { StageSnapshot } from '../state/stage-snapshot.ts';
import type { ExtractedSurface } from '../tetrahedral-grid/extract-surface.ts';
import type { DistanceFunction } from '../tetrahedral-grid/signed-distance-field.ts';
import { HEAD_BOX, optimizeGeometry } from './geometry.ts';
import type { Guide } from './guide.ts';
import { openField } from './open-field.ts';

const SIZE = 24;
const ball = (x: number, y: number, z: number): number => Math.hypot(x, y, z) - 0.45;

/** A teacher that wants every normal map brighter in its middle. */
const guide: Guide = {
  ...bareGuide(SIZE),
  gradients: async () => {
    const image = new Float32Array(3 * SIZE * SIZE);
    for (let y = 6; y < 18; y++) for (let x = 6; x < 18; x++) image[3 * (y * SIZE + x)] = -1;
    return { images: [image], latentRms: 1, latents: new Float32Array(0) };
  },
};

const spans = [
  { untilProgress: 0.5, cellSize: 0.2 },
  { untilProgress: 0.8, cellSize: 0.15 },
  { untilProgress: 1, cellSize: 0.1, nearSurface: true },
];

const settingsOf = (replaced: Partial<GeometrySettings>): GeometrySettings => ({
  ...PRESET_SETTINGS.smoke.geometry,
  steps: 5,
  viewsPerStep: 1,
  frontShare: 1,
  cellSize: 0.15,
  learningRate: 5e-3,
  ...replaced,
});

/** Runs the stage from a snapshot or from the template; answers the surface, the distance and a snapshot of every step. */
async function run(
  settings: GeometrySettings,
  resume: StageSnapshot | null,
): Promise<{ surface: ExtractedSurface; distance: DistanceFunction; snapshots: StageSnapshot[] }> {
  const { field } = await openField({
    settings: settings.field,
    box: HEAD_BOX,
    template: ball,
    parametersFollow: resume !== null,
  });
  const snapshots: StageSnapshot[] = [];
  const surface = await optimizeGeometry({
    field,
    guide,
    settings,
    run: {
      name: 'geometry',
      random: createRandom(3),
      resume,
      checkpointEvery: 1,
      onCheckpoint: (snapshot) => void snapshots.push(snapshot),
      // Pictures are no part of the result.
      onStep: resume === null ? ({ picture }) => void picture() : undefined,
    },
  });
  await field.dispose();
  return { surface, distance: field.probe().distance, snapshots };
}

/** Says in a line whether arrays are the same bytes; comparing them number by number takes a second each. */
function digestOf(arrays: object): string {
  const hash = createHash('sha256');
  for (const [name, array] of Object.entries(arrays)) hash.update(name).update(array);
  return hash.digest('hex');
}

describe.each<[string, Partial<GeometrySettings>]>([
  ['a residual field', {}],
  ['a residual field on finer and finer grids', { gridSpans: spans }],
  ['a hash-grid field', { field: TINY_HASH_GRID }],
  ['a hash-grid field on finer and finer grids', { field: TINY_HASH_GRID, gridSpans: spans }],
])('the geometry stage of %s', (_, replaced) => {
  it('moves the surface, and ends with the same bytes where it goes on from a snapshot', async () => {
    const settings = settingsOf(replaced);
    const whole = await run(settings, null);
    const before = await run({ ...settings, steps: 0 }, null);
    expect(before.surface.mesh.positions.length).toBeGreaterThan(300);
    expect(digestOf(whole.surface.mesh)).not.toBe(digestOf(before.surface.mesh));
    expect(whole.snapshots).toHaveLength(5);
    for (const snapshot of whole.snapshots.filter((_, k) => k % 2 === 0)) {
      const { surface, snapshots } = await run(settings, snapshot);
      expect(digestOf(surface.mesh)).toBe(digestOf(whole.surface.mesh));
      expect(snapshots.map(({ arrays }) => digestOf(arrays))).toEqual(
        whole.snapshots.slice(snapshot.step).map(({ arrays }) => digestOf(arrays)),
      );
    }
  });
});

it('keeps both sides of the head alike as long as it is told to', async () => {
  const difference = async (mirroredUntil: number): Promise<number> => {
    const { distance } = await run(settingsOf({ mirroredUntil }), null);
    return Math.max(
      ...[0.1, 0.2, 0.3].map((x) => Math.abs(distance(x, 0.1, 0.35) - distance(-x, 0.1, 0.35))),
    );
  };
  expect(await difference(1)).toBeLessThan(1e-6);
  expect(await difference(0.8)).toBeGreaterThan(1e-4);
  expect(await difference(0)).toBeGreaterThan(1e-3);
});
