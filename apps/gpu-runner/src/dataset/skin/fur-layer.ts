import type { RandomStream } from '../../tensor/random.ts';
import { valueNoise } from '../noise.ts';
import type { Traits } from '../traits.ts';
import { eyeOpening } from './eye-line-layer.ts';
import { earAt, smoothStep } from './regions.ts';
import { furTone, mixRgb, type Rgb } from './skin-colors.ts';
import { darken, lean, paint, type SkinLayer } from './skin-layer.ts';
import { createStroke, curve, type StrokeHit, strokesAt } from './strokes.ts';

/** Where the hairs of a face part: they lie away from here. */
const PARTING = [0, 7.05, 1.5] as const;

/** A coat: its colors, and where each of them and bare skin lies. */
interface Coat {
  readonly base: Rgb;
  readonly light: Rgb;
  readonly dark: Rgb;
  readonly nose: Rgb;
  /** Share of the light and of the dark color, and of bare skin, at a place. */
  readonly lightAt: (x: number, y: number, z: number) => number;
  readonly darkAt: (x: number, y: number, z: number) => number;
  readonly bareAt: (x: number, y: number, z: number) => number;
}

/** Fur of cats, lions, wolves and apes, with the pattern of their faces; null for all others. */
export function furLayer(traits: Traits, random: RandomStream): SkinLayer | null {
  const coat = coatOf(traits, random);
  if (coat === null) return null;
  const bareSkin: Rgb = traits.character === 'ape' ? [0.4, 0.33, 0.3] : [0.62, 0.42, 0.4];
  const rim: Rgb = [0.05, 0.04, 0.04];
  return (point, x, y, z) => {
    // (1) The hairs: noise drawn out along the way from the parting.
    const ux = x - PARTING[0];
    const uy = y - PARTING[1];
    const uz = z - PARTING[2];
    const distance = Math.sqrt(ux * ux + uy * uy + uz * uz) + 0.05;
    const k = 44 / distance;
    const along = distance * 7;
    const hair = valueNoise(ux * k, uy * k + along, uz * k - along);
    const tuft = valueNoise(ux * k * 0.37 + 8, uy * k * 0.37 + along, uz * k * 0.37);
    // (2) Colors of the coat; hairs carry the borders between them outwards.
    const bare = coat.bareAt(x, y, z);
    const long = smoothStep(distance, 0.12, 0.5);
    const ragged = 0.02 * hair;
    const px = x + (ragged * ux) / distance;
    const py = y + (ragged * uy) / distance;
    paint(point, coat.base, 1 - bare);
    paint(point, coat.dark, coat.darkAt(px, py, z) * (1 - bare));
    paint(point, coat.light, coat.lightAt(px, py, z) * (1 - bare));
    paint(point, bareSkin, bare);
    const strands = 1 + (0.24 * hair + 0.16 * tuft) * (1 - bare) * (0.3 + 0.7 * long);
    point.red *= strands;
    point.green *= strands;
    point.blue *= strands;
    lean(point, 0.3 * hair * (1 - bare) * long, 0.22 * tuft * (1 - bare) * long);
    point.gloss = 0.05 + 0.25 * bare;
    // (3) Nose leather, the line to the mouth, dark rims of eyes and lips, pink inside of the ears.
    const nose = noseLeather(x, y, z);
    paint(point, coat.nose, nose);
    point.gloss += (0.6 - point.gloss) * nose;
    const split = smoothStep(Math.abs(x), 0.016, 0.006) * smoothStep(y, 6.66, 6.7) * smoothStep(z, 1.4, 1.5);
    paint(point, rim, 0.8 * split * smoothStep(y, 6.86, 6.83));
    paint(point, rim, 0.92 * smoothStep(eyeOpening(x, y), 1.8, 1.35) * smoothStep(z, 1.1, 1.2));
    const inEar = earAt(x, y, z) * smoothStep(z, 0.5, 0.6);
    if (traits.character !== 'ape') paint(point, [0.8, 0.52, 0.5], 0.6 * inEar);
    if (traits.character === 'ape') darken(point, 0.75, smoothStep(y, 6.84, 6.8) * nose);
  };
}

function noseLeather(x: number, y: number, z: number): number {
  const side = Math.abs(x);
  const half = 0.15 * smoothStep(y, 6.78, 6.9);
  return (
    smoothStep(side, half + 0.02, half - 0.02) *
    smoothStep(y, 6.79, 6.82) *
    smoothStep(y, 7.02, 6.97) *
    smoothStep(z, 1.4, 1.48)
  );
}

function muzzleAt(x: number, y: number, z: number): number {
  const dx = x / 0.34;
  const dy = (y - 6.6) / 0.28;
  return smoothStep(Math.sqrt(dx * dx + dy * dy), 1.12, 0.8) * smoothStep(z, 0.9, 1.15);
}

const NOWHERE = (): number => 0;

function coatOf(traits: Traits, random: RandomStream): Coat | null {
  const base = furTone(traits);
  const white: Rgb = mixRgb(base, [0.96, 0.94, 0.9], 0.85);
  switch (traits.character) {
    case 'cat':
      return {
        base,
        light: white,
        dark: mixRgb(base, [0.1, 0.06, 0.05], 0.62),
        nose: [0.86, 0.5, 0.5],
        lightAt: traits.hairColor === 'black' ? NOWHERE : catWhite,
        darkAt: traits.hairColor === 'black' || traits.hairColor === 'white' ? NOWHERE : tabbyAt(random),
        bareAt: NOWHERE,
      };
    case 'lion':
      return {
        base,
        light: [0.95, 0.88, 0.74],
        dark: mixRgb(base, [0.3, 0.16, 0.07], 0.55),
        nose: [0.42, 0.25, 0.22],
        lightAt: catWhite,
        darkAt: (x, y, z) => 0.6 * smoothStep(y, 7.6, 8.0) + 0.7 * bridgeAt(x, y, z),
        bareAt: NOWHERE,
      };
    case 'wolf':
      return {
        base,
        light: mixRgb(base, [0.96, 0.95, 0.92], 0.8),
        dark: mixRgb(base, [0.07, 0.07, 0.08], 0.7),
        nose: [0.05, 0.045, 0.05],
        lightAt: wolfWhite,
        darkAt: (x, y, z) => Math.max(0.8 * bridgeAt(x, y, z), 0.7 * smoothStep(y, 7.55, 7.95)),
        bareAt: NOWHERE,
      };
    case 'ape':
      return {
        base,
        light: base,
        dark: base,
        nose: [0.11, 0.085, 0.08],
        lightAt: NOWHERE,
        darkAt: NOWHERE,
        bareAt: apeFaceAt,
      };
    default:
      return null;
  }
}

/** White muzzle, chin, throat and spots over the eyes. */
function catWhite(x: number, y: number, z: number): number {
  const side = Math.abs(x);
  const over = Math.exp(-(((side - 0.3) / 0.1) ** 2) - ((y - 7.47) / 0.06) ** 2) * smoothStep(z, 1.1, 1.25);
  const throat = smoothStep(y, 6.4, 6.2) * smoothStep(z, 0.7, 1.0);
  return Math.max(muzzleAt(x, y, z), 0.7 * over, 0.85 * throat);
}

/** Pale cheeks, muzzle and brows around the dark ridge of the nose. */
function wolfWhite(x: number, y: number, z: number): number {
  const side = Math.abs(x);
  const cheek = smoothStep(y - 0.35 * (side - 0.3), 7.12, 6.98) * smoothStep(z, 0.55, 0.8);
  const over = Math.exp(-(((side - 0.27) / 0.1) ** 2) - ((y - 7.48) / 0.06) ** 2) * smoothStep(z, 1.1, 1.25);
  return Math.max(0.9 * muzzleAt(x, y, z), 0.9 * cheek, 0.75 * over) * (1 - bridgeAt(x, y, z));
}

/** The ridge of the nose. */
function bridgeAt(x: number, y: number, z: number): number {
  return (
    smoothStep(Math.abs(x), 0.17, 0.08) *
    smoothStep(y, 6.9, 7.0) *
    smoothStep(y, 7.6, 7.4) *
    smoothStep(z, 1.2, 1.35)
  );
}

/** A gorilla's naked face: around eyes and nose, over the muzzle, ears. */
function apeFaceAt(x: number, y: number, z: number): number {
  const side = Math.abs(x);
  const eyes = Math.sqrt(((side - 0.2) / 0.36) ** 2 + ((y - 7.27) / 0.21) ** 2);
  const mouth = Math.sqrt((x / 0.43) ** 2 + ((y - 6.72) / 0.42) ** 2);
  return Math.max(smoothStep(Math.min(eyes, mouth), 1.08, 0.88) * smoothStep(z, 0.8, 1.0), earAt(x, y, z));
}

/** Stripes of a tabby: the M on the forehead, lines from the eyes over the cheeks, bands on the skull. */
function tabbyAt(random: RandomStream): (x: number, y: number, z: number) => number {
  const shift = random.between(0, 30);
  const strokes = [
    createStroke(curve([0.05, 7.5], [0.03, 7.75], [0.09, 8.1]), 0.034),
    createStroke(curve([0.16, 7.58], [0.2, 7.8], [0.17, 8.15]), 0.034),
    createStroke(curve([0.3, 7.6], [0.36, 7.8], [0.36, 8.1]), 0.034),
    createStroke(curve([0.48, 7.25], [0.6, 7.28], [0.8, 7.1]), 0.032),
    createStroke(curve([0.42, 7.1], [0.55, 7.06], [0.72, 6.85]), 0.032),
    createStroke(curve([0.45, 6.9], [0.52, 6.85], [0.64, 6.62]), 0.028),
  ];
  const hit: StrokeHit = { coverage: 0, slopeX: 0, slopeY: 0 };
  return (x, y, z) => {
    if (z > 0.5) {
      strokesAt(strokes, x, y, 0.7, hit);
      return 0.9 * hit.coverage;
    }
    const band = Math.sin(z * 17 + 2 * valueNoise(x * 3 + shift, y * 3, z * 3) + shift);
    return 0.8 * smoothStep(band, 0.25, 0.7) * smoothStep(z, 0.5, 0.35);
  };
}
