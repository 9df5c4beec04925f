/** A picture as points in the spaces in which copies would lie close. */
export interface Fingerprint {
  /** What a classifier sees in it. */
  readonly features: Float32Array;
  /** The picture at 32² as [32, 32, 3], 0 … 1. */
  readonly pixels: Float32Array;
}

/** The training picture closest to a picture. */
export interface Neighbor {
  readonly index: number;
  /** Mean of the two distances, each divided by the mean distance of the training pictures to each other. */
  readonly distance: number;
}

/** Creates a search for the nearest of `pictures`, in features and pixels together. */
export function createNeighborSearch(pictures: readonly Fingerprint[]): (own: Fingerprint) => Neighbor {
  if (pictures.length < 2) throw new Error(`createNeighborSearch: expected pictures, got ${pictures.length}`);
  const usual = { features: usualDistance(pictures, 'features'), pixels: usualDistance(pictures, 'pixels') };
  return (own) => {
    let best: Neighbor = { index: -1, distance: Number.POSITIVE_INFINITY };
    pictures.forEach((other, index) => {
      const features = distance(own.features, other.features) / usual.features;
      const pixels = distance(own.pixels, other.pixels) / usual.pixels;
      const mean = (features + pixels) / 2;
      if (mean < best.distance) best = { index, distance: mean };
    });
    return best;
  };
}

/** Bytes [S, S, 3] averaged down to 32². */
export function shrinkPixels(bytes: Uint8Array, size: number): Float32Array {
  const step = size / 32;
  if (!Number.isInteger(step)) throw new Error(`shrinkPixels: expected a multiple of 32, got ${size}`);
  const out = new Float32Array(32 * 32 * 3);
  const share = 1 / (255 * step * step);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const to = 3 * (Math.floor(y / step) * 32 + Math.floor(x / step));
      for (let c = 0; c < 3; c++) out[to + c] += bytes[3 * (y * size + x) + c] * share;
    }
  }
  return out;
}

/** The value below which this share of the numbers lies. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Over pairs half the list apart: each picture with a stranger. */
function usualDistance(pictures: readonly Fingerprint[], space: keyof Fingerprint): number {
  const half = Math.floor(pictures.length / 2);
  let sum = 0;
  for (let n = 0; n < half; n++) sum += distance(pictures[n][space], pictures[n + half][space]);
  return Math.max(sum / half, 1e-12);
}

function distance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return Math.sqrt(sum);
}
