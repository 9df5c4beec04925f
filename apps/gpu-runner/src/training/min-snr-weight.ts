/**
 * The weight of the prediction's error at ᾱ: min(SNR, γ) / SNR with SNR = ᾱ / (1 − ᾱ).
 *
 * Almost clean pictures, whose error says nothing about heads, count less. The same factor serves ε and v; the paper's
 * own for v, min(SNR, γ) / (SNR + 1), would also silence the noisiest pictures, from which guidance takes its direction.
 * References: Hang et al. 2023, "Efficient Diffusion Training via Min-SNR Weighting Strategy", section 3.4.
 */
export function minSnrWeight(alphaBar: number, gamma: number): number {
  const signalToNoise = alphaBar / (1 - alphaBar);
  return Math.min(signalToNoise, gamma) / signalToNoise;
}
