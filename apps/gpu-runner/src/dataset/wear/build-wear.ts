import type { RandomStream } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import type { Part } from '../part.ts';
import type { Traits } from '../traits.ts';
import { type Color, HEADWEAR_COLORS } from './colors.ts';
import { eyePatch } from './eyewear/eye-patch.ts';
import { glasses } from './eyewear/glasses.ts';
import { goggles } from './eyewear/goggles.ts';
import { monocle } from './eyewear/monocle.ts';
import { roundGlasses } from './eyewear/round-glasses.ts';
import { sunglasses } from './eyewear/sunglasses.ts';
import { vrHeadset } from './eyewear/vr-headset.ts';
import { astronautHelmet } from './hats/astronaut-helmet.ts';
import { bandana } from './hats/bandana.ts';
import { baseballCap } from './hats/baseball-cap.ts';
import { beanie } from './hats/beanie.ts';
import { beret } from './hats/beret.ts';
import { bowlerHat } from './hats/bowler-hat.ts';
import { chefHat } from './hats/chef-hat.ts';
import { cowboyHat } from './hats/cowboy-hat.ts';
import { crown } from './hats/crown.ts';
import { featherHeaddress } from './hats/feather-headdress.ts';
import { flowerWreath } from './hats/flower-wreath.ts';
import { halo } from './hats/halo.ts';
import { headband } from './hats/headband.ts';
import { headphones } from './hats/headphones.ts';
import { headscarf } from './hats/headscarf.ts';
import { hood } from './hats/hood.ts';
import { horns } from './hats/horns.ts';
import { knightHelmet } from './hats/knight-helmet.ts';
import { motorcycleHelmet } from './hats/motorcycle-helmet.ts';
import { pirateHat } from './hats/pirate-hat.ts';
import { santaHat } from './hats/santa-hat.ts';
import { soldierHelmet } from './hats/soldier-helmet.ts';
import { strawHat } from './hats/straw-hat.ts';
import { tiara } from './hats/tiara.ts';
import { topHat } from './hats/top-hat.ts';
import { turban } from './hats/turban.ts';
import { vikingHelmet } from './hats/viking-helmet.ts';
import { wizardHat } from './hats/wizard-hat.ts';
import { type HeadGrid, headGrid } from './head-grid.ts';
import { earrings } from './jewelry/earrings.ts';
import { hoopEarrings } from './jewelry/hoop-earrings.ts';
import { necklace } from './jewelry/necklace.ts';
import { noseRing } from './jewelry/nose-ring.ts';
import { piercings } from './jewelry/piercings.ts';
import { banditMask } from './masks/bandit-mask.ts';
import { carnivalMask } from './masks/carnival-mask.ts';
import { gasMask } from './masks/gas-mask.ts';
import { hockeyMask } from './masks/hockey-mask.ts';
import { superheroMask } from './masks/superhero-mask.ts';
import { surgicalMask } from './masks/surgical-mask.ts';
import { scaleForm } from './scale-form.ts';

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
