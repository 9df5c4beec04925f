import type { RandomStream } from '../../tensor/random.ts';

/** A plain or softly varied background. */
export interface Background {
  /** Colors of the picture's start and end; the same one twice is a plain background. */
  readonly from: readonly [number, number, number];
  readonly to: readonly [number, number, number];
  /** Direction of the gradient for `linear`; place of the light spot, shares of the picture, for `spot`. */
  readonly kind: 'linear' | 'spot';
  readonly x: number;
  readonly y: number;
}

/** Draws a background: half of them plain gray or white or black, the others colored, shaded, or lit by a spot. */
export function sampleBackground(random: RandomStream): Background {
  const gray = random.uniform() < 0.5;
  const level = random.uniform();
  const from = gray ? ([level, level, level] as const) : color(random);
  const shape = random.uniform();
  const kind = shape < 0.8 ? 'linear' : 'spot';
  const turn = random.uniform() * 2 * Math.PI;
  const plain = { from, to: from, kind, x: Math.cos(turn), y: Math.sin(turn) } as const;
  if (shape < 0.5) return plain;
  const shift = random.between(-0.35, 0.35);
  const other = random.uniform() < 0.25 ? color(random) : from;
  const to = [clamp(other[0] + shift), clamp(other[1] + shift), clamp(other[2] + shift)] as const;
  if (kind === 'linear') return { ...plain, to };
  return { ...plain, to, x: random.between(0.2, 0.8), y: random.between(0.1, 0.7) };
}

/** Fills a picture [S, S, 3] with the background. */
export function paintBackground(
  { from, to, kind, x, y }: Background,
  size: number,
  pixels: Float32Array,
): void {
  for (let j = 0, o = 0; j < size; j++) {
    const v = (j + 0.5) / size;
    for (let i = 0; i < size; i++, o += 3) {
      const u = (i + 0.5) / size;
      const share =
        kind === 'linear' ? 0.5 + 0.7 * ((u - 0.5) * x + (v - 0.5) * y) : Math.hypot(u - x, v - y) * 1.2;
      const t = share < 0 ? 0 : share > 1 ? 1 : share;
      pixels[o] = from[0] + t * (to[0] - from[0]);
      pixels[o + 1] = from[1] + t * (to[1] - from[1]);
      pixels[o + 2] = from[2] + t * (to[2] - from[2]);
    }
  }
}

/** Any color, most often a muted one. */
function color(random: RandomStream): readonly [number, number, number] {
  const level = random.uniform();
  const strength = random.uniform();
  const mix = (): number => level + strength * (random.uniform() - level);
  return [mix(), mix(), mix()];
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
