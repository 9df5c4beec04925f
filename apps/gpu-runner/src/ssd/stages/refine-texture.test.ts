import { describe, expect, test } from 'vitest';
import { bareGuide } from '../../../../../test/bare-guide.ts';
import type { PictureDistance } from '../../onnx/picture-distance.ts';
import { createRandom } from '../../tensor/random.ts';
import { type ColorField, createColorField } from '../color-field/color-field.ts';
import { PRESET_REFINEMENTS } from '../config.ts';
import type { PaintInputs, ViewPainter } from '../diffusion/open-view-painter.ts';
import { createBall } from '../renderer/ball-mesh.ts';
import { prepareSurface } from '../renderer/surface.ts';
import type { StageSnapshot } from '../state/stage-snapshot.ts';
import type { Guide } from './guide.ts';
import { type RefineOptions, refineTexture } from './refine-texture.ts';
import type { PictureStore } from './view-bank/fill-view-bank.ts';

const SIZE = 32;
const ball = createBall(16, () => 0.45);
const bare = bareGuide(SIZE);
const guide: Guide = {
  ...bare,
  framing: { ...bare.framing, elevationRad: [-0.3, 0.3] },
  conditions: (camera) => ({
    landmarks: new Float32Array(3 * SIZE * SIZE),
    text: Float32Array.of(camera.azimuthRad),
    negativeText: new Float32Array(1),
    plainText: new Float32Array(1),
  }),
};

/** Mean absolute difference, in place of the teacher's encoder. */
const distance: PictureDistance = {
  async run(image, target, _, gradient) {
    image.forEach((value, i) => {
      gradient[i] = Math.sign(value - target[i]) / image.length;
    });
    return { pixel: 0, perceptual: 0 };
  },
  dispose: async () => {},
};

/** Paints everything red, and counts. */
function redPainter(): ViewPainter & { count: number } {
  const painter = {
    count: 0,
    latentLength: 4,
    paint: async ({ image }: { readonly image: Float32Array }) => {
      painter.count++;
      return image.map((_, i) => (i < SIZE * SIZE ? 1 : 0));
    },
    dispose: async () => {},
  };
  return painter;
}

const settings: RefineOptions['settings'] = {
  ...PRESET_REFINEMENTS.smoke,
  bank: 4,
  viewsPerStep: 2,
  gridLearningRate: 5e-2,
  networkLearningRate: 2e-2,
};

function openField(): Promise<ColorField> {
  const grid = { levelCount: 2, baseResolution: 4, finestResolution: 8, tableSizeLog2: 8, damping: 0 };
  return createColorField({ grid, hiddenSizes: [8] }, createRandom(1), { threads: 1 });
}

async function refine(
  field: ColorField,
  changes: Partial<RefineOptions> = {},
  run: Partial<RefineOptions['run']> = {},
): Promise<void> {
  await refineTexture({
    field,
    surface: prepareSurface(ball),
    landmarks: guide.follow({ distance: () => 0, gradient: () => [0, 0, 0] }),
    guide,
    painter: redPainter(),
    distance,
    settings,
    teacher: 'a teacher',
    ...changes,
    run: { name: 'refine', random: createRandom(2), ...run },
  });
}

/** Keeps pictures in memory, damaging what comes out where it is told to. */
function memory(damage: (pixels: Uint8Array) => Uint8Array = (pixels) => pixels) {
  const kept = new Map<string, Uint8Array>();
  const store: PictureStore = {
    load: async (name) => {
      const found = kept.get(name);
      return found ? damage(found) : null;
    },
    save: async (name, pixels) => void kept.set(name, pixels),
  };
  return { kept, store };
}

describe('the refinement', () => {
  test('draws the colors near to what was painted, all around, and leaves the shape alone', async () => {
    const field = await openField();
    const before = ball.positions.slice();
    await refine(field, { settings: { ...settings, steps: 60 } });
    const { colors } = await field.forward(ball.positions);
    for (let i = 0; i < colors.length; i += 3) {
      expect(colors[i]).toBeGreaterThan(0.75);
      expect(colors[i + 1]).toBeLessThan(0.25);
    }
    expect(ball.positions).toEqual(before);
    await field.dispose();
  });

  test('stopped after any step, it ends with the same numbers', async () => {
    // Paints what depends on the colors before, which are not those of the resumed run's own field.
    const inverting = { ...redPainter(), paint: async ({ image }: PaintInputs) => image.map((v) => 1 - v) };
    const openColored = async (value: number): Promise<ColorField> => {
      const field = await openField();
      field.parameters.table.fill(value);
      field.parameters.weights.fill(value);
      return field;
    };
    const whole = await openColored(0.2);
    const snapshots: StageSnapshot[] = [];
    const onCheckpoint = (snapshot: StageSnapshot): void => void snapshots.push(snapshot);
    await refine(whole, { painter: inverting }, { checkpointEvery: 1, onCheckpoint });
    expect(snapshots).toHaveLength(settings.steps);
    for (const resume of snapshots) {
      const field = await openColored(0.9);
      await refine(field, { painter: inverting }, { resume });
      expect(field.parameters).toEqual(whole.parameters);
      await field.dispose();
    }
    await whole.dispose();
  });

  test('a bank that is kept is not painted again, unless something that decides it differs or it is damaged', async () => {
    const field = await openField();
    const start = { table: field.parameters.table.slice(), weights: field.parameters.weights.slice() };
    const { kept, store } = memory();
    const paintedWith = async (changes: Partial<RefineOptions>): Promise<number> => {
      field.parameters.table.set(start.table);
      field.parameters.weights.set(start.weights);
      const painter = redPainter();
      await refine(field, { painter, store, ...changes });
      return painter.count;
    };
    expect(await paintedWith({})).toBe(4);
    const first = field.parameters.table.slice();
    expect(await paintedWith({})).toBe(0);
    expect(field.parameters.table).toEqual(first);
    expect(kept.size).toBe(4);
    const { paint } = settings;
    expect(await paintedWith({ settings: { ...settings, paint: { ...paint, strength: 0.9 } } })).toBe(4);
    expect(await paintedWith({ teacher: 'another' })).toBe(4);
    const cut = memory((pixels) => pixels.subarray(1));
    for (const [name, pixels] of kept) cut.kept.set(name, pixels);
    expect(await paintedWith({ store: cut.store })).toBe(4);
    await field.dispose();
  });

  test('a view counts the less, the more it grazes the surface', async () => {
    const touched = async (facingPower: number): Promise<number> => {
      const field = await openField();
      // One view from the front that wants red. The table's gradient is zero in the first step: the last layer is.
      await refine(field, { settings: { ...settings, bank: 1, viewsPerStep: 1, steps: 1, facingPower } });
      const { weights } = field.gradients;
      await field.dispose();
      return Math.sqrt(weights.reduce((sum, g) => sum + g * g, 0));
    };
    const [all, facing, straight] = [await touched(0), await touched(2), await touched(8)];
    expect(facing).toBeLessThan(0.9 * all);
    expect(straight).toBeLessThan(0.7 * facing);
  });
});
