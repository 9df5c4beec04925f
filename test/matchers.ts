import { createRequire } from 'node:module';
import { expect } from 'vitest';

/** How far apart two numbers may be: |actual − expected| ≤ absolute + relative · |expected|. */
export interface Tolerance {
  readonly relative?: number;
  readonly absolute?: number;
}

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** All numbers of two arrays of equal length agree within the tolerance; NaN agrees with nothing. */
    toBeAllClose(expected: ArrayLike<number>, tolerance: Tolerance): R;
    /** The Khronos glTF validator finds no error and no warning in these bytes. */
    toBeValidGlb(): T extends Uint8Array ? Promise<void> : never;
  }
}

/** The part of the validator's report that is read here. */
interface ValidationReport {
  readonly issues: {
    readonly numErrors: number;
    readonly numWarnings: number;
    readonly messages: readonly {
      readonly code: string;
      readonly message: string;
      readonly pointer?: string;
    }[];
  };
}

/** The package has no types; its own documentation promises this shape. */
const validator: {
  validateBytes(data: Uint8Array, options: object): Promise<ValidationReport>;
} = createRequire(import.meta.url)('gltf-validator');

expect.extend({
  toBeAllClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: Tolerance) {
    const { relative = 0, absolute = 0 } = tolerance;
    if (actual.length !== expected.length)
      return { pass: false, message: () => `expected ${expected.length} numbers, got ${actual.length}` };
    let worst = -1;
    let worstExcess = 0;
    for (let i = 0; i < actual.length; i++) {
      const excess = Math.abs(actual[i] - expected[i]) - absolute - relative * Math.abs(expected[i]);
      if (excess <= worstExcess) continue;
      worst = i;
      worstExcess = Number.isNaN(excess) ? Number.POSITIVE_INFINITY : excess;
    }
    return {
      pass: worst < 0,
      message: () =>
        worst < 0
          ? 'expected some numbers to differ by more than the tolerance, got none'
          : `expected ${expected[worst]} at index ${worst}, got ${actual[worst]}: ${worstExcess} beyond the tolerance`,
    };
  },

  async toBeValidGlb(bytes: Uint8Array) {
    // Unless it is told the format, a file that is no GLB at all is rejected instead of reported.
    const options = { format: 'glb', writeTimestamp: false, maxIssues: 10 };
    const { issues } = await validator.validateBytes(bytes, options);
    return {
      pass: issues.numErrors === 0 && issues.numWarnings === 0,
      message: () =>
        `expected a GLB without errors and warnings, got ${issues.numErrors} and ${issues.numWarnings}: ` +
        issues.messages.map((issue) => `${issue.code} ${issue.pointer ?? ''} ${issue.message}`).join('; '),
    };
  },
});
