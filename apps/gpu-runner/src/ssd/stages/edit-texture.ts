/**
 * Texture editing: the shape is frozen, the trained color field goes on for other words.
 *
 * It is asked at the points where the surface lay before any geometry edit, so that paint moves with the skin. The
 * identity term draws each color back to what it was:
 *
 *     identity = mean over the seen points of √(|c − c⁰|² + γ²) − γ
 *
 * It pulls equally at small and at large changes, so what the words do not insist on returns to the base, and what they
 * do insist on is not held back the more the farther it goes.
 *
 * References: HeadArtist (arXiv 2312.07539), section 3.4, which goes on from the trained field without such a term.
 */
import type { ColorField, ColorFieldConfig, ColorFieldSample } from '../color-field/color-field.ts';
import type { TextureEditSettings } from '../edit-settings.ts';
import type { LandmarkAnchors } from '../landmarks/landmark-anchors.ts';
import type { Surface } from '../renderer/surface.ts';
import type { Guide } from './guide.ts';
import type { StageRun } from './run-stage.ts';
import { optimizeTexture } from './texture.ts';

/** Colors that differ by less than this are held almost freely: one step of 255 is 0.004. */
const FREE_DIFFERENCE = 0.02;

/** Optimizes `field`; `base` is the same field as it was before, `positionsRest` [V, 3] the surface before geometry edits. */
export async function editTexture(options: {
  readonly field: ColorField;
  readonly fieldConfig: ColorFieldConfig;
  readonly base: ColorField;
  readonly surface: Surface;
  readonly positionsRest: Float32Array;
  readonly landmarks: LandmarkAnchors;
  readonly guide: Guide;
  readonly settings: TextureEditSettings;
  readonly run: Omit<StageRun, 'steps'>;
}): Promise<void> {
  const { field, fieldConfig, base, surface, positionsRest, landmarks, guide, settings, run } = options;
  await optimizeTexture({
    field,
    surface,
    positionsRest,
    landmarks,
    guide,
    settings: { ...settings, field: fieldConfig },
    run,
    addColorGradient: async ({ colors, points }: ColorFieldSample, gradColors) => {
      if (settings.identity === 0) return;
      const { colors: baseColors } = await base.forward(points);
      addIdentityGradient(colors, baseColors, settings.identity, gradColors);
    },
  });
}

/** Adds `weight` times the gradient of the identity term of `colors` [N, 3] to `gradColors`; answers the term. */
export function addIdentityGradient(
  colors: Float32Array,
  baseColors: Float32Array,
  weight: number,
  gradColors: Float32Array,
): number {
  const count = colors.length / 3;
  let sum = 0;
  for (let i = 0; i < colors.length; i += 3) {
    let squared = FREE_DIFFERENCE ** 2;
    for (let k = i; k < i + 3; k++) squared += (colors[k] - baseColors[k]) ** 2;
    const soft = Math.sqrt(squared);
    sum += soft - FREE_DIFFERENCE;
    const scale = weight / (count * soft);
    for (let k = i; k < i + 3; k++) gradColors[k] += scale * (colors[k] - baseColors[k]);
  }
  return sum / Math.max(1, count);
}
