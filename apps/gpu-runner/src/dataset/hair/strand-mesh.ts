import type { Material, Part } from '../part.ts';
import { cross, length, minus, type Point, unit } from './point.ts';

/** What `strand-material.ts` reads at each vertex. */
export const STRAND_CHANNELS = {
  /** Decimeters along the strand from its root. */
  along: 0,
  /** Decimeters across the strands: one strand keeps its value. */
  across: 1,
  /** 1 in the light, down to 0 in gaps between locks. */
  open: 2,
  /** Unit tangent of the strand, posed. */
  tangent: 3,
  count: 6,
} as const;

/** One vertex of a surface made of strands. */
export interface StrandPoint {
  readonly position: Point;
  readonly along: number;
  readonly across: number;
  readonly open: number;
}

/** Collects surfaces of hair. */
export interface StrandMesh {
  /**
   * Adds a grid: rows[i][j] is point i along strand j. Triangles face to the side from which strands run downward and
   * their numbers rise to the right. `closed` joins the last strand to the first.
   */
  addSheet(strands: readonly (readonly StrandPoint[])[], closed?: boolean): void;
  /** Adds triangles as they are; each vertex brings its own tangent. */
  addSurface(
    points: readonly (StrandPoint & { readonly tangent: Point })[],
    triangles: readonly number[],
  ): void;
  triangleCount(): number;
  toPart(name: string, material: Material): Part;
}

/** Starts an empty collection. */
export function createStrandMesh(): StrandMesh {
  const positions: number[] = [];
  const channels: number[] = [];
  const indices: number[] = [];
  const addPoint = ({ position, along, across, open }: StrandPoint, tangent: Point): void => {
    positions.push(position[0], position[1], position[2]);
    channels.push(along, across, open, tangent[0], tangent[1], tangent[2]);
  };
  const addStrand = (strand: readonly StrandPoint[]): void => {
    for (let i = 0; i < strand.length; i++) {
      const tangent = unit(
        minus(strand[Math.min(strand.length - 1, i + 1)].position, strand[Math.max(0, i - 1)].position),
      );
      addPoint(strand[i], tangent);
    }
  };
  return {
    addSheet: (strands, closed = false) => {
      const first = positions.length / 3;
      const rows = strands[0].length;
      for (const strand of strands) addStrand(strand);
      const last = closed ? strands.length : strands.length - 1;
      for (let j = 0; j < last; j++) {
        const here = strands[j];
        const right = strands[(j + 1) % strands.length];
        const a = first + j * rows;
        const b = first + ((j + 1) % strands.length) * rows;
        for (let i = 0; i + 1 < rows; i++) {
          if (!flat(here[i].position, here[i + 1].position, right[i + 1].position)) {
            indices.push(a + i, a + i + 1, b + i + 1);
          }
          if (!flat(here[i].position, right[i + 1].position, right[i].position)) {
            indices.push(a + i, b + i + 1, b + i);
          }
        }
      }
    },
    addSurface: (points, triangles) => {
      const first = positions.length / 3;
      for (const point of points) addPoint(point, point.tangent);
      for (const vertex of triangles) indices.push(first + vertex);
    },
    triangleCount: () => indices.length / 3,
    toPart: (name, material) => ({
      name,
      mesh: { positions: Float32Array.from(positions), indices: Uint32Array.from(indices) },
      channels: Float32Array.from(channels),
      channelCount: STRAND_CHANNELS.count,
      material,
    }),
  };
}

/** Triangles without area, as at the pole of a cap, are left out. */
function flat(a: Point, b: Point, c: Point): boolean {
  return length(cross(minus(b, a), minus(c, a))) < 1e-7;
}
