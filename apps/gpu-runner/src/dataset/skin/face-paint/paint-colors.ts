import type { Rgb } from '../skin-colors.ts';

/** The pots a face painter works from. */
export const PAINTS = {
  red: [0.86, 0.07, 0.08],
  orange: [0.97, 0.5, 0.06],
  yellow: [0.98, 0.86, 0.1],
  green: [0.1, 0.62, 0.2],
  blue: [0.08, 0.3, 0.85],
  purple: [0.5, 0.14, 0.66],
  pink: [0.97, 0.4, 0.66],
  black: [0.04, 0.04, 0.045],
  white: [0.96, 0.96, 0.95],
} as const satisfies Record<string, Rgb>;
