import { describe, expect, test } from 'vitest';
import { createRandom } from '../../tensor/random.ts';
import { downsample, downsampleBackward } from './downsample.ts';

describe('downsample', () => {
  test('averages each block and channel for itself', () => {
    // Two by two blocks of 2 × 2; the value tells block and channel.
    const pixels = new Float32Array(4 * 4 * 3);
    for (let y = 0; y < 4; y++) {
      for (let x = 0; x < 4; x++) {
        for (let c = 0; c < 3; c++) {
          const block = Math.floor(y / 2) * 2 + Math.floor(x / 2);
          pixels[(y * 4 + x) * 3 + c] = block * 10 + c + (x % 2) - (y % 2);
        }
      }
    }
    const image = new Float32Array(2 * 2 * 3);
    downsample(pixels, 2, 2, image);
    expect(Array.from(image)).toEqual([0, 1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 32]);
  });

  test('backward is the transpose of forward', () => {
    const random = createRandom(8);
    const pixels = random.normals(9 * 9 * 3);
    const gradImage = random.normals(3 * 3 * 3);
    const image = new Float32Array(27);
    const gradPixels = new Float32Array(9 * 9 * 3);
    downsample(pixels, 3, 3, image);
    downsampleBackward(gradImage, 3, 3, gradPixels);
    const left = image.reduce((sum, v, i) => sum + v * gradImage[i], 0);
    const right = pixels.reduce((sum, v, i) => sum + v * gradPixels[i], 0);
    // Equal but for float32 rounding of 27 and 243 terms near 1.
    expect(Math.abs(left - right)).toBeLessThan(1e-5);
  });
});
