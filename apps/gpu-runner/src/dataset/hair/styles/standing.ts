import { smoothStep } from '../../skin/regions.ts';
import { azimuthOf, type HairGround, HAIRLINE_COLUMNS, underHat } from '../hair-ground.ts';
import { lockRelief } from '../lock-relief.ts';
import { along, mix, type Point, slerp, towards, unit } from '../point.ts';
import type { StrandMesh, StrandPoint } from '../strand-mesh.ts';
import { layTube } from '../tube.ts';
import { addCropped } from './cropped.ts';

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
  const half = random.between(0.13, 0.2);
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
    const strand: StrandPoint[] = [];
    for (let i = 0; i < ACROSS; i++) {
      const side = (2 * i) / (ACROSS - 1) - 1;
      const level = 1 - Math.abs(side) ** 1.6;
      const lift = level * height - 0.05 * (1 - level);
      const groove = lockRelief(arc, level * height, 0.11, seed + 5);
      const width = half * (1 - 0.72 * level) * (0.7 + 0.3 * groove) * Math.min(1, rise * 1.4);
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

/** Adds short hair drawn into stiff spikes. */
export function addSpiky(mesh: StrandMesh, ground: HairGround): void {
  addCropped(mesh, ground);
  if (ground.cover === 'top') return;
  const random = ground.random.fork('spikes');
  const whorl = towards(0.5, Math.PI);
  const rings = 7;
  for (let ring = 0; ring < rings; ring++) {
    const count = 6 + ring * 3;
    for (let i = 0; i < count; i++) {
      const column = ((i + random.between(0.2, 0.8)) / count) * HAIRLINE_COLUMNS;
      const rim = ground.hairline[Math.floor(column) % HAIRLINE_COLUMNS];
      const azimuth = azimuthOf(column);
      const share = (ring + random.between(0.25, 0.75)) / rings;
      const root = ground.chart.at(slerp(whorl, rim, Math.min(0.93, share * 0.97)));
      const top = smoothStep(root.rest[1], 7.2, 8.1);
      const front = smoothStep(root.rest[2], 0.7, 1.3);
      const height = random.between(0.8, 1.2) * (0.13 + 0.3 * top + 0.08 * front * top);
      const rake: Point = [0.25 * Math.sin(azimuth), 0.55, 0.1 + 0.3 * front];
      const heading = unit(along(root.normal, rake, 0.8));
      const path: Point[] = [];
      for (let step = 0; step <= 3; step++) {
        const rise = step / 3;
        const direction = unit(mix(root.normal, heading, rise));
        path.push(along(root.position, direction, underHat(height, root.rest[1], ground.cover) * rise));
      }
      const wide = random.between(0.09, 0.13);
      mesh.addSheet(
        layTube({
          path,
          sides: 6,
          facing: [0, 0, 1],
          radius: (s) => wide * (1 - s) ** 0.8 + 0.001,
          flatness: random.between(0.6, 1),
          twistRad: 0,
          open: (s) => 0.3 + 0.7 * s,
          acrossOffset: random.between(0, 90),
          alongOffset: 0.15,
        }),
        true,
      );
    }
  }
}
