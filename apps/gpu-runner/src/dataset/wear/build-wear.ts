import type { RandomStream } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import type { Part } from '../part.ts';
import type { Traits } from '../traits.ts';
import { bowlerHat, cowboyHat, pirateHat, strawHat, topHat, wizardHat } from './brimmed-hats.ts';
import { baseballCap, beanie } from './cap-hats.ts';
import { type Color, HEADWEAR_COLORS } from './colors.ts';
import { crown, featherHeaddress, flowerWreath, halo, horns, tiara } from './crowns.ts';
import { eyePatch, glasses, goggles, monocle, roundGlasses, sunglasses, vrHeadset } from './eyewear.ts';
import { astronautHelmet, headphones, motorcycleHelmet } from './full-helmets.ts';
import { type HeadGrid, headGrid } from './head-grid.ts';
import { knightHelmet, soldierHelmet, vikingHelmet } from './helmets.ts';
import { headscarf, hood } from './hoods.ts';
import { earrings, hoopEarrings, necklace, noseRing, piercings } from './jewelry.ts';
import { banditMask, carnivalMask, gasMask, hockeyMask, superheroMask, surgicalMask } from './masks.ts';
import { scaleForm } from './scale-form.ts';
import { bandana, beret, chefHat, headband, santaHat, turban } from './soft-hats.ts';

type HatMaker = (grid: HeadGrid, color: Color, random: RandomStream, traits: Traits) => Part[];
type Maker = (grid: HeadGrid, random: RandomStream, traits: Traits) => Part[];

const nothing = (): Part[] => [];

const HEADWEAR: { readonly [H in Traits['headwear']]: HatMaker } = {
  none: nothing,
  'baseball cap': baseballCap,
  beanie,
  'top hat': topHat,
  'bowler hat': bowlerHat,
  'cowboy hat': cowboyHat,
  'straw hat': strawHat,
  'wizard hat': wizardHat,
  'pirate hat': pirateHat,
  crown,
  tiara,
  turban,
  hood,
  headscarf,
  headband,
  bandana,
  'chef hat': chefHat,
  'santa hat': santaHat,
  beret,
  'soldier helmet': soldierHelmet,
  'knight helmet': knightHelmet,
  'viking helmet': vikingHelmet,
  'astronaut helmet': astronautHelmet,
  'motorcycle helmet': motorcycleHelmet,
  headphones,
  'flower wreath': flowerWreath,
  'feather headdress': featherHeaddress,
  horns,
  halo,
};

const EYEWEAR: { readonly [E in Traits['eyewear']]: Maker } = {
  none: nothing,
  glasses,
  'round glasses': roundGlasses,
  sunglasses,
  'eye patch': eyePatch,
  monocle,
  goggles,
  'vr headset': vrHeadset,
};

const MASKS: { readonly [M in Traits['mask']]: Maker } = {
  none: nothing,
  'surgical mask': surgicalMask,
  'carnival mask': carnivalMask,
  'bandit mask': banditMask,
  'gas mask': gasMask,
  'hockey mask': hockeyMask,
  'superhero mask': superheroMask,
};

const JEWELRY: { readonly [J in Traits['jewelry']]: Maker } = {
  none: nothing,
  earrings,
  'hoop earrings': hoopEarrings,
  'nose ring': noseRing,
  necklace,
  piercings,
};

/** Height of the rest head from chin to crown, decimeters: the size that all pieces are made for. */
const REST_HEIGHT = 2.336;

/** Builds what a head wears: headwear, eyewear, mask and jewelry, fitted to the posed head. Decimeters. */
export function buildWear(form: HeadForm, traits: Traits, random: RandomStream): Part[] {
  const { headwear, eyewear, mask, jewelry } = traits;
  if (headwear === 'none' && eyewear === 'none' && mask === 'none' && jewelry === 'none') return [];
  const scale = REST_HEIGHT / (form.places.crown[1] - form.places.chin[1]);
  const grid = headGrid(scaleForm(form, scale), scale);
  const color = HEADWEAR_COLORS[traits.headwearColor];
  const parts = [
    ...HEADWEAR[headwear](grid, color, random.fork('headwear'), traits),
    ...EYEWEAR[eyewear](grid, random.fork('eyewear'), traits),
    ...MASKS[mask](grid, random.fork('mask'), traits),
    ...JEWELRY[jewelry](grid, random.fork('jewelry'), traits),
  ];
  for (const { mesh } of parts) {
    for (let i = 0; i < mesh.positions.length; i++) mesh.positions[i] /= scale;
  }
  return parts;
}
