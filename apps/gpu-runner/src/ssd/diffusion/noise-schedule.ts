/** How the teacher's forward process adds noise: `alphasCumprod[t]` is ᾱ_t. */
export interface NoiseSchedule {
  /** [T] ᾱ_t, falling from almost 1 to almost 0. */
  readonly alphasCumprod: Float64Array;
}

/** The fields of a diffusers `scheduler_config.json` that shape ᾱ. */
export interface NoiseScheduleConfig {
  readonly beta_start: number;
  readonly beta_end: number;
  readonly beta_schedule: 'linear' | 'scaled_linear';
  readonly num_train_timesteps: number;
}

/**
 * ᾱ_t = Π_{u ≤ t} (1 − β_u).
 *
 * References: Ho et al. 2020, section 2; `scaled_linear` is Stable Diffusion's β, linear in √β.
 */
export function createNoiseSchedule(config: NoiseScheduleConfig): NoiseSchedule {
  const { beta_start: start, beta_end: end, num_train_timesteps: count } = config;
  const alphasCumprod = new Float64Array(count);
  let product = 1;
  for (let t = 0; t < count; t++) {
    const share = count > 1 ? t / (count - 1) : 0;
    const beta =
      config.beta_schedule === 'linear'
        ? start + share * (end - start)
        : (Math.sqrt(start) + share * (Math.sqrt(end) - Math.sqrt(start))) ** 2;
    product *= 1 - beta;
    alphasCumprod[t] = product;
  }
  return { alphasCumprod };
}

/**
 * The weight w(t) of a score difference: 1 − ᾱ_t as `noise`, √((1 − ᾱ_t)/ᾱ_t) as `clean`.
 *
 * The second turns a difference of noises into one of clean latents, since x̂₀ = (z_t − √(1−ᾱ_t)·ε)/√ᾱ_t.
 * References: HeadArtist, section 3.2 and its released guidance.
 */
export function scoreWeight(
  schedule: NoiseSchedule,
  timestep: number,
  weighting: 'noise' | 'clean' = 'noise',
): number {
  const alphaBar = schedule.alphasCumprod[timestep];
  return weighting === 'noise' ? 1 - alphaBar : Math.sqrt((1 - alphaBar) / alphaBar);
}
