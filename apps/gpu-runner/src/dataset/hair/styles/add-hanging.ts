import { smoothStep } from '../../skin/regions.ts';
import { type CapPlace, layCap } from '../cap.ts';
import { azimuthOf, type HairGround, HAIRLINE_COLUMNS } from '../hair-ground.ts';
import { hangStrand } from '../hang-strand.ts';
import { lockRelief } from '../lock-relief.ts';
import { partingPole } from '../parting.ts';
import { along, minus, type Point, towards, unit } from '../point.ts';
import type { StrandMesh, StrandPoint } from '../strand-mesh.ts';
import { layTube } from '../tube.ts';
import { underHeadwear } from '../under-headwear.ts';
import { addBangs } from './add-bangs.ts';

/** Hair that covers the skull and hangs down around face and neck. */
interface Mane {
  readonly seed: number;
  /** Azimuth of the parting at the forehead; the hair falls to both sides of it. */
  readonly partRad: number;
  readonly thickness: number;
  /** Decimeters that hang below the hairline at the back. */
  readonly length: number;
  readonly lockWidth: number;
  readonly lockDepth: number;
  /** Waves: amplitude and wave length in decimeters. */
  readonly wave: number;
  readonly waveLength: number;
  /** Turns the tips toward the neck, in [0, 1]. */
  readonly tuck: number;
  /** Azimuth from which hair hangs: before it the face is free. */
  readonly faceRad: number;
}

/** Polar angle at which hair leaves the skull and hangs freely. */
const RELEASE_RAD = 1.12;
const CAP_ROWS = 13;
const HANG_ROWS = 17;

/** Adds long, wavy or bob hair with a parting. */
export function addHanging(mesh: StrandMesh, ground: HairGround): void {
  const mane = maneOf(ground);
  const poles = ground.hairline.map((_, k) => partingPole(ground, mane.partRad, k));
  // Under a hat hair lies on the skull down to the rim.
  const release = ground.cover === 'none' ? RELEASE_RAD : 1.4;
  const hangs = (k: number): boolean => fromFront(k) >= mane.faceRad;
  const relief = ({ across, fromPole }: CapPlace): number =>
    lockRelief(across, fromPole, mane.lockWidth, mane.seed);
  const cap = layCap({
    chart: ground.chart,
    poles,
    rim: ground.hairline.map((end, k) =>
      hangs(k) ? towards(Math.min(release, ground.hairlinePolarRad[k]), azimuthOf(k)) : end,
    ),
    rows: CAP_ROWS,
    rooted: 'pole',
    height: (at) => {
      const parted = 0.35 + 0.65 * smoothStep(at.fromPole, 0, 0.25);
      const body = mane.thickness * parted + mane.lockDepth * (relief(at) - 0.6) * parted;
      return underHeadwear(body, at.point.rest, ground);
    },
    open: (at) => (0.3 + 0.7 * relief(at)) * (0.6 + 0.4 * smoothStep(at.fromPole, 0, 0.12)),
    edgeWidth: (k) => (hangs(k) ? 0 : 0.1),
  });
  const first = ground.hairline.findIndex((_, k) => hangs(k));
  const last = HAIRLINE_COLUMNS - first;
  const curtain = cap.slice(first, last + 1).map((strand) => hangOn(strand, ground, mane));
  const falling = curtain.map((hanging, i) => [...cap[first + i], ...hanging.slice(1)]);
  mesh.addSheet([...cap.slice(last), ...cap.slice(0, first + 1)], false);
  mesh.addSheet(falling, false);
  mesh.addSheet(foldIn(curtain[0], ground), false);
  mesh.addSheet(foldIn(curtain[curtain.length - 1], ground).reverse(), false);
  addLooseLocks(mesh, curtain, ground);
  if (ground.traits.hair === 'bangs') addBangs(mesh, ground, mane.thickness + 0.05);
}

function maneOf({ traits, random }: HairGround): Mane {
  const bob = traits.hair === 'bob' || (traits.hair === 'bangs' && random.uniform() < 0.4);
  const wavy = traits.hair === 'wavy';
  return {
    seed: random.between(0, 500),
    partRad: random.uniform() < 0.5 ? 0 : random.between(-0.42, 0.42),
    thickness: random.between(0.1, 0.17) + (wavy ? 0.06 : 0),
    length: bob ? random.between(0.12, 0.32) : random.between(0.8, 1.15),
    lockWidth: random.between(0.22, 0.34),
    lockDepth: wavy ? 0.09 : 0.05,
    wave: wavy ? random.between(0.07, 0.1) : random.between(0, 0.012),
    waveLength: random.between(0.42, 0.6),
    tuck: bob ? 0.5 : 0,
    faceRad: traits.hair === 'bangs' ? 0.95 : random.between(0.92, 1.08),
  };
}

/** Angle of a column from the front, in [0, π]. */
function fromFront(column: number): number {
  const azimuth = azimuthOf(column);
  return Math.min(azimuth, 2 * Math.PI - azimuth);
}

/** Continues one strand of the cap downward, gathered in locks with uneven tips. */
function hangOn(strand: readonly StrandPoint[], ground: HairGround, mane: Mane): StrandPoint[] {
  const end = strand[strand.length - 1];
  const before = strand[strand.length - 3];
  const ridgeHere = lockRelief(end.across, end.along, mane.lockWidth, mane.seed);
  // All strands end at the same height, wherever their hairline is; locks end in a point.
  const bottom = ground.hull.center[1] - 0.85 - mane.length;
  const length = Math.max(0.3, end.position[1] - bottom) * (0.9 + 0.1 * ridgeHere);
  const path = hangStrand(end.position, minus(end.position, before.position), ground.hull, {
    length,
    steps: HANG_ROWS,
    margin: mane.thickness * (ground.cover === 'none' ? 0.5 : 0.25),
    weight: 0.22,
  });
  const points: StrandPoint[] = [end];
  const [cx, , cz] = ground.hull.center;
  for (let i = 0; i < path.length; i++) {
    const share = (i + 1) / path.length;
    const distance = end.along + share * length;
    const ridge = lockRelief(end.across, distance, mane.lockWidth, mane.seed);
    const out = unit([path[i][0] - cx, 0, path[i][2] - (cz - 0.15)]);
    const phase = 6 * lockRelief(end.across, 0, mane.lockWidth * 2.5, mane.seed + 9);
    const swing = Math.sin((distance / mane.waveLength) * 2 * Math.PI + phase) * mane.wave;
    const fall = smoothStep(share, 0, 0.3);
    const inward = mane.tuck * smoothStep(share, 0.55, 1) * 0.35;
    const offset = fall * (swing + 1.3 * mane.lockDepth * (ridge - 0.6)) - inward;
    const sideways: Point = [out[2], 0, -out[0]];
    points.push({
      position: along(along(path[i], out, offset), sideways, swing * 0.4 * fall),
      along: distance,
      across: end.across,
      open: 0.25 + 0.75 * ridge,
    });
  }
  return points;
}

/** A strip from the free edge of the curtain inward, which gives it a thickness where the face begins. */
function foldIn(edge: StrandPoint[], ground: HairGround): StrandPoint[][] {
  const [cx, cy, cz] = ground.hull.center;
  const inner = edge.map((point, i) => {
    const inside: Point = [cx, Math.min(cy, point.position[1]), cz - 0.1];
    const depth = Math.min(0.16, 0.02 * i);
    return {
      ...point,
      position: along(point.position, unit(minus(inside, point.position)), depth),
      open: 0.1,
    };
  });
  return [inner, edge];
}

/** Single locks over the curtain break up its outline. */
function addLooseLocks(mesh: StrandMesh, curtain: StrandPoint[][], ground: HairGround): void {
  const random = ground.random.fork('locks');
  const [cx, , cz] = ground.hull.center;
  const count = 14;
  for (let i = 0; i < count; i++) {
    const strand = curtain[random.integer(0, curtain.length - 1)];
    const from = random.integer(0, 4);
    const lift = random.between(0.01, 0.05);
    const longer = random.between(-0.05, 0.22);
    const path = strand.slice(from).map(({ position }, j, all) => {
      const share = j / (all.length - 1);
      const out = unit([position[0] - cx, 0, position[2] - (cz - 0.15)]);
      const moved = along(position, out, lift * smoothStep(share, 0, 0.4));
      return along(moved, [0, -1, 0], longer * share * share);
    });
    const width = random.between(0.05, 0.1);
    const offset = random.between(0, 50);
    const tube = layTube({
      path,
      sides: 5,
      facing: unit([path[0][0] - cx, 0, path[0][2] - cz]),
      radius: (share) => width * Math.min(1, 0.15 + 4 * share) * (1 - share ** 3) + 0.002,
      flatness: 0.45,
      twistRad: random.between(-0.8, 0.8),
      open: () => 1,
      acrossOffset: offset,
      alongOffset: 0.4,
    });
    mesh.addSheet(tube, true);
  }
}
