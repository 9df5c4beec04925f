/**
 * What a denoiser was trained to predict, in diffusers' words: the noise ε, or the velocity v = √ᾱ·ε − √(1−ᾱ)·x.
 *
 * References: Salimans and Ho 2022 (arXiv 2202.00512), appendix D.
 */
export type Prediction = 'epsilon' | 'v_prediction';
