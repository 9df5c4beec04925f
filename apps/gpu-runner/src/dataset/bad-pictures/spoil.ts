import type { RandomStream } from '../../tensor/random.ts';
import { choosePhrase } from '../captions/choose-phrase.ts';
import type { View } from '../captions/seen-traits.ts';
import type { PictureKind } from '../example.ts';
import type { Defect } from './bad-words.ts';
import { BAD_WORDS } from './bad-words.ts';
import * as color from './color-defects.ts';
import type { Spoiler } from './color-defects.ts';
import { findSubject } from './find-subject.ts';
import * as grain from './grain-defects.ts';
import * as shape from './shape-defects.ts';

/** A picture off the manifold of good ones, with the words that say so. */
export interface SpoiledPicture {
  /** [S, S, 3]. */
  readonly image: Uint8Array;
  /** For the caption: "blurry", or "oversaturated, noisy" for two defects. */
  readonly words: string;
  /** The first defect. */
  readonly defect: Defect;
}

interface Kind {
  readonly spoil: Spoiler;
  /** Relative frequency among bad photos and among bad normal maps; 0 where it makes no sense. */
  readonly photos: number;
  readonly normals: number;
  /** How often only the head is spoiled, not the background. */
  readonly headShare: number;
}

/** All kinds of bad pictures, the frequent ones those that optimizations fall into. */
export const KINDS: { readonly [D in Defect]: Kind } = {
  blur: { spoil: grain.blur, photos: 7, normals: 9, headShare: 0.3 },
  noise: { spoil: grain.addNoise, photos: 7, normals: 9, headShare: 0.7 },
  'noise texture': { spoil: grain.noiseTexture, photos: 5, normals: 7, headShare: 0.9 },
  speckles: { spoil: grain.speckle, photos: 4, normals: 5, headShare: 0.9 },
  pixelation: { spoil: grain.pixelate, photos: 3, normals: 4, headShare: 0.2 },
  'block artifacts': { spoil: grain.compress, photos: 3, normals: 3, headShare: 0 },
  oversharpened: { spoil: grain.oversharpen, photos: 4, normals: 7, headShare: 0.6 },
  oversaturated: { spoil: color.oversaturate, photos: 13, normals: 8, headShare: 0.85 },
  'washed out': { spoil: color.washOut, photos: 4, normals: 3, headShare: 0.7 },
  posterized: { spoil: color.posterize, photos: 8, normals: 9, headShare: 0.85 },
  'swapped channels': { spoil: color.swapChannels, photos: 4, normals: 4, headShare: 0.9 },
  'inverted channels': { spoil: color.invertChannels, photos: 4, normals: 5, headShare: 0.9 },
  'turned hue': { spoil: color.turnHue, photos: 6, normals: 0, headShare: 0.9 },
  blotches: { spoil: color.blotch, photos: 8, normals: 8, headShare: 0.95 },
  contrast: { spoil: color.harden, photos: 5, normals: 3, headShare: 0.85 },
  'too dark': { spoil: color.darken, photos: 3, normals: 0, headShare: 0.7 },
  'too bright': { spoil: color.brighten, photos: 3, normals: 0, headShare: 0.7 },
  unfinished: { spoil: shape.leaveUnfinished, photos: 8, normals: 9, headShare: 0.97 },
  melted: { spoil: shape.melt, photos: 4, normals: 6, headShare: 0 },
  'second face': { spoil: shape.addFace, photos: 3, normals: 4, headShare: 1 },
};

/** Share of bad pictures with two defects. */
const TWO_DEFECTS = 0.22;

/**
 * Spoils a good picture [S, S, 3]: one of twenty defects, sometimes two, from just visible to extreme, on the head only
 * or everywhere.
 */
export function spoil(
  image: Uint8Array,
  { kind, view }: { readonly kind: PictureKind; readonly view: View },
  random: RandomStream,
): SpoiledPicture {
  const first = drawDefect(kind, view, random);
  let picture = applyDefect(first, image, kind, random);
  const words = [choosePhrase(BAD_WORDS[first], random)];
  if (random.uniform() < TWO_DEFECTS) {
    const second = drawDefect(kind, view, random);
    picture = applyDefect(second, picture, kind, random);
    words.push(choosePhrase(BAD_WORDS[second], random));
  }
  return { image: picture, words: [...new Set(words)].join(', '), defect: first };
}

/** Spoils a picture in one way. */
export function applyDefect(
  defect: Defect,
  image: Uint8Array,
  kind: PictureKind,
  random: RandomStream,
): Uint8Array {
  const size = Math.round(Math.sqrt(image.length / 3));
  if (size * size * 3 !== image.length)
    throw new Error(`spoil: expected a square picture of three channels, got ${image.length} bytes`);
  const good = Float32Array.from(image, (byte) => byte / 255);
  const subject = findSubject(good, size, kind);
  const { spoil: spoiler, headShare } = KINDS[defect];
  const bad = spoiler({ image: good, size, subject }, random.between(0.1, 1), random);
  const headOnly = random.uniform() < headShare;
  const bytes = new Uint8Array(image.length);
  for (let i = 0; i < bytes.length; i++) {
    const value = headOnly && subject[Math.floor(i / 3)] === 0 ? good[i] : bad[i];
    bytes[i] = Math.min(1, Math.max(0, value)) * 255 + 0.5;
  }
  return bytes;
}

function drawDefect(kind: PictureKind, view: View, random: RandomStream): Defect {
  // The keys of KINDS are all defects.
  const entries = Object.entries(KINDS) as [Defect, Kind][];
  const weights = entries.map(([defect, { photos, normals }]) =>
    defect === 'second face' && view === 'back' ? 0 : kind === 'photo' ? photos : normals,
  );
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, [defect]] of entries.entries()) {
    if (left < weights[index]) return defect;
    left -= weights[index];
  }
  return 'blur';
}
