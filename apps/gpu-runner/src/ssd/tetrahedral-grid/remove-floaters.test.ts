import { describe, expect, it } from 'vitest';
import { removeFloaters } from './remove-floaters.ts';

// Two tetrahedra with outward faces: one of edge 1 at the origin, one of edge `size` at x = 5.
const pair = (size: number) => ({
  positions: Float32Array.of(
    5,
    0,
    0,
    5 + size,
    0,
    0,
    5,
    size,
    0,
    5,
    0,
    size,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    1,
  ),
  indices: Uint32Array.of(0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3, 4, 6, 5, 4, 5, 7, 4, 7, 6, 5, 6, 7),
});

describe('removeFloaters', () => {
  it('drops a piece below the share and renumbers what stays', () => {
    const kept = removeFloaters(pair(0.3), 0.05);
    expect([...kept.positions]).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect([...kept.indices]).toEqual([0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3]);
  });

  it('keeps a piece above the share and then answers the very same mesh', () => {
    const mesh = pair(0.5);
    expect(removeFloaters(mesh, 0.05)).toBe(mesh);
  });

  it('drops a piece that is turned inside out, however large', () => {
    const mesh = pair(3);
    mesh.indices.subarray(0, 12).reverse();
    expect(removeFloaters(mesh).indices).toHaveLength(12);
  });

  it('passes an empty mesh through', () => {
    const empty = { positions: new Float32Array(0), indices: new Uint32Array(0) };
    expect(removeFloaters(empty)).toBe(empty);
  });
});
