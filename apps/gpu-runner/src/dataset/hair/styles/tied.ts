import type { RandomStream } from '../../../tensor/random.ts';
import { smoothStep } from '../../skin/regions.ts';
import { layCap } from '../cap.ts';
import { type HairGround } from '../hair-ground.ts';
import { hangStrand } from '../hang-strand.ts';
import { lockRelief } from '../lock-relief.ts';
import { along, cross, mix, type Point, towards, unit } from '../point.ts';
import type { StrandMesh } from '../strand-mesh.ts';
import { layTube } from '../tube.ts';
import { underHeadwear } from '../under-headwear.ts';

/** Where hair is gathered, and what it is held by. */
export interface Tie {
  /** Middle of the band, posed. */
  readonly place: Point;
  /** Unit direction in which the hair leaves it. */
  readonly heading: Point;
  readonly radius: number;
}

const ROWS = 15;

/** Lays hair combed from the whole hairline, or from one half of it, to a tie; `side` 0 is the whole. */
export function combTo(mesh: StrandMesh, ground: HairGround, pole: Point, side: -1 | 0 | 1): void {
  const seed = ground.random.between(0, 500);
  const rim = side === 0 ? [...ground.hairline] : halfRim(ground, side);
  const relief = (across: number, fromPole: number): number => lockRelief(across, fromPole, 0.2, seed);
  const strands = layCap({
    chart: ground.chart,
    poles: rim.map(() => pole),
    rim,
    rows: ROWS,
    rooted: 'rim',
    height: ({ point, across, fromPole }) => {
      const gathered = 0.1 * smoothStep(fromPole, 0.3, 0);
      const body = 0.055 + 0.03 * smoothStep(point.rest[1], 7.6, 8.3) + gathered;
      return underHeadwear(body + 0.03 * (relief(across, fromPole) - 0.6), point.rest, ground);
    },
    open: ({ across, fromPole }) => 0.3 + 0.7 * relief(across, fromPole),
    edgeWidth: () => 0.09,
  });
  mesh.addSheet(strands, true);
}

/** One half of the hairline, closed along the parting in the middle of the skull. */
function halfRim(ground: HairGround, side: -1 | 1): Point[] {
  const { hairline, hairlinePolarRad } = ground;
  const half = hairline.length / 2;
  const rim: Point[] = [];
  const parting: Point[] = [];
  const front = hairlinePolarRad[0];
  const back = hairlinePolarRad[half];
  const steps = 26;
  for (let i = 1; i < steps; i++) {
    const angle = back - ((back + front) * i) / steps;
    const [, y, z] = towards(Math.abs(angle), angle > 0 ? Math.PI : 0);
    parting.push(unit([0.015 * side, y, z]));
  }
  for (let k = 0; k <= half; k++) {
    const column = side > 0 ? k : (hairline.length - k) % hairline.length;
    rim.push(hairline[column]);
  }
  const whole = [...rim, ...parting];
  return side > 0 ? whole : whole.reverse();
}

/** Finds the place of a tie over the direction `pole`. */
export function tieAt(ground: HairGround, pole: Point, heading: Point, radius: number): Tie {
  const { position, normal } = ground.chart.at(pole);
  return { place: along(position, normal, 0.13), heading: unit(heading), radius };
}

/** Adds a tail of hair that leaves a tie, swells and hangs down to a tip. */
export function addTail(
  mesh: StrandMesh,
  ground: HairGround,
  tie: Tie,
  length: number,
  random: RandomStream,
): void {
  const hang = hangStrand(tie.place, tie.heading, ground.hull, {
    length,
    steps: 16,
    margin: 0.18,
    weight: 0.3,
  });
  const path = [along(tie.place, tie.heading, -0.12), tie.place, ...hang];
  const seed = random.between(0, 500);
  const width = random.between(0.25, 0.32);
  const groove = (share: number, turn: number): number =>
    lockRelief(turn * 0.18 + 3, share * length, 0.19, seed);
  const shape = (share: number): number =>
    smoothStep(share, 0.02, 0.3) * (1 - 0.85 * smoothStep(share, 0.55, 1)) * width + tie.radius * (1 - share);
  mesh.addSheet(
    layTube({
      path,
      sides: 18,
      facing: [0, 0, -1],
      radius: (share, turn) => shape(share) * (0.78 + 0.3 * groove(share, turn)),
      flatness: 0.8,
      twistRad: random.between(-0.7, 0.7),
      open: (share, turn) => 0.25 + 0.75 * groove(share, turn),
      acrossOffset: random.between(0, 90),
      alongOffset: 0.5,
    }),
    true,
  );
  for (let i = 0; i < 7; i++) {
    const turn = random.between(0, 2 * Math.PI);
    const offset = random.between(0.5, 0.95);
    const right = unit(cross(tie.heading, [0, 1, 0]));
    const reach: Point = along([0, 0, Math.sin(turn)], right, Math.cos(turn));
    const strand = path.slice(3).map((point, j, all) => {
      const share = j / (all.length - 1);
      const spread = shape(0.15 + 0.75 * share) * offset + 0.02;
      return along(along(point, reach, spread), [0, -1, 0], 0.18 * share * share * offset);
    });
    mesh.addSheet(
      layTube({
        path: strand,
        sides: 4,
        facing: unit(reach),
        radius: (share) => 0.06 * Math.min(1, 0.2 + 3 * share) * (1 - share ** 2) + 0.002,
        flatness: 0.5,
        twistRad: 0,
        open: () => 1,
        acrossOffset: random.between(0, 90),
        alongOffset: 0.6,
      }),
      true,
    );
  }
}

/** Adds a braid of three strands along `path`. */
export function addBraid(
  mesh: StrandMesh,
  path: readonly Point[],
  width: number,
  random: RandomStream,
): void {
  const turns = (path.length - 1) * 0.09;
  const facing: Point = [0, 0, 1];
  for (let strand = 0; strand < 3; strand++) {
    const phase = (strand / 3) * 2 * Math.PI;
    const woven = path.map((point, i) => {
      const share = i / (path.length - 1);
      const angle = share * turns * 2 * Math.PI + phase;
      const taper = 1 - 0.55 * share;
      const before = path[Math.max(0, i - 1)];
      const after = path[Math.min(path.length - 1, i + 1)];
      const tangent = unit([after[0] - before[0], after[1] - before[1], after[2] - before[2]]);
      const right = unit(cross(tangent, facing));
      const front = cross(right, tangent);
      const shifted = along(point, right, Math.sin(angle) * width * 0.62 * taper);
      return along(shifted, front, Math.sin(2 * angle) * width * 0.34 * taper);
    });
    mesh.addSheet(
      layTube({
        path: woven,
        sides: 6,
        facing,
        radius: (share) => width * 0.56 * (1 - 0.55 * share) * Math.min(1, 0.5 + 8 * share),
        flatness: 0.8,
        twistRad: 0,
        open: (_, turn) => 0.45 + 0.55 * Math.max(0, Math.cos(turn) + 0.4),
        acrossOffset: random.between(0, 90) + strand * 7,
        alongOffset: 0.5,
      }),
      true,
    );
  }
}

/** Adds a bun: coils of hair wound to a ball around `center`, its axis pointing to `axis`. */
export function addBun(
  mesh: StrandMesh,
  center: Point,
  axis: Point,
  radius: number,
  random: RandomStream,
): void {
  const steps = 15;
  const seed = random.between(0, 500);
  const path: Point[] = [];
  for (let i = 0; i < steps; i++) {
    const angle = (i / (steps - 1)) * Math.PI;
    path.push(along(center, axis, -Math.cos(angle) * radius * 0.85));
  }
  const groove = (share: number, turn: number): number =>
    lockRelief(share * 1.1 + turn * 0.14, turn * 0.3, 0.2, seed);
  mesh.addSheet(
    layTube({
      path,
      sides: 26,
      facing: mix(axis, [0, 0, 1], 0.9),
      radius: (share, turn) =>
        radius * Math.sqrt(Math.max(0, 1 - (2 * share - 1) ** 2)) * (0.86 + 0.16 * groove(share, turn)) +
        0.004,
      flatness: 1,
      twistRad: 3.2,
      open: (share, turn) => 0.2 + 0.8 * groove(share, turn),
      acrossOffset: random.between(0, 90),
      alongOffset: 0.5,
    }),
    true,
  );
}
