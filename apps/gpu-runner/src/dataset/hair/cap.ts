import { earAt } from '../skin/regions.ts';
import type { ChartPoint, ScalpChart } from './scalp-chart.ts';
import { along as moved, dot, length, minus, type Point, slerp } from './point.ts';
import type { StrandPoint } from './strand-mesh.ts';

/** Hair that lies on the skull: strands on great circles between a pole each and the points of a rim. */
export interface CapShape {
  readonly chart: ScalpChart;
  /** Unit directions where the strands meet: whorl, parting or tie, one for each strand. */
  readonly poles: readonly Point[];
  /** Unit directions where they end on the other side: the hairline. */
  readonly rim: readonly Point[];
  readonly rows: number;
  /** Strands grow from the rim to the pole (hair tied at the pole) instead of from the pole to the rim. */
  readonly rooted: 'pole' | 'rim';
  /** Height over the skin, decimeters, before the edge is rounded off. */
  height(at: CapPlace): number;
  /** How open to the light, in [0, 1]. */
  open(at: CapPlace): number;
  /** Width over which the height falls to nothing at the rim; 0 leaves the rim open for a strand to go on. */
  edgeWidth(strand: number): number;
}

/** Where on the cap a height is asked for. */
export interface CapPlace {
  readonly point: ChartPoint;
  /** Number of the strand. */
  readonly strand: number;
  /** 0 at the pole, 1 at the rim. */
  readonly share: number;
  /** Decimeters from the pole, and along the rim. */
  readonly fromPole: number;
  readonly across: number;
}

const SUNK = -0.03;

/** Lays the strands of a cap, each from its pole to the rim. */
export function layCap(shape: CapShape): StrandPoint[][] {
  const { chart, poles, rim, rows } = shape;
  let across = 0;
  return rim.map((end, strand) => {
    const before = rim[Math.max(0, strand - 1)];
    across += length(minus(end, before));
    const angle = Math.acos(Math.max(-1, Math.min(1, dot(poles[strand], end))));
    const edgeWidth = shape.edgeWidth(strand);
    const points: StrandPoint[] = [];
    for (let row = 0; row < rows; row++) {
      // Rows lie closer at the rim, where the height falls.
      const share = 1 - (1 - row / (rows - 1)) ** 1.5;
      const point = chart.at(slerp(poles[strand], end, share));
      const at: CapPlace = { point, strand, share, fromPole: share * angle, across };
      const edge = edgeWidth > 0 ? roundEdge(((1 - share) * angle) / edgeWidth) : 1;
      const [x, y, z] = point.rest;
      const lift = edge * (1 - earAt(x, y, z));
      const height = SUNK * (1 - lift) + lift * shape.height(at);
      points.push({
        position: moved(point.position, point.normal, height),
        along: shape.rooted === 'pole' ? at.fromPole : angle - at.fromPole,
        across,
        open: shape.open(at),
      });
    }
    return points;
  });
}

/** Quarter circle from 0 at 0 to 1 at 1 and beyond. */
function roundEdge(share: number): number {
  const rest = Math.max(0, 1 - share);
  return Math.sqrt(1 - rest * rest);
}
