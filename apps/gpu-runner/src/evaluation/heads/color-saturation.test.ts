import { expect, it } from 'vitest';
import { colorSaturation } from './color-saturation.ts';

it('measures the head alone: its pixels between gray and glaring, black ones as colorless', () => {
  const image = Float32Array.of(0.5, 0.5, 0.5, 1, 0, 0, 0.8, 0.6, 0.4, 0.05, 0, 0, 0, 0, 1);
  const raster = { coveredPixels: Int32Array.of(0, 1, 2, 3, 0), coveredCount: 4 };
  const { mean, vividShare } = colorSaturation([{ image, raster }]);
  expect(mean).toBeCloseTo((0 + 1 + 0.5 + 0) / 4, 6);
  expect(vividShare).toBe(1 / 4);
  expect(colorSaturation([])).toEqual({ mean: 0, vividShare: 0 });
});
