import type { RandomStream } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import type { Part } from '../part.ts';
import type { Traits } from '../traits.ts';
import { headwearCover } from '../wear/headwear-cover.ts';
import { addBeard } from './beards/add-beard.ts';
import { createHairGround, type HairGround } from './hair-ground.ts';
import { hairLook } from './hair-look.ts';
import { strandMaterial } from './strand-material.ts';
import { createStrandMesh, type StrandMesh } from './strand-mesh.ts';
import { tieBands } from './tie-band.ts';
import { addCropped } from './styles/add-cropped.ts';
import { addCurled } from './styles/add-curled.ts';
import { addDreadlocks } from './styles/add-dreadlocks.ts';
import { addHanging } from './styles/add-hanging.ts';
import { addMohawk } from './styles/add-mohawk.ts';
import { addSpiky } from './styles/add-spiky.ts';
import { addTied } from './styles/add-tied.ts';
import type { Tie } from './styles/tie.ts';

type Add = (mesh: StrandMesh, ground: HairGround) => Tie[];

const untied =
  (add: (mesh: StrandMesh, ground: HairGround) => void): Add =>
  (mesh, ground) => {
    add(mesh, ground);
    return [];
  };

const ADD: { readonly [H in Traits['hair']]: Add | null } = {
  bald: null,
  receding: untied(addCropped),
  'buzz cut': untied(addCropped),
  short: untied(addCropped),
  'slicked back': untied(addCropped),
  curly: untied(addCurled),
  long: untied(addHanging),
  wavy: untied(addHanging),
  bob: untied(addHanging),
  bangs: untied(addHanging),
  ponytail: addTied,
  braids: addTied,
  bun: addTied,
  pigtails: addTied,
  afro: untied(addCurled),
  mohawk: untied(addMohawk),
  dreadlocks: untied(addDreadlocks),
  spiky: untied(addSpiky),
};

/**
 * Builds the hair and beard of one posed head, as far as they stand off the skin.
 *
 * At most 12,000 triangles in all. A pure function of its arguments: the same stream grows the same hair.
 */
export function buildHair(form: HeadForm, traits: Traits, random: RandomStream): Part[] {
  return [...scalpHair(form, traits, random), ...beardHair(form, traits, random)];
}

function scalpHair(form: HeadForm, traits: Traits, random: RandomStream): Part[] {
  const add = ADD[traits.hair];
  if (!add || headwearCover(traits.headwear) === 'head') return [];
  const recession = traits.hair === 'receding' ? 0.85 : 0;
  const ground = createHairGround(form, traits, random.fork('hair'), recession);
  const mesh = createStrandMesh();
  const ties = add(mesh, ground);
  const hair = mesh.toPart('hair', strandMaterial(hairLook(traits, random.fork('hair-look'), 'hair')));
  return ties.length > 0 ? [hair, tieBands(ties, random.fork('hair-tie'))] : [hair];
}

function beardHair(form: HeadForm, traits: Traits, random: RandomStream): Part[] {
  const mesh = createStrandMesh();
  addBeard(mesh, form, traits, random.fork('beard'));
  if (mesh.triangleCount() === 0) return [];
  return [mesh.toPart('beard', strandMaterial(hairLook(traits, random.fork('beard-look'), 'beard')))];
}
