import type { RandomStream } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import type { Part } from '../part.ts';
import type { Traits } from '../traits.ts';
import { headwearCover } from '../wear/headwear-cover.ts';
import { hairLook } from './hair-look.ts';
import { createHairGround, type HairGround } from './hair-ground.ts';
import { createStrandMesh, type StrandMesh } from './strand-mesh.ts';
import { strandMaterial } from './strand-material.ts';
import { addCropped } from './styles/cropped.ts';
import { addHanging } from './styles/hanging.ts';

const ADD: { readonly [H in Traits['hair']]: ((mesh: StrandMesh, ground: HairGround) => void) | null } = {
  bald: null,
  receding: addCropped,
  'buzz cut': addCropped,
  short: addCropped,
  'slicked back': addCropped,
  curly: addCropped,
  long: addHanging,
  wavy: addHanging,
  bob: addHanging,
  bangs: addHanging,
  ponytail: addCropped,
  braids: addCropped,
  bun: addCropped,
  pigtails: addCropped,
  afro: addCropped,
  mohawk: addCropped,
  dreadlocks: addHanging,
  spiky: addCropped,
};

/**
 * Builds the hair and beard of one posed head, as far as they stand off the skin.
 *
 * At most 12,000 triangles in all. A pure function of its arguments: the same stream grows the same hair.
 */
export function buildHair(form: HeadForm, traits: Traits, random: RandomStream): Part[] {
  if (traits.hair === 'bald' || headwearCover(traits.headwear) === 'head') return [];
  const recession = traits.hair === 'receding' ? 0.85 : 0;
  const ground = createHairGround(form, traits, random.fork('hair'), recession);
  const mesh = createStrandMesh();
  ADD[traits.hair]?.(mesh, ground);
  return [mesh.toPart('hair', strandMaterial(hairLook(traits, random.fork('hair-look'), 'hair')))];
}
