import type { RandomStream } from '../../../tensor/random.ts';
import { lockRelief } from '../lock-relief.ts';
import { along, minus, type Point, unit } from '../point.ts';
import { CHART_CENTER, type ScalpChart } from '../scalp-chart.ts';
import type { StrandMesh } from '../strand-mesh.ts';
import { layTube } from '../tube.ts';

/** Rest places of the line along which one half of a mustache lies, from under the nose to the corner of the mouth. */
const LINE: readonly (readonly [number, number, number])[] = [
  [0.012, 6.79, 1.6],
  [0.07, 6.79, 1.58],
  [0.13, 6.775, 1.56],
  [0.19, 6.75, 1.53],
  [0.255, 6.705, 1.47],
  [0.32, 6.645, 1.4],
];
const DROOP: readonly (readonly [number, number, number])[] = [
  [0.345, 6.58, 1.37],
  [0.36, 6.51, 1.33],
];

/** How a mustache is worn. */
export interface Mustache {
  readonly width: number;
  /** 'plain' ends at the corners of the mouth, 'drooping' below them, 'curled' turns up in two spirals. */
  readonly ends: 'plain' | 'drooping' | 'curled';
}

/** Adds the two lobes of a mustache over the upper lip of a posed face. */
export function addMustache(
  mesh: StrandMesh,
  chart: ScalpChart,
  mustache: Mustache,
  random: RandomStream,
): void {
  const seed = random.between(0, 500);
  const curl = random.between(0.09, 0.13);
  for (const side of [-1, 1]) {
    const rest = mustache.ends === 'drooping' ? [...LINE, ...DROOP] : LINE;
    const path = rest.map(([x, y, z]) => {
      const skin = chart.at(unit(minus([x * side, y, z], CHART_CENTER)));
      return along(skin.position, [side * 0.1, 0, 1], mustache.width * 0.35);
    });
    if (mustache.ends === 'curled') path.push(...spiral(path[path.length - 1], side, curl));
    const groove = (share: number, turn: number): number => lockRelief(turn * 0.06, share, 0.075, seed);
    const curled = mustache.ends === 'curled';
    mesh.addSheet(
      layTube({
        path,
        sides: 12,
        facing: [0, 0, 1],
        radius: (share, turn) => {
          const swell = Math.min(1, 0.45 + 3.5 * share);
          const tip = curled ? 0.18 + 0.82 * Math.max(0, 1 - share / 0.55) : Math.sqrt(1 - share ** 3);
          return mustache.width * (swell * tip * (0.8 + 0.25 * groove(share, turn)) + 0.02);
        },
        flatness: 0.85,
        twistRad: 0,
        open: (share, turn) => 0.3 + 0.7 * groove(share, turn),
        acrossOffset: random.between(0, 90),
        alongOffset: 0.3,
      }),
      true,
    );
  }
}

/** Leads a tip outward and round upward, back over itself. */
function spiral(start: Point, side: number, radius: number): Point[] {
  const points: Point[] = [];
  const out = 0.1;
  points.push([start[0] + side * out, start[1] - 0.01, start[2] - 0.03]);
  const center: Point = [start[0] + side * (out + 0.03), start[1] - 0.01 + radius, start[2] - 0.04];
  for (let i = 1; i <= 12; i++) {
    const angle = -Math.PI / 2 + (i / 12) * 1.55 * Math.PI;
    const shrink = radius * (1 - 0.35 * (i / 12));
    points.push([
      center[0] + side * Math.cos(angle) * shrink,
      center[1] + Math.sin(angle) * shrink,
      center[2] + 0.02 * (i / 12),
    ]);
  }
  return points;
}
