import type { Traits } from '../traits.ts';

/** What the stones of crowns look like. */
export const GEMS: readonly Color[] = [
  [0.8, 0.05, 0.1],
  [0.1, 0.2, 0.85],
  [0.05, 0.6, 0.25],
  [0.75, 0.3, 0.8],
];

/** Albedo in [0, 1]. */
export type Color = readonly [number, number, number];

/** What the names of headwear colors look like under white light. */
export const HEADWEAR_COLORS: { readonly [C in Traits['headwearColor']]: Color } = {
  red: [0.74, 0.08, 0.08],
  blue: [0.1, 0.22, 0.66],
  green: [0.1, 0.44, 0.16],
  yellow: [0.92, 0.78, 0.12],
  orange: [0.92, 0.45, 0.08],
  purple: [0.4, 0.14, 0.56],
  pink: [0.94, 0.5, 0.66],
  brown: [0.36, 0.22, 0.12],
  black: [0.055, 0.055, 0.065],
  white: [0.9, 0.9, 0.88],
  gray: [0.45, 0.45, 0.47],
  gold: [0.86, 0.64, 0.2],
  silver: [0.74, 0.75, 0.78],
};

/** Cloth white, cloth black and the two metals that most pieces are made of. */
export const WHITE: Color = [0.92, 0.91, 0.89];

export const BLACK: Color = [0.05, 0.05, 0.055];

export const GOLD: Color = [0.88, 0.66, 0.22];

export const SILVER: Color = [0.76, 0.77, 0.8];

/** Mixes two colors: `share` of the second. */
export function mixColor(a: Color, b: Color, share: number): Color {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

/** The same color lighter (factor above 1) or darker, kept within [0, 1]. */
export function scaleColor(color: Color, factor: number): Color {
  return [Math.min(1, color[0] * factor), Math.min(1, color[1] * factor), Math.min(1, color[2] * factor)];
}
