import { smoothStep } from '../../skin/regions.ts';
import type { RandomStream } from '../../../tensor/random.ts';
import { HAIRLINE_COLUMNS, type HairGround } from '../hair-ground.ts';
import type { ChartPoint } from '../scalp-chart.ts';
import { lockRelief } from '../lock-relief.ts';
import { along, mix, type Point, slerp, towards, unit } from '../point.ts';
import type { StrandMesh, StrandPoint } from '../strand-mesh.ts';
import { layTube } from '../tube.ts';
import { addCropped } from './cropped.ts';
import { underHeadwear } from '../under-headwear.ts';

const SPIKE_RINGS = 6;
const STATIONS = 84;
const ACROSS = 17;

/** Adds a crest from the forehead over the crown to the nape. */
export function addMohawk(mesh: StrandMesh, ground: HairGround): void {
  if (ground.cover === 'top') {
    addCropped(mesh, ground);
    return;
  }
  const { random, chart } = ground;
  const tall = random.between(0.5, 0.85);
  const half = random.between(0.17, 0.25);
  const seed = random.between(0, 500);
  const spikes = random.between(0.15, 0.5);
  const front = ground.hairlinePolarRad[0];
  const back = ground.hairlinePolarRad[HAIRLINE_COLUMNS / 2];
  const strands: StrandPoint[][] = [];
  for (let station = 0; station < STATIONS; station++) {
    const share = station / (STATIONS - 1);
    const angle = -front + share * (front + back);
    const root = chart.at(towards(Math.abs(angle), angle < 0 ? 0 : Math.PI));
    const arc = share * (front + back);
    const lean: Point = [0, 0, -0.35 + 0.7 * smoothStep(share, 0, 0.5)];
    const up = unit(along(root.normal, lean, share < 0.5 ? 1 : 0));
    const ridge = lockRelief(arc, 0, 0.2, seed);
    const rise = Math.sqrt(Math.sin(Math.PI * Math.min(1, Math.max(0, 0.03 + 0.94 * share))));
    const height = tall * rise * (1 - 0.25 * smoothStep(share, 0.6, 1)) * (1 - spikes + spikes * ridge);
    const crest = underHeadwear(height, root.rest, ground);
    const strand: StrandPoint[] = [];
    for (let i = 0; i < ACROSS; i++) {
      const side = (2 * i) / (ACROSS - 1) - 1;
      const level = 1 - Math.abs(side) ** 1.6;
      const lift = level * crest - 0.05 * (1 - level);
      const groove = lockRelief(arc, level * height, 0.11, seed + 5);
      const width = half * (1 - 0.55 * level) * (0.7 + 0.3 * groove) * Math.min(1, rise * 1.4);
      const place = along(root.position, up, lift);
      strand.push({
        position: [place[0] - Math.sign(side) * width * Math.min(1, Math.abs(side) * 6), place[1], place[2]],
        along: level * height,
        across: arc,
        open: 0.3 + 0.7 * groove,
      });
    }
    strands.push(strand);
  }
  mesh.addSheet(strands, false);
}

/** Adds short hair drawn into stiff spikes on top. */
export function addSpiky(mesh: StrandMesh, ground: HairGround): void {
  addCropped(mesh, ground);
  if (ground.cover === 'top' || ground.traits.headwear === 'crown') return;
  const random = ground.random.fork('spikes');
  const long = random.between(0.42, 0.62);
  const top = towards(0.3, Math.PI);
  for (let ring = 0; ring < SPIKE_RINGS; ring++) {
    const count = 5 + ring * 5;
    for (let i = 0; i < count; i++) {
      const turn = (i + random.between(0.3, 0.7)) / count;
      const column = Math.floor(turn * HAIRLINE_COLUMNS) % HAIRLINE_COLUMNS;
      const front = smoothStep(ground.hairline[column][2], 0.3, 0.75);
      // In front spikes grow up to the hairline, elsewhere only on the upper part of the skull.
      const share = ((ring + random.between(0.3, 0.7)) / SPIKE_RINGS) * (0.6 + 0.34 * front);
      const root = ground.chart.at(slerp(top, ground.hairline[column], share));
      if (underHeadwear(1, root.rest, ground) < 1) continue;
      addSpike(mesh, root, long * (0.55 + 0.45 * smoothStep(root.rest[1], 7.5, 8.3)), random);
    }
  }
}

function addSpike(mesh: StrandMesh, root: ChartPoint, height: number, random: RandomStream): void {
  const tall = height * random.between(0.75, 1.15);
  const heading = unit([
    0.7 * root.normal[0] + random.between(-0.15, 0.15),
    root.normal[1] + 0.75,
    0.5 * root.normal[2] + random.between(-0.1, 0.2),
  ]);
  const path: Point[] = [];
  for (let step = 0; step <= 3; step++) {
    const rise = step / 3;
    path.push(along(root.position, unit(mix(root.normal, heading, 0.3 + 0.7 * rise)), tall * rise));
  }
  const wide = random.between(0.17, 0.22);
  mesh.addSheet(
    layTube({
      path,
      sides: 5,
      facing: [0, 0, 1],
      radius: (share, turn) => wide * (1 - share) ** 0.85 * (0.85 + 0.15 * Math.cos(3 * turn)) + 0.001,
      flatness: random.between(0.6, 0.9),
      twistRad: 0.8,
      open: (share, turn) => Math.min(1, 0.15 + share + 0.2 * Math.cos(3 * turn)),
      acrossOffset: random.between(0, 90),
      alongOffset: 0.15,
    }),
    true,
  );
}
