import { expect, it } from 'vitest';
import { bareGuide } from '../../../../../test/bare-guide.ts';
import { orbitCamera } from '../cameras/orbit.ts';
import type { ColorField } from '../color-field/color-field.ts';
import { createRenderTarget } from '../renderer/render-target.ts';
import { prepareSurface } from '../renderer/surface.ts';
import { extractSurface } from '../tetrahedral-grid/extract-surface.ts';
import { createResidualField } from '../tetrahedral-grid/residual-field.ts';
import { createTetrahedralGrid } from '../tetrahedral-grid/tetrahedral-grid.ts';
import { createPointBuffer, renderColors } from './render-colors.ts';

const SIZE = 16;

/** Red on the subject's left, blue on the right. */
const field: Pick<ColorField, 'forward'> = {
  forward: async (points) => {
    const colors = points.map((_, i) => {
      const left = points[i - (i % 3)] > 0;
      return [left ? 1 : 0, 0, left ? 0 : 1][i % 3];
    });
    return { colors, points, features: new Float32Array(0) };
  },
};

it('shows a mirrored view in the colors of the other side', async () => {
  const box = { min: [-0.6, -0.6, -0.6], max: [0.6, 0.6, 0.6] } as const;
  const ball = createResidualField({ box, template: (x, y, z) => Math.hypot(x, y, z) - 0.4 });
  const { mesh } = await extractSurface(ball.sampleOn(createTetrahedralGrid(box, 0.1)));
  const camera = orbitCamera(bareGuide(SIZE).framing, 0);
  const targets = [createRenderTarget(SIZE), createRenderTarget(SIZE)];
  const views = [false, true].map((mirrored) => ({ camera, background: [0, 0, 0] as const, mirrored }));
  const colored = { field: field as ColorField, surface: prepareSurface(mesh) };
  await renderColors(colored, views, targets, createPointBuffer(targets));
  const [plain, mirrored] = targets.map(({ image }) => {
    const row = image.subarray(3 * SIZE * (SIZE / 2), 3 * SIZE * (SIZE / 2 + 1));
    return [5, 10].map((x) => [row[3 * x], row[3 * x + 2]].map(Math.round));
  });
  expect(plain).toEqual([
    [0, 1],
    [1, 0],
  ]);
  expect(mirrored).toEqual([
    [1, 0],
    [0, 1],
  ]);
});
