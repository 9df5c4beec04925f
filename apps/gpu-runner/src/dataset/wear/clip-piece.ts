import { CHANNEL, CHANNEL_COUNT, createPiece, type Piece } from './piece.ts';

/** Cuts a piece along extra = 0 and keeps what is above: openings and outlines finer than the triangles. */
export function clipPiece(piece: Piece): Piece {
  const out = createPiece();
  const kept = new Map<number, number>();
  const cut = new Map<number, number>();
  const vertexCount = piece.positions.length / 3;
  const fieldAt = (v: number): number => piece.channels[v * CHANNEL_COUNT + CHANNEL.extra];
  const keep = (v: number): number => {
    const known = kept.get(v);
    if (known !== undefined) return known;
    return remember(kept, v, v, v, 0);
  };
  const between = (a: number, b: number): number => {
    const key = Math.min(a, b) * vertexCount + Math.max(a, b);
    const known = cut.get(key);
    if (known !== undefined) return known;
    const fa = fieldAt(a);
    return remember(cut, key, a, b, fa / (fa - fieldAt(b)));
  };
  const remember = (map: Map<number, number>, key: number, a: number, b: number, t: number): number => {
    const index = out.positions.length / 3;
    for (let k = 0; k < 3; k++) out.positions.push(mix(piece.positions, 3, a, b, k, t));
    for (let k = 0; k < CHANNEL_COUNT; k++) out.channels.push(mix(piece.channels, CHANNEL_COUNT, a, b, k, t));
    map.set(key, index);
    return index;
  };
  const corners: number[] = [];
  for (let t = 0; t < piece.indices.length; t += 3) {
    corners.length = 0;
    for (let n = 0; n < 3; n++) {
      const a = piece.indices[t + n];
      const b = piece.indices[t + ((n + 1) % 3)];
      const inside = fieldAt(a) > 0;
      if (inside) corners.push(keep(a));
      if (inside !== fieldAt(b) > 0) corners.push(between(a, b));
    }
    for (let n = 2; n < corners.length; n++) out.indices.push(corners[0], corners[n - 1], corners[n]);
  }
  return out;
}

function mix(values: readonly number[], stride: number, a: number, b: number, k: number, t: number): number {
  const from = values[a * stride + k];
  return from + t * (values[b * stride + k] - from);
}
