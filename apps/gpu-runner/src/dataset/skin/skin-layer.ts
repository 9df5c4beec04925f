import type { ShadingPoint } from '../part.ts';
import type { Rgb } from './skin-colors.ts';

/** Paints one thing over a skin pixel whose rest position is x, y, z. */
export type SkinLayer = (point: ShadingPoint, x: number, y: number, z: number) => void;

/** Mixes `color` into the point by `share` in [0, 1]. */
export function paint(point: ShadingPoint, color: Rgb, share: number): void {
  point.red += (color[0] - point.red) * share;
  point.green += (color[1] - point.green) * share;
  point.blue += (color[2] - point.blue) * share;
}

/** Multiplies the point's color by `factor` where `share` is 1. */
export function darken(point: ShadingPoint, factor: number, share: number): void {
  const scale = 1 + (factor - 1) * share;
  point.red *= scale;
  point.green *= scale;
  point.blue *= scale;
}

/** Leans the normal: the relief's slope along x and y, rising toward positive. The material makes it unit again. */
export function lean(point: ShadingPoint, slopeX: number, slopeY: number): void {
  point.nx -= slopeX;
  point.ny -= slopeY;
}
