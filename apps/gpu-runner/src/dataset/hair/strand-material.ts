import { valueNoise } from '../noise.ts';
import type { Material, ShadingPoint } from '../part.ts';
import { STRAND_CHANNELS } from './strand-mesh.ts';

/** How one head of hair looks; colors are albedos in [0, 1]. */
export interface HairLook {
  readonly color: readonly [number, number, number];
  /** Color of single lighter or darker strands, mixed in by `streaks` in [0, 1]. */
  readonly streakColor: readonly [number, number, number];
  readonly streaks: number;
  /** How much darker the roots are, in [0, 1]. */
  readonly rootShade: number;
  /** Difference between neighboring strands, about 0.1 … 0.4. */
  readonly contrast: number;
  /** Strands a decimeter. */
  readonly density: number;
  /** 0 straight; amplitude of the strands' own waves across, decimeters. */
  readonly frizz: number;
  /** How much darker the gaps between locks are, in [0, 1]. */
  readonly gapShade: number;
  readonly gloss: number;
  /** 0 strands that run along the surface … 1 curls too small for geometry, without direction. */
  readonly curl: number;
  /** Shifts the noise so that no two heads share strands. */
  readonly seed: number;
}

/** Strands drawn per pixel: streaks of color across, dark gaps and roots, highlights that cross the strands as a band. */
export function strandMaterial(look: HairLook): Material {
  return { shade: (point) => shadeStrand(point, look) };
}

function shadeStrand(point: ShadingPoint, look: HairLook): void {
  const { channels } = point;
  const alongStrand = channels[STRAND_CHANNELS.along];
  const open = channels[STRAND_CHANNELS.open];
  let fine: number;
  let broad: number;
  let lengthwise = 0;
  if (look.curl > 0) {
    const scale = look.density;
    fine = valueNoise(point.x * scale, point.y * scale, point.z * scale + look.seed);
    broad = valueNoise(point.x * 4, point.y * 4, point.z * 4 - look.seed);
    lengthwise = look.curl * valueNoise(point.y * scale, point.z * scale, point.x * scale - look.seed);
  } else {
    const bend = look.frizz * valueNoise(point.x * 5, point.y * 5, point.z * 5 + look.seed);
    const across = channels[STRAND_CHANNELS.across] + bend;
    fine = valueNoise(across * look.density, alongStrand * 1.1, look.seed);
    broad = valueNoise(across * look.density * 0.27, alongStrand * 0.6, look.seed + 37.7);
  }

  const roots = 1 - look.rootShade * Math.max(0, 1 - alongStrand / 0.35);
  const gap = 1 - look.gapShade * (1 - Math.min(1, Math.max(0, open)));
  const tone = (1 + look.contrast * (0.65 * fine + 0.5 * broad)) * roots * gap;
  const pick = 0.5 + 0.9 * broad + 0.5 * fine;
  const streak = look.streaks * Math.min(1, Math.max(0, pick));
  point.red = clamp((look.color[0] + streak * (look.streakColor[0] - look.color[0])) * tone);
  point.green = clamp((look.color[1] + streak * (look.streakColor[1] - look.color[1])) * tone);
  point.blue = clamp((look.color[2] + streak * (look.streakColor[2] - look.color[2])) * tone);
  point.gloss = look.gloss * gap * (0.75 + 0.5 * fine);
  point.shininess = 22;
  bendNormal(point, 0.45 * fine + 0.25 * broad * (1 - look.curl), 0.6 * lengthwise, 0.3 * (1 - look.curl));
}

/**
 * Turns the normal across the strand by `lean`, along it by `lengthwise`, and by `share` toward the viewer within the
 * plane that the strand is normal to.
 */
function bendNormal(point: ShadingPoint, lean: number, lengthwise: number, share: number): void {
  const c = point.channels;
  const tx = c[STRAND_CHANNELS.tangent];
  const ty = c[STRAND_CHANNELS.tangent + 1];
  const tz = c[STRAND_CHANNELS.tangent + 2];
  const { nx, ny, nz } = point;
  // n × t points across the strands.
  const ax = ny * tz - nz * ty;
  const ay = nz * tx - nx * tz;
  const az = nx * ty - ny * tx;
  // A bundle of cylinders shows the viewer, at every place, the side that faces him across the strand.
  const viewAlong = point.vx * tx + point.vy * ty + point.vz * tz;
  const x = nx + lean * ax + lengthwise * tx + share * (point.vx - viewAlong * tx);
  const y = ny + lean * ay + lengthwise * ty + share * (point.vy - viewAlong * ty);
  const z = nz + lean * az + lengthwise * tz + share * (point.vz - viewAlong * tz);
  const length = Math.sqrt(x * x + y * y + z * z);
  if (length < 1e-6) return;
  point.nx = x / length;
  point.ny = y / length;
  point.nz = z / length;
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}
