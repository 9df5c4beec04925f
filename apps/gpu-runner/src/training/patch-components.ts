import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Dataset } from '../dataset/shards/open-dataset.ts';

/** What patches of pictures are mostly made of. Values in [−1, 1]; a patch is [y, x, color], flat. */
export interface PatchComponents {
  /** Pixels along a patch's side. */
  readonly patch: number;
  /** [3·patch²] the mean patch. */
  readonly mean: Float64Array;
  /** [count][3·patch²] orthonormal directions, most important first. */
  readonly directions: readonly Float64Array[];
  /** [count] standard deviation of the patches along each direction. */
  readonly deviations: readonly number[];
}

/** Statistics need a few thousand patches for each of their numbers, which some hundred pictures give. */
const PICTURES = 1500;

/**
 * The principal components of all patch×patch patches of up to 1500 good pictures, evenly spread over `among`.
 *
 * References: Jolliffe 2002, Principal Component Analysis, chapter 1.
 */
export function patchComponents(
  dataset: Dataset,
  among: Uint32Array,
  { patch, count }: { readonly patch: number; readonly count: number },
): PatchComponents {
  const { imageSize } = dataset.info;
  const width = 3 * patch * patch;
  if (count > width) throw new Error(`patchComponents: expected at most ${width} components, got ${count}`);
  const good = among.filter((n) => dataset.examples[n].defect === null);
  const pictures = Math.min(PICTURES, good.length);
  const sum = new Float64Array(width);
  const products = new Float64Array(width * width);
  const values = new Float64Array(width);
  let patches = 0;
  for (let k = 0; k < pictures; k++) {
    const picture = dataset.image(good[Math.floor((k * good.length) / pictures)]);
    for (let top = 0; top < imageSize; top += patch) {
      for (let left = 0; left < imageSize; left += patch) {
        for (let y = 0, i = 0; y < patch; y++) {
          for (let j = 3 * ((top + y) * imageSize + left), end = j + 3 * patch; j < end; j++, i++) {
            values[i] = picture[j] / 127.5 - 1;
          }
        }
        patches++;
        for (let a = 0; a < width; a++) {
          const value = values[a];
          sum[a] += value;
          for (let b = a; b < width; b++) products[a * width + b] += value * values[b];
        }
      }
    }
  }
  const mean = sum.map((total) => total / patches);
  const covariance = new Matrix(width, width);
  for (let a = 0; a < width; a++) {
    for (let b = a; b < width; b++) {
      const value = products[a * width + b] / patches - mean[a] * mean[b];
      covariance.set(a, b, value);
      covariance.set(b, a, value);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, i) => i).toSorted((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  const chosen = order.slice(0, count);
  return {
    patch,
    mean,
    directions: chosen.map((column) => Float64Array.from(eigenvectorMatrix.getColumn(column))),
    deviations: chosen.map((i) => Math.sqrt(Math.max(realEigenvalues[i], 0))),
  };
}
