import type { RandomStream } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import type { Part } from '../part.ts';
import { furTone } from '../skin/skin-colors.ts';
import type { Traits } from '../traits.ts';
import { addBall } from '../wear/add-ball.ts';
import { type Color, scaleColor } from '../wear/colors.ts';
import { headwearCover } from '../wear/headwear-cover.ts';
import { createPiece, finishPiece, type Piece } from '../wear/piece.ts';
import { addAnimalEar, type AnimalEar, earMaterial } from './add-animal-ear.ts';
import { addHorn } from './add-horn.ts';
import { furMaterial, glossyMaterial } from './materials.ts';
import { lionMane } from './lion-mane.ts';
import { surfaceAt } from './surface-at.ts';

type Animal = 'cat' | 'lion' | 'wolf';

/** Where the left ear grows (rest place) and what it looks like. */
const EARS: Readonly<Record<Animal, AnimalEar & { readonly place: readonly [number, number, number] }>> = {
  cat: { place: [0.42, 8.25, 0.62], height: 0.78, halfWidth: 0.44, tilt: 0.34, round: false },
  wolf: { place: [0.38, 8.25, 0.5], height: 0.84, halfWidth: 0.36, tilt: 0.22, round: false },
  lion: { place: [0.58, 8.1, 0.75], height: 0.62, halfWidth: 0.28, tilt: 0.55, round: true },
};

const NOSES: Readonly<Record<Animal, { color: Color; radii: readonly [number, number, number] }>> = {
  cat: { color: [0.82, 0.46, 0.48], radii: [0.1, 0.07, 0.06] },
  wolf: { color: [0.05, 0.05, 0.055], radii: [0.15, 0.12, 0.12] },
  lion: { color: [0.42, 0.24, 0.2], radii: [0.19, 0.11, 0.09] },
};

/** Builds what cats, wolves and lions have beside their skin: ears on top, nose, whiskers, tufts, the mane. */
export function animalParts(form: HeadForm, traits: Traits, animal: Animal, random: RandomStream): Part[] {
  const fur = furTone(traits);
  const light: Color = [0.5 + 0.5 * fur[0], 0.5 + 0.5 * fur[1], 0.5 + 0.48 * fur[2]];
  const parts = [nose(form, animal, random), whiskers(form, animal, random.fork('whiskers'))];
  if (headwearCover(traits.headwear) === 'none') parts.push(ears(form, animal, fur, random.fork('ears')));
  if (animal === 'lion') parts.push(...lionMane(form, random.fork('mane')));
  else parts.push(cheekTufts(form, animal, fur, light, random.fork('tufts')));
  return parts;
}

function ears(form: HeadForm, animal: Animal, fur: Color, random: RandomStream): Part {
  const piece = createPiece();
  const { place, ...ear } = EARS[animal];
  const size = random.between(0.88, 1.15);
  for (const side of [1, -1]) {
    const { at } = surfaceAt(form, side * place[0], place[1], place[2]);
    addAnimalEar(piece, [at[0] * 0.94, at[1] - 0.24, at[2]], side, {
      ...ear,
      height: ear.height * size,
      halfWidth: ear.halfWidth * size,
    });
  }
  const inside: Color =
    animal === 'cat' ? [0.9, 0.62, 0.58] : scaleColor([0.75, 0.6, 0.52], 0.5 + fur[0] * 0.6);
  return finishPiece('ears', piece, earMaterial(fur, inside));
}

function nose(form: HeadForm, animal: Animal, random: RandomStream): Part {
  const piece = createPiece();
  const { at } = surfaceAt(form, 0, 6.95, 1.68);
  const { radii } = NOSES[animal];
  let { color } = NOSES[animal];
  if (animal === 'cat' && random.uniform() < 0.4) color = [0.12, 0.08, 0.08];
  addBall(piece, [at[0], at[1], at[2] - 0.01], radii, 12, 8);
  // Narrow below, as a triangle.
  for (let i = 0; i < piece.positions.length; i += 3) {
    const low = Math.min(1, Math.max(0, (at[1] + radii[1] - piece.positions[i + 1]) / (2 * radii[1])));
    piece.positions[i] = at[0] + (piece.positions[i] - at[0]) * (1.15 - 0.7 * low);
  }
  return finishPiece('nose', piece, glossyMaterial(color, 0.4, 40));
}

function whiskers(form: HeadForm, animal: Animal, random: RandomStream): Part {
  const piece = createPiece();
  const length = animal === 'wolf' ? 0.4 : animal === 'lion' ? 0.7 : 0.85;
  for (const side of [1, -1]) {
    for (let k = 0; k < 4; k++) {
      const { at } = surfaceAt(form, side * (0.17 + 0.03 * (k % 2)), 6.86 - 0.055 * k, 1.5);
      const rise = 0.3 - 0.2 * k + random.between(-0.06, 0.06);
      addHorn(piece, {
        root: [at[0], at[1], at[2] - 0.02],
        from: [side, rise + 0.1, 0.5],
        to: [side, rise - 0.25, -0.45],
        length: length * random.between(0.85, 1.15),
        radius: 0.013,
        tip: 0.3,
        segments: 6,
        sides: 3,
      });
    }
  }
  const dark = animal === 'wolf';
  return finishPiece('whiskers', piece, glossyMaterial(dark ? [0.1, 0.1, 0.1] : [0.95, 0.95, 0.93], 0.1, 20));
}

/** Locks at the cheeks and below the jaw that make the outline furry. */
function cheekTufts(form: HeadForm, animal: Animal, fur: Color, light: Color, random: RandomStream): Part {
  const piece = createPiece();
  const size = animal === 'wolf' ? 1.3 : 0.85;
  for (const side of [1, -1]) {
    for (let k = 0; k < 26; k++) addTuft(piece, form, side, (k + random.uniform()) / 26, size, random);
  }
  return finishPiece('tufts', piece, furMaterial(fur, animal === 'wolf' ? light : fur));
}

function addTuft(
  piece: Piece,
  form: HeadForm,
  side: number,
  down: number,
  size: number,
  random: RandomStream,
): void {
  const back = random.uniform();
  const { at, normal } = surfaceAt(
    form,
    side * (0.66 - 0.22 * down),
    7.3 - 1.15 * down,
    0.98 - 0.55 * back - 0.1 * down,
  );
  addHorn(piece, {
    root: [at[0] - 0.05 * normal[0], at[1], at[2] - 0.05 * normal[2]],
    from: [side * 0.75, -0.5 - 0.5 * down, -0.25],
    to: [side * (0.6 - 0.4 * down), -0.9, -0.5],
    length: size * random.between(0.18, 0.4) * (1 - 0.3 * back),
    radius: 0.11,
    tip: 0.02,
    segments: 4,
    sides: 5,
  });
}
