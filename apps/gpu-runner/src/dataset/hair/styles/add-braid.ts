import type { RandomStream } from '../../../tensor/random.ts';
import { along, cross, type Point, unit } from '../point.ts';
import type { StrandMesh } from '../strand-mesh.ts';
import { layTube } from '../tube.ts';

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
