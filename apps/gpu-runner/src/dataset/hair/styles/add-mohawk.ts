import { smoothStep } from '../../skin/regions.ts';
import { HAIRLINE_COLUMNS, type HairGround } from '../hair-ground.ts';
import { lockRelief } from '../lock-relief.ts';
import { along, type Point, towards, unit } from '../point.ts';
import type { StrandMesh, StrandPoint } from '../strand-mesh.ts';
import { underHeadwear } from '../under-headwear.ts';
import { addCropped } from './add-cropped.ts';

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
