import { computeVertexNormals } from '../../ssd/renderer/vertex-normals.ts';
import type { RandomStream } from '../../tensor/random.ts';
import { shapeCharacter } from '../characters/shape-character.ts';
import type { HeadForm } from '../head-form.ts';
import type { Traits } from '../traits.ts';
import type { BaseHead } from './base-head.ts';
import { expressionTargets } from './expression-targets.ts';
import { drawGaze, turnEyes } from './gaze.ts';
import { type HeadFrame, headFrame } from './head-frame.ts';
import { identityTargets } from './identity-targets.ts';

/** Makes bare heads of one base mesh. */
export interface HeadMorpher {
  readonly base: BaseHead;
  /** Chin, height and middle that every head is brought to before its character and expression: those of `rest`. */
  readonly frame: HeadFrame;
  morph(traits: Traits, random: RandomStream): HeadForm;
}

const TONGUE = 4;
/** How much farther than the jaw of a mouth wide open the tongue goes down, decimeters. */
const TONGUE_DROP = 0.16;

/** Prepares what all heads of `base` have in common. */
export function createHeadMorpher(base: BaseHead): HeadMorpher {
  const frame = headFrame(base.rest, base);
  const { eyes: eyeIndices, skin, teeth, tongue } = base.indices;
  const balls = [...new Set(eyeIndices)];
  const eyes = {
    left: Uint32Array.from(balls.filter((v) => base.rest[v * 3] > 0)),
    right: Uint32Array.from(balls.filter((v) => base.rest[v * 3] < 0)),
  };
  const everything = new Uint32Array(skin.length + eyeIndices.length + teeth.length + tongue.length);
  everything.set(skin);
  everything.set(eyeIndices, skin.length);
  everything.set(teeth, skin.length + eyeIndices.length);
  everything.set(tongue, skin.length + eyeIndices.length + teeth.length);
  return {
    base,
    frame,
    morph(traits, random) {
      // (1) Who it is, brought to the height and place of the rest head.
      const coarse = base.coarse.slice();
      for (const [name, weight] of identityTargets(traits, random.fork('identity'))) {
        base.addTarget(name, weight, coarse);
      }
      const positions = base.refine(coarse);
      const scale = bringTo(frame, headFrame(positions, base), positions);
      // (2) What it is, if not human.
      shapeCharacter(positions, base.rest, traits, random.fork('shape'), base.indices.skin);
      // (3) The face it makes: actions are offsets, so they can be added to any form.
      const gaze = drawGaze(traits, random.fork('gaze'));
      const moved = new Float32Array(coarse.length);
      for (const [name, weight] of expressionTargets(traits, random.fork('expression'))) {
        base.addTarget(name, weight, moved);
        if (name === 'fu/jawOpen' && traits.expression !== 'tongue out') lowerTongue(base, weight, moved);
      }
      for (const [name, weight] of gaze.lids) base.addTarget(name, weight, moved, 0);
      const offsets = base.refine(moved);
      for (let i = 0; i < offsets.length; i++) positions[i] += scale * offsets[i];
      // (4) Where it looks.
      const centers = turnEyes(positions, eyes, gaze);
      const { normals } = computeVertexNormals({ positions, indices: everything });
      return {
        positions,
        normals,
        rest: base.rest,
        region: base.region,
        indices: base.indices,
        masks: base.masks,
        places: findPlaces(positions, base, centers),
      };
    },
  };
}

/** Lets the tongue lie down behind the lower teeth instead of filling an open mouth. */
function lowerTongue({ coarseRegion }: BaseHead, opening: number, offsets: Float32Array): void {
  for (let v = 0; v < coarseRegion.length; v++) {
    if (coarseRegion[v] === TONGUE) offsets[v * 3 + 1] -= TONGUE_DROP * opening;
  }
}

/** Scales and shifts positions in place so that their frame becomes `to`; returns the scale. */
function bringTo(to: HeadFrame, from: HeadFrame, positions: Float32Array): number {
  const scale = to.height / from.height;
  for (let i = 0; i < positions.length; i += 3) {
    positions[i] *= scale;
    positions[i + 1] = to.middleY + (positions[i + 1] - from.middleY) * scale;
    positions[i + 2] = to.middleZ + (positions[i + 2] - from.middleZ) * scale;
  }
  return scale;
}

function findPlaces(
  positions: Float32Array,
  { rest, masks }: BaseHead,
  eyes: { left: [number, number, number]; right: [number, number, number] },
): HeadForm['places'] {
  return {
    crown: highest(rest, positions, (x, y) => (Math.abs(x) < 0.3 && y > 8 ? 0 : -Infinity)),
    chin: highest(
      rest,
      positions,
      (x, y, z) => (Math.abs(x) < 0.15 && y < 6.5 && z > 1.35 ? 0 : -Infinity),
      -1,
    ),
    noseTip: nearestTo(rest, positions, 0, 7, 1.8),
    eyeLeft: eyes.left,
    eyeRight: eyes.right,
    earLeft: middleOfMask(masks.ears, rest, positions, 1),
    earRight: middleOfMask(masks.ears, rest, positions, -1),
    mouth: middleOfMask(masks.lips, rest, positions, 0),
  };
}

/** The highest (or with `sign` −1 lowest) posed vertex whose place at rest is allowed: 0 yes, −Infinity no. */
function highest(
  rest: Float32Array,
  positions: Float32Array,
  allowed: (x: number, y: number, z: number) => number,
  sign = 1,
): [number, number, number] {
  let best = -1;
  let bestHeight = -Infinity;
  for (let v = 0; v < rest.length; v += 3) {
    const height = sign * positions[v + 1] + allowed(rest[v], rest[v + 1], rest[v + 2]);
    if (height > bestHeight) {
      bestHeight = height;
      best = v;
    }
  }
  return [positions[best], positions[best + 1], positions[best + 2]];
}

function nearestTo(
  rest: Float32Array,
  positions: Float32Array,
  x: number,
  y: number,
  z: number,
): [number, number, number] {
  let best = 0;
  let bestDistance = Infinity;
  for (let v = 0; v < rest.length; v += 3) {
    const distance = (rest[v] - x) ** 2 + (rest[v + 1] - y) ** 2 + (rest[v + 2] - z) ** 2;
    if (distance < bestDistance) {
      bestDistance = distance;
      best = v;
    }
  }
  return [positions[best], positions[best + 1], positions[best + 2]];
}

/** Mean posed place of a mask on the side of `side` (0: both). */
function middleOfMask(
  mask: Float32Array,
  rest: Float32Array,
  positions: Float32Array,
  side: number,
): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  let total = 0;
  for (let v = 0; v < mask.length; v++) {
    if (mask[v] < 0.5 || rest[v * 3] * side < 0) continue;
    total++;
    for (let k = 0; k < 3; k++) sum[k] += positions[v * 3 + k];
  }
  return [sum[0] / total, sum[1] / total, sum[2] / total];
}
