import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createBall } from '../renderer/ball-mesh.ts';
import { exportHead } from './export-head.ts';
import { readGlb } from './read-glb.ts';
import { writeGlb } from './write-glb.ts';

describe('readGlb', () => {
  it('gives back the exported surface in world units, with its colors', async () => {
    const ball = createBall(6);
    const origin = [0.1, -0.5, 0.2] as const;
    const { files } = await exportHead({
      mesh: ball,
      origin,
      colorAt: async (points) => points.map((_, i) => (i % 3 === 0 ? 0.8 : 0.2)),
      textureSize: 64,
      turntableFrames: 1,
    });
    const head = await readGlb(files.get('head.glb') ?? new Uint8Array(), origin);
    expect(head.mesh.indices.length).toBe(ball.indices.length);
    for (let v = 0; v < head.mesh.positions.length; v += 3) {
      expect(Math.hypot(...head.mesh.positions.subarray(v, v + 3))).toBeCloseTo(0.5, 5);
    }
    expect(head.uvs.length / 2).toBe(head.mesh.positions.length / 3);
    expect(head.texture.width).toBe(64);
    const middle = 3 * (32 * 64 + 32);
    expect(head.texture.data[middle]).toBeGreaterThan(head.texture.data[middle + 1] + 0.4);
  });

  it('refuses a file without a square base color', async () => {
    const wide = sharp({ create: { width: 4, height: 2, channels: 3, background: 'red' } });
    const glb = await writeGlb({
      positions: new Float32Array(9),
      normals: new Float32Array(9).fill(1),
      uvs: new Float32Array(6),
      indices: Uint32Array.of(0, 1, 2),
      baseColor: { bytes: await wide.png().toBuffer(), mimeType: 'image/png' },
    });
    await expect(readGlb(glb, [0, 0, 0])).rejects.toThrow('expected a square base color, got 4×2');
  });
});
