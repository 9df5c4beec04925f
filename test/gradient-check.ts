/** What a finite-difference comparison found. */
export interface GradientReport {
  /** Largest |analytic − numeric| over the checked entries, divided by the largest |numeric|. */
  readonly relativeError: number;
  readonly analytic: readonly number[];
  readonly numeric: readonly number[];
}

/**
 * Compares a backward pass with central differences of the scalar `loss` over entries of `parameters`.
 *
 * `loss` reads `parameters` in place; `gradient` is the backward pass's answer for all entries.
 * `indices` names the entries to check (all by default). `step` is the half width of the difference.
 */
export function checkGradient(options: {
  readonly parameters: Float32Array | Float64Array;
  readonly gradient: ArrayLike<number>;
  readonly loss: () => number;
  readonly step: number;
  readonly indices?: readonly number[];
}): GradientReport {
  const { parameters, gradient, loss, step } = options;
  const indices = options.indices ?? Array.from(parameters.keys());
  const analytic: number[] = [];
  const numeric: number[] = [];
  for (const i of indices) {
    const kept = parameters[i];
    parameters[i] = kept + step;
    const highAt = parameters[i];
    const high = loss();
    parameters[i] = kept - step;
    const lowAt = parameters[i];
    const low = loss();
    parameters[i] = kept;
    // The step that float32 really took, not the one asked for.
    numeric.push((high - low) / (highAt - lowAt));
    analytic.push(gradient[i]);
  }
  const scale = Math.max(...numeric.map(Math.abs), 1e-12);
  const error = Math.max(...numeric.map((n, i) => Math.abs(n - analytic[i])));
  return { relativeError: error / scale, analytic, numeric };
}
