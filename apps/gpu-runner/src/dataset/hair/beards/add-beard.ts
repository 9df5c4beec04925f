import type { RandomStream } from '../../../tensor/random.ts';
import type { HeadForm } from '../../head-form.ts';
import { valueNoise } from '../../noise.ts';
import { beardAt, mustacheAt, sideburnsAt, smoothStep } from '../../skin/regions.ts';
import type { Traits } from '../../traits.ts';
import { lockRelief } from '../lock-relief.ts';
import { createScalpChart } from '../scalp-chart.ts';
import type { StrandMesh } from '../strand-mesh.ts';
import { addGrownSkin, type Growth } from './grown-skin.ts';
import { addHangingBeard } from './hanging-beard.ts';
import { addMustache, type Mustache } from './mustache.ts';

const CLOSED_MASKS: ReadonlySet<string> = new Set(['surgical mask', 'gas mask', 'hockey mask']);
const CLOSED_HELMETS: ReadonlySet<string> = new Set([
  'knight helmet',
  'astronaut helmet',
  'motorcycle helmet',
]);

/** Adds the beard of one posed face as geometry; stubble, which is only painted, adds nothing. */
export function addBeard(mesh: StrandMesh, form: HeadForm, traits: Traits, random: RandomStream): void {
  if (CLOSED_MASKS.has(traits.mask)) return;
  const chart = (): ReturnType<typeof createScalpChart> => createScalpChart(form);
  const lobes = (mustache: Mustache): void => addMustache(mesh, chart(), mustache, random.fork('mustache'));
  const cover = traits.hair === 'bald' ? fullCover : joinedCover;
  switch (traits.beard) {
    case 'none':
    case 'stubble':
      return;
    case 'mustache':
      lobes({
        width: random.between(0.075, 0.1),
        ends: random.uniform() < 0.35 ? 'drooping' : 'plain',
      });
      return;
    case 'handlebar mustache':
      lobes({ width: random.between(0.07, 0.085), ends: 'curled' });
      return;
    case 'sideburns':
      addGrownSkin(mesh, form, growthOf(sideburnsAt, random.between(0.09, 0.13), 0, 0, random));
      return;
    case 'goatee':
      addGoatee(mesh, form, random, lobes);
      return;
    case 'short beard':
      addGrownSkin(mesh, form, growthOf(cover, random.between(0.035, 0.055), 0.03, 0.1, random));
      return;
    case 'full beard':
      addGrownSkin(mesh, form, growthOf(cover, random.between(0.1, 0.14), 0.16, 0.5, random));
      lobes({ width: 0.085, ends: 'drooping' });
      return;
    case 'long beard':
      addGrownSkin(mesh, form, growthOf(cover, random.between(0.1, 0.13), 0.09, 0.35, random));
      lobes({ width: 0.085, ends: 'drooping' });
      if (!CLOSED_HELMETS.has(traits.headwear)) {
        addHangingBeard(
          mesh,
          form,
          {
            length: random.between(0.65, 1),
            halfWidth: random.between(0.5, 0.6),
            flatness: 0.72,
            tip: random.between(0.3, 0.6),
            strays: 7,
          },
          random.fork('hanging'),
        );
      }
  }
}

function fullCover(x: number, y: number, z: number): number {
  return Math.max(beardAt(x, y, z), mustacheAt(x, y, z));
}

/** A full beard that goes over into the hair in front of the ears. */
function joinedCover(x: number, y: number, z: number): number {
  return Math.max(fullCover(x, y, z), 0.9 * sideburnsAt(x, y, z) * smoothStep(y, 7.45, 7.28));
}

function addGoatee(
  mesh: StrandMesh,
  form: HeadForm,
  random: RandomStream,
  lobes: (mustache: Mustache) => void,
): void {
  const half = random.between(0.2, 0.27);
  const cover = (x: number, y: number, z: number): number =>
    beardAt(x, y, z) *
    smoothStep(Math.abs(x) + 0.25 * smoothStep(y, 6.4, 6.6), half + 0.04, half - 0.05) *
    smoothStep(z, 1.15, 1.25);
  addGrownSkin(mesh, form, growthOf(cover, 0.09, 0.1, 0.6, random));
  addHangingBeard(
    mesh,
    form,
    {
      length: random.between(0.16, 0.4),
      halfWidth: half * 0.85,
      flatness: 0.8,
      tip: 0.25,
      strays: 3,
    },
    random.fork('hanging'),
  );
  if (random.uniform() < 0.65) lobes({ width: 0.06, ends: 'drooping' });
}

/** A beard over `covers`: `height` everywhere, `chin` more around the chin, where it hangs. */
function growthOf(
  covers: Growth['covers'],
  height: number,
  chin: number,
  hang: number,
  random: RandomStream,
): Growth {
  const seed = random.between(0, 500);
  const relief = (x: number, y: number, z: number): number =>
    lockRelief(0.9 * Math.atan2(x, z - 0.6), 7 - y, 0.15, seed);
  const low = (y: number): number => smoothStep(y, 6.65, 6.25);
  const lip = (y: number, z: number): number => smoothStep(y, 6.56, 6.68) * smoothStep(z, 1.3, 1.4);
  return {
    covers,
    height: (x, y, z) => {
      const body =
        height * (1 - 0.6 * lip(y, z)) * (1 - 0.85 * smoothStep(y, 6.9, 7.2)) +
        chin * low(y) * smoothStep(z, 0.8, 1.3);
      const uneven = 0.82 + 0.18 * valueNoise(x * 7, y * 7, z * 7 + seed);
      return body * (uneven + 0.5 * (relief(x, y, z) - 0.6));
    },
    hang: (_, y, z) => hang * low(y) * smoothStep(z, 0.7, 1.2),
    open: (x, y, z) => 0.4 + 0.6 * relief(x, y, z),
  };
}
