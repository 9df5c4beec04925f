import type { RandomStream } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import { valueNoise } from '../noise.ts';
import type { Part } from '../part.ts';
import { skinTone } from '../skin/skin-colors.ts';
import type { Traits } from '../traits.ts';
import { addBall } from '../wear/add-ball.ts';
import { addGrid } from '../wear/add-grid.ts';
import { addTube } from '../wear/add-tube.ts';
import type { Color } from '../wear/colors.ts';
import { headwearCover } from '../wear/headwear-cover.ts';
import { createPiece, finishPiece } from '../wear/piece.ts';
import { addHorn } from './add-horn.ts';
import { curlMaterial, glossyMaterial, glowMaterial, hornMaterial } from './materials.ts';
import { surfaceAt } from './surface-at.ts';

const IVORY: Color = [0.9, 0.85, 0.7];
const YELLOWED: Color = [0.78, 0.68, 0.42];

type Builder = (form: HeadForm, traits: Traits, random: RandomStream) => Part[];

const BUILDERS: Partial<Record<Traits['character'], Builder>> = {
  orc: (form, _traits, random) => [tusks(form, 0.2, random.between(0.26, 0.42), 0.062, random)],
  goblin: (form, _traits, random) => [tusks(form, 0.13, random.between(0.1, 0.16), 0.032, random)],
  vampire: (form) => [fangs(form)],
  demon: nubs,
  alien: antennae,
  'gray alien': grayEyes,

  clown: clownParts,
};

/** Builds the parts of those who are shaped like people: tusks, fangs, nubs, antennae, a clown's nose and tufts. */
export function creatureParts(form: HeadForm, traits: Traits, random: RandomStream): Part[] {
  if (traits.mask === 'gas mask' || traits.mask === 'hockey mask') {
    // Nothing may break through a mask that covers the whole face.
    if (traits.character !== 'alien' && traits.character !== 'demon') return [];
  }
  return BUILDERS[traits.character]?.(form, traits, random) ?? [];
}

/** Teeth that rise from the lower lip. */
function tusks(form: HeadForm, x: number, length: number, radius: number, random: RandomStream): Part {
  const piece = createPiece();
  for (const side of [1, -1]) {
    const { at } = surfaceAt(form, side * x, 6.57, 1.5);
    addHorn(piece, {
      root: [at[0], at[1] - 0.05, at[2] - 0.03],
      from: [side * 0.25, 0.8, 0.55],
      to: [side * 0.1, 1, -0.2],
      length: length * random.between(0.9, 1.1),
      radius,
      tip: 0.12,
    });
  }
  return finishPiece('tusks', piece, hornMaterial(YELLOWED, IVORY, 0));
}

/** Teeth that hang from the upper lip. */
function fangs(form: HeadForm): Part {
  const piece = createPiece();
  for (const side of [1, -1]) {
    const { at } = surfaceAt(form, side * 0.1, 6.61, 1.57);
    addHorn(piece, {
      root: [at[0], at[1] + 0.02, at[2] - 0.01],
      from: [0, -1, 0.1],
      to: [0, -1, -0.15],
      length: 0.17,
      radius: 0.036,
      segments: 6,
    });
  }
  return finishPiece('fangs', piece, glossyMaterial([0.95, 0.94, 0.9], 0.5, 40));
}

/** Two short horns on the forehead of a demon that wears no larger ones. */
function nubs(form: HeadForm, traits: Traits, random: RandomStream): Part[] {
  if (traits.headwear !== 'none') return [];
  const piece = createPiece();
  const length = random.between(0.36, 0.6);
  const outward = random.between(0.15, 0.5);
  for (const side of [1, -1]) {
    const { at } = surfaceAt(form, side * 0.36, 8.05, 1.3);
    addHorn(piece, {
      root: [at[0], at[1] - 0.05, at[2] - 0.05],
      from: [side * outward, 0.6, 0.8],
      to: [side * outward, 1, 0],
      length,
      radius: 0.12,
      sides: 10,
    });
  }
  return [finishPiece('nubs', piece, hornMaterial([0.2, 0.13, 0.11], [0.1, 0.08, 0.08], 4))];
}

/** Feelers with lamps at their ends. */
function antennae(form: HeadForm, traits: Traits, random: RandomStream): Part[] {
  if (headwearCover(traits.headwear) !== 'none') return [];
  const stalks = createPiece();
  const bulbs = createPiece();
  const length = random.between(0.38, 0.52);
  for (const side of [1, -1]) {
    const { at } = surfaceAt(form, side * 0.3, 8.4, 0.9);
    const end = [0, 0, 0];
    const path = (t: number, out: number[]): void => {
      out[0] = at[0] + side * length * (0.2 * t + 0.35 * t * t);
      out[1] = at[1] - 0.05 + length * (1.15 * t - 0.25 * t * t);
      out[2] = at[2] + length * 0.25 * t * t;
    };
    addTube(stalks, { segments: 8, sides: 7, path, radius: (t) => 0.05 - 0.02 * t });
    path(1, end);
    addBall(bulbs, end, [0.1, 0.1, 0.1], 12, 8);
  }
  const skin = skinTone(traits);
  return [
    finishPiece('antennae', stalks, glossyMaterial(skin, 0.25, 30)),
    finishPiece('bulbs', bulbs, glowMaterial([skin[0] * 0.9 + 0.1, 0.9, 0.35])),
  ];
}

/** Two great black almonds, the outer ends drawn up. */
function grayEyes(form: HeadForm, traits: Traits): Part[] {
  if (traits.eyewear !== 'none' && traits.eyewear !== 'monocle') return [];
  const piece = createPiece();
  for (const side of [1, -1]) {
    const [x, y, z] = side > 0 ? form.places.eyeLeft : form.places.eyeRight;
    const c = Math.cos(0.42);
    const s = Math.sin(0.42);
    addGrid(piece, {
      columns: 18,
      rows: 10,
      closed: true,
      place: (u, v, out) => {
        const ring = Math.sin(Math.PI * v);
        const across = 0.34 * ring * Math.sin(u);
        // Pointed at the outer end.
        const along = 0.2 * Math.cos(Math.PI * v) * (1 - 0.35 * (across / 0.34) ** 2);
        out[0] = x + side * (0.04 + c * across - s * along);
        out[1] = y + 0.01 + s * across + c * along;
        // Follows the head around its side.
        out[2] = z + 0.1 + 0.17 * ring * Math.cos(u) - 0.5 * Math.max(0, across + 0.08) ** 1.5;
      },
      flipped: side < 0,
    });
  }
  return [finishPiece('eyes', piece, glossyMaterial([0.015, 0.015, 0.02], 0.9, 60))];
}

/** A red ball for a nose and, on a bald head, curly tufts over the ears. */
function clownParts(form: HeadForm, traits: Traits, random: RandomStream): Part[] {
  const parts: Part[] = [];
  if (traits.mask === 'none' || traits.mask === 'bandit mask') {
    const ball = createPiece();
    const [x, y, z] = surfaceAt(form, 0, 6.95, 1.68).at;
    const radius = random.between(0.16, 0.21);
    addBall(ball, [x, y, z + radius * 0.35], [radius, radius, radius], 16, 12);
    parts.push(finishPiece('nose', ball, glossyMaterial([0.86, 0.05, 0.05], 0.6, 45)));
  }
  if (traits.hair !== 'bald' || headwearCover(traits.headwear) === 'head') return parts;
  const tufts = createPiece();
  const seed = random.uniform() * 50;
  const size = random.between(0.42, 0.58);
  for (const side of [1, -1]) {
    const { at } = surfaceAt(form, side * 0.72, 7.6, 0.45);
    const center = [at[0] + side * size * 0.45, at[1], at[2] - 0.1];
    addGrid(tufts, {
      columns: 36,
      rows: 24,
      closed: true,
      place: (u, v, out) => {
        const ring = Math.sin(Math.PI * v);
        const x = ring * Math.sin(u);
        const y = Math.cos(Math.PI * v);
        const z = ring * Math.cos(u);
        const bump = 1 + 0.2 * valueNoise(seed + x * 3.2 + side * 9, y * 3.2, z * 3.2);
        out[0] = center[0] + size * 0.85 * bump * x;
        out[1] = center[1] + size * 1.05 * bump * y;
        out[2] = center[2] + size * 1.1 * bump * z;
      },
    });
  }
  parts.push(
    finishPiece('tufts', tufts, curlMaterial(TUFT_COLORS[random.integer(0, TUFT_COLORS.length - 1)])),
  );
  return parts;
}

const TUFT_COLORS: readonly Color[] = [
  [0.88, 0.22, 0.05],
  [0.8, 0.06, 0.08],
  [0.1, 0.3, 0.85],
  [0.12, 0.65, 0.2],
  [0.95, 0.75, 0.1],
  [0.6, 0.15, 0.7],
];
