import type { RandomStream } from '../../../tensor/random.ts';
import type { HeadForm } from '../../head-form.ts';
import { smoothStep } from '../../skin/regions.ts';
import { lockRelief } from '../lock-relief.ts';
import { along, type Point } from '../point.ts';
import type { StrandMesh } from '../strand-mesh.ts';
import { layTube } from '../tube.ts';

/** Hair that hangs from the chin: its measures in decimeters. */
export interface HangingBeard {
  readonly length: number;
  readonly halfWidth: number;
  /** Depth relative to the width. */
  readonly flatness: number;
  /** Share of the width that is left at the tip before it closes. */
  readonly tip: number;
  readonly strays: number;
}

const STEPS = 12;
/** The volume begins this far above the chin, inside the beard that grows there. */
const START = 0.16;

/** Adds a tapered volume of locks that hangs from the chin of a posed face. */
export function addHangingBeard(
  mesh: StrandMesh,
  form: HeadForm,
  beard: HangingBeard,
  random: RandomStream,
): void {
  const [chinX, chinY, chinZ] = form.places.chin;
  const seed = random.between(0, 500);
  const depth = beard.halfWidth * beard.flatness;
  const sway = random.between(-0.06, 0.06);
  const path: Point[] = [];
  for (let i = 0; i <= STEPS; i++) {
    const share = i / STEPS;
    path.push([
      chinX + sway * share * share,
      chinY + START - (beard.length + START) * share,
      chinZ - depth * (1 - 0.55 * smoothStep(share, 0, 0.4)) + 0.1 * Math.sin(share * 2.2),
    ]);
  }
  const across = beard.halfWidth * 0.8;
  const groove = (share: number, turn: number): number =>
    lockRelief(turn * across, share * beard.length, 0.3 * Math.min(1, beard.halfWidth * 2), seed);
  const profile = (share: number): number =>
    Math.min(1, 0.8 + share) *
    (1 - (1 - beard.tip) * smoothStep(share, 0.25, 1)) *
    Math.sqrt(Math.max(0.0004, 1 - smoothStep(share, 0.75, 1.0)));
  mesh.addSheet(
    layTube({
      path,
      sides: 32,
      facing: [0, 0, 1],
      radius: (share, turn) => beard.halfWidth * profile(share) * (0.74 + 0.36 * groove(share, turn)),
      flatness: beard.flatness,
      twistRad: 0,
      open: (share, turn) => 0.2 + 0.8 * groove(share, turn),
      acrossOffset: random.between(0, 90),
      alongOffset: 0.35,
    }),
    true,
  );
  for (let i = 0; i < beard.strays; i++) addStray(mesh, path, beard, profile, random);
}

/** Adds a single lock whose tip stands off the volume. */
function addStray(
  mesh: StrandMesh,
  path: readonly Point[],
  beard: HangingBeard,
  profile: (share: number) => number,
  random: RandomStream,
): void {
  const angle = random.between(-1.9, 1.9);
  const longer = random.between(0.05, 0.2);
  const reach: Point = [Math.sin(angle), 0, Math.cos(angle) * beard.flatness];
  const strand = path.slice(3).map((point, j, all) => {
    const share = j / (all.length - 1);
    const radius = beard.halfWidth * (0.25 + 0.75 * profile(0.25 + 0.65 * share)) * 0.85;
    return along(along(point, reach, radius), [0, -1, 0], longer * share * share);
  });
  mesh.addSheet(
    layTube({
      path: strand,
      sides: 4,
      facing: reach,
      radius: (share) => 0.07 * Math.min(1, 0.2 + 3 * share) * (1 - share ** 2) + 0.002,
      flatness: 0.5,
      twistRad: 0,
      open: () => 0.95,
      acrossOffset: random.between(0, 90),
      alongOffset: 0.4,
    }),
    true,
  );
}
