import type { RandomStream } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import type { Part } from '../part.ts';
import type { Traits } from '../traits.ts';
import { addBall } from '../wear/add-ball.ts';
import { addTube } from '../wear/add-tube.ts';
import type { Color } from '../wear/colors.ts';
import { headwearCover } from '../wear/headwear-cover.ts';
import { createPiece, finishPiece, type Piece } from '../wear/piece.ts';
import { glossyMaterial, glowMaterial, metalMaterial } from './materials.ts';
import { surfaceAt } from './surface-at.ts';

const GLOW: Readonly<Record<Traits['eyeColor'], Color>> = {
  brown: [1, 0.55, 0.1],
  dark: [0.1, 0.8, 0.95],
  blue: [0.15, 0.5, 1],
  green: [0.2, 0.95, 0.3],
  gray: [0.75, 0.85, 0.9],
  amber: [1, 0.65, 0.1],
  red: [1, 0.12, 0.08],
  yellow: [1, 0.9, 0.2],
  white: [0.95, 0.98, 1],
  black: [0.1, 0.8, 0.95],
};

const STEEL: Color = [0.5, 0.53, 0.57];

/** Builds what makes a robot: lamps for eyes, discs for ears, bolts, an antenna, a grille, a neck of rings. */
export function robotParts(form: HeadForm, traits: Traits, random: RandomStream): Part[] {
  const metal = createPiece();
  const glow = createPiece();
  const dark = createPiece();
  const covered = traits.eyewear !== 'none' && traits.eyewear !== 'monocle';
  for (const side of [1, -1]) {
    addEarDisc(metal, dark, form, side);
    addBolts(metal, form, side);
    if (!covered) addEye(metal, glow, form, side);
  }
  addNeck(dark, form);
  if (headwearCover(traits.headwear) === 'none') addAntenna(metal, glow, form, random);
  if (traits.expression === 'neutral' && traits.mask === 'none') addGrille(metal, dark, form);
  const parts = [
    finishPiece('fittings', metal, metalMaterial(STEEL)),
    finishPiece('rubber', dark, glossyMaterial([0.09, 0.09, 0.1], 0.2, 20)),
  ];
  if (glow.indices.length > 0) parts.push(finishPiece('lamps', glow, glowMaterial(GLOW[traits.eyeColor])));
  return parts;
}

function addEye(metal: Piece, glow: Piece, form: HeadForm, side: number): void {
  const [x, y, z] = side > 0 ? form.places.eyeLeft : form.places.eyeRight;
  const front = surfaceAt(form, side * 0.308, 7.46, 1.4).at[2];
  const depth = Math.max(z + 0.1, front - 0.04);
  addBall(glow, [x, y, depth], [0.125, 0.125, 0.07], 14, 8);
  addTube(metal, {
    segments: 20,
    sides: 6,
    closed: true,
    radius: () => 0.038,
    path: (t, out) => {
      out[0] = x + 0.155 * Math.cos(2 * Math.PI * t);
      out[1] = y + 0.155 * Math.sin(2 * Math.PI * t);
      out[2] = depth;
    },
  });
}

/** A short cylinder along `axis` with a closed, slightly domed end. */
function addKnob(
  piece: Piece,
  root: readonly [number, number, number],
  axis: readonly [number, number, number],
  radius: number,
  height: number,
): void {
  addTube(piece, {
    segments: 6,
    sides: 14,
    radius: (t) => radius * (t < 0.55 ? 1 : Math.max(0.01, 1 - ((t - 0.55) / 0.45) ** 3)),
    path: (t, out) => {
      const along = height * (t < 0.55 ? t / 0.55 : 1 + 0.02 * (t - 0.55));
      for (let k = 0; k < 3; k++) out[k] = root[k] + axis[k] * along;
    },
  });
}

function addEarDisc(metal: Piece, dark: Piece, form: HeadForm, side: number): void {
  const { at } = surfaceAt(form, side * 0.8, 7.15, 0.5);
  const reach = Math.max(Math.abs(at[0]), Math.abs(surfaceAt(form, side * 0.75, 7.6, 0.5).at[0]));
  const root: [number, number, number] = [side * (reach - 0.15), at[1], at[2]];
  addKnob(metal, root, [side, 0, 0], 0.27, 0.24);
  addKnob(dark, [side * (reach + 0.05), at[1], at[2]], [side, 0, 0], 0.16, 0.1);
}

function addBolts(metal: Piece, form: HeadForm, side: number): void {
  for (const [x, y, z] of [
    [0.5, 7.95, 1.25],
    [0.52, 6.55, 1.15],
  ]) {
    const { at, normal } = surfaceAt(form, side * x, y, z);
    addBall(metal, at, [0.055, 0.055, 0.045 + 0.02 * Math.abs(normal[2])], 8, 6);
  }
}

function addAntenna(metal: Piece, glow: Piece, form: HeadForm, random: RandomStream): void {
  const [x, y, z] = surfaceAt(form, 0, 8.49, 0.5).at;
  const height = random.between(0.35, 0.6);
  const count = random.uniform() < 0.6 ? 1 : 2;
  for (let i = 0; i < count; i++) {
    const root = x + (count === 1 ? 0 : i === 0 ? -0.35 : 0.35);
    addTube(metal, {
      segments: 6,
      sides: 8,
      radius: (t) => (t < 0.2 ? 0.09 - 0.25 * t : 0.032),
      path: (t, out) => {
        out[0] = root + (count === 1 ? 0 : (root - x) * 0.3 * t);
        out[1] = y - 0.03 + height * t;
        out[2] = z;
      },
    });
    addBall(glow, [root + (count === 1 ? 0 : (root - x) * 0.3), y + height, z], [0.085, 0.085, 0.085], 10, 8);
  }
}

function addGrille(metal: Piece, dark: Piece, form: HeadForm): void {
  const [, y, z] = form.places.mouth;
  addBall(dark, [0, y, z - 0.06], [0.36, 0.15, 0.12], 16, 8);
  for (let i = -2; i <= 2; i++) {
    addTube(metal, {
      segments: 4,
      sides: 6,
      radius: () => 0.022,
      path: (t, out) => {
        out[0] = i * 0.12;
        out[1] = y + 0.15 * (1 - 2 * t) * (1 - 0.1 * Math.abs(i));
        out[2] = z + 0.06 - 0.02 * i * i;
      },
    });
  }
}

function addNeck(dark: Piece, form: HeadForm): void {
  const left = surfaceAt(form, 0.5, 6, 0.3).at;
  const front = surfaceAt(form, 0, 5.95, 0.72).at;
  const back = surfaceAt(form, 0, 5.95, -0.2).at;
  const middle = (front[2] + back[2]) / 2;
  for (let ring = 0; ring < 3; ring++) {
    addTube(dark, {
      segments: 24,
      sides: 6,
      closed: true,
      radius: () => 0.075,
      path: (t, out) => {
        out[0] = (Math.abs(left[0]) + 0.04) * Math.cos(2 * Math.PI * t);
        out[1] = 5.78 + 0.14 * ring;
        out[2] = middle + ((front[2] - back[2]) / 2 + 0.04) * Math.sin(2 * Math.PI * t);
      },
    });
  }
}
