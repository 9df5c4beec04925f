import { along, cross, dot, minus, type Point, unit } from './point.ts';
import type { StrandPoint } from './strand-mesh.ts';

/** A lock, tail or braid strand: a tube around a path. */
export interface TubeShape {
  readonly path: readonly Point[];
  readonly sides: number;
  /** A direction that the tube's first side faces, at the start. */
  readonly facing: Point;
  /** Half width across and toward `facing`, decimeters, at `share` of the length and angle `turn` around. */
  radius(share: number, turn: number): number;
  /** Thickness toward `facing` relative to the width. */
  readonly flatness: number;
  /** Turns around the path from its start to its end, radians. */
  readonly twistRad: number;
  open(share: number, turn: number): number;
  /** Added to `across`, so that neighboring tubes differ. */
  readonly acrossOffset: number;
  /** Added to `along`. */
  readonly alongOffset: number;
}

/** Sweeps a tube; the strands run along it. Sides: closed ring, facing out. */
export function layTube(shape: TubeShape): StrandPoint[][] {
  const { path, sides } = shape;
  const frames = framesOf(path, shape.facing);
  const strands: StrandPoint[][] = [];
  const distances = distancesOf(path);
  const whole = distances[distances.length - 1] || 1;
  for (let side = 0; side < sides; side++) {
    const strand: StrandPoint[] = [];
    for (let i = 0; i < path.length; i++) {
      const share = distances[i] / whole;
      const turn = (side / sides) * 2 * Math.PI;
      const angle = turn + shape.twistRad * share;
      const radius = shape.radius(share, turn);
      const { normal, binormal } = frames[i];
      const out = along(path[i], normal, Math.cos(angle) * radius * shape.flatness);
      strand.push({
        position: along(out, binormal, Math.sin(angle) * radius),
        along: shape.alongOffset + distances[i],
        across: shape.acrossOffset + turn * 0.12,
        open: shape.open(share, turn),
      });
    }
    strands.push(strand);
  }
  return strands;
}

/** Normals carried along the path without turning around it, and what completes them. */
function framesOf(path: readonly Point[], facing: Point): { normal: Point; binormal: Point }[] {
  let normal = facing;
  return path.map((_, i) => {
    const tangent = unit(minus(path[Math.min(path.length - 1, i + 1)], path[Math.max(0, i - 1)]));
    normal = unit(along(normal, tangent, -dot(normal, tangent)));
    // Strand numbers rise to the right of a strand that runs downward, seen from outside.
    return { normal, binormal: cross(normal, tangent) };
  });
}

function distancesOf(path: readonly Point[]): number[] {
  let sum = 0;
  return path.map((point, i) => {
    if (i > 0) sum += Math.hypot(...minus(point, path[i - 1]));
    return sum;
  });
}
