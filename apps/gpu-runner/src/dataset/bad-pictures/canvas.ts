/** A picture that is being spoiled. */
export interface Canvas {
  /** [S, S, 3] in [0, 1]; defects leave it as it is and return a picture of their own. */
  readonly image: Float32Array;
  readonly size: number;
  /** [S, S] 1 on the head, 0 on the background. */
  readonly subject: Float32Array;
}

/** What covers the head: its middle and half extents in pixels, and its mean color. */
export interface SubjectBox {
  readonly centerX: number;
  readonly centerY: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly mean: readonly [number, number, number];
}

/** Measures the head; a picture without one gives its middle. */
export function subjectBox({ image, size, subject }: Canvas): SubjectBox {
  let [left, right, top, bottom, count] = [size, -1, size, -1, 0];
  const mean: [number, number, number] = [0, 0, 0];
  for (let p = 0; p < subject.length; p++) {
    if (subject[p] === 0) continue;
    const x = p % size;
    const y = (p - x) / size;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    count++;
    for (let k = 0; k < 3; k++) mean[k] += image[p * 3 + k];
  }
  if (count === 0) {
    const half = size / 2;
    return { centerX: half, centerY: half, halfWidth: half / 2, halfHeight: half / 2, mean: [0.5, 0.5, 0.5] };
  }
  return {
    centerX: (left + right) / 2,
    centerY: (top + bottom) / 2,
    halfWidth: (right - left) / 2,
    halfHeight: (bottom - top) / 2,
    mean: [mean[0] / count, mean[1] / count, mean[2] / count],
  };
}
