import type { StoredExample } from '../dataset/shards/dataset-files.ts';
import type { LandmarkPalette } from '../dataset/shards/landmark-palette.ts';

/**
 * Whether a mirrored picture still is what its caption says: no side is named, and for normal maps the colors are
 * clean, since mirroring one changes the sign of x in its colors too.
 */
export function mayMirror({ caption, kind, defect }: StoredExample): boolean {
  return !/\b(left|right)\b/i.test(caption) && (kind === 'photo' || defect === null);
}

/**
 * Writes a picture [S, S, 3] of bytes as planes [3, S, S] in [−1, 1], mirrored left to right if asked.
 *
 * A mirrored normal map has its x turned around: the color is a·(n + 1)/2 with the coverage a of an antialiased edge,
 * so red becomes a − red; a follows from |n| = 1.
 */
export function writePlanes(
  picture: Uint8Array,
  imageSize: number,
  mirrored: false | StoredExample['kind'],
  out: Float32Array,
): void {
  const pixels = imageSize * imageSize;
  for (let y = 0; y < imageSize; y++) {
    for (let x = 0; x < imageSize; x++) {
      const from = 3 * (y * imageSize + (mirrored === false ? x : imageSize - 1 - x));
      let red = picture[from];
      const green = picture[from + 1];
      const blue = picture[from + 2];
      if (mirrored === 'normals') red = Math.max(0, coverage(red, green, blue) - red);
      const to = y * imageSize + x;
      out[to] = red / 127.5 - 1;
      out[pixels + to] = green / 127.5 - 1;
      out[2 * pixels + to] = blue / 127.5 - 1;
    }
  }
}

/** 255·a for a color a·(n + 1)/2 of bytes: with s = 1/a, |2·s·color − 1| = 1 is a quadratic in s; its smaller solution of at least 1. */
function coverage(red: number, green: number, blue: number): number {
  const sum = (red + green + blue) / 255;
  const squares = (red * red + green * green + blue * blue) / (255 * 255);
  if (squares < 1e-6) return 0;
  const root = Math.sqrt(Math.max(0, sum * sum - 2 * squares));
  const [low, high] = [(sum - root) / (2 * squares), (sum + root) / (2 * squares)];
  // Rounded and averaged normals are a little off.
  const inverse = low > 0.9 ? low : high;
  return 255 * Math.min(1, 1 / Math.max(1, inverse));
}

/** For each landmark index its index in the mirror: the colors of the subject's sides differ by red and blue exchanged. */
export function mirroredLandmarks(palette: LandmarkPalette): Uint8Array {
  const numbers = new Map(palette.map((color, i) => [color.join(), i + 1]));
  const mirrored = palette.map(([red, green, blue], i) => numbers.get([blue, green, red].join()) ?? i + 1);
  return Uint8Array.of(0, ...mirrored);
}

/** Writes landmark indices [S, S] as planes [3, S, S] in [0, 1], mirrored left to right if `mirror` exchanges indices. */
export function writeLandmarkPlanes(
  indices: Uint8Array,
  imageSize: number,
  palette: LandmarkPalette,
  mirror: Uint8Array | null,
  out: Float32Array,
): void {
  const pixels = imageSize * imageSize;
  out.fill(0);
  for (let y = 0; y < imageSize; y++) {
    for (let x = 0; x < imageSize; x++) {
      const stored = indices[y * imageSize + x];
      if (stored === 0) continue;
      const color = palette[(mirror ? mirror[stored] : stored) - 1];
      const to = y * imageSize + (mirror ? imageSize - 1 - x : x);
      for (let channel = 0; channel < 3; channel++) out[channel * pixels + to] = color[channel] / 255;
    }
  }
}
