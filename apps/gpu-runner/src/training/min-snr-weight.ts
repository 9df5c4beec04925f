/**
 * The weight of the noise-prediction error at ᾱ: min(SNR, γ) / SNR with SNR = ᾱ / (1 − ᾱ).
 *
 * Almost clean pictures, whose error says nothing about heads, count less.
 * References: Hang et al. 2023, "Efficient Diffusion Training via Min-SNR Weighting Strategy", section 3.4.
 */
export function minSnrWeight(alphaBar: number, gamma: number): number {
  const signalToNoise = alphaBar / (1 - alphaBar);
  return Math.min(signalToNoise, gamma) / signalToNoise;
}
