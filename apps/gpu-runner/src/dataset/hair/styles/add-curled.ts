import { smoothStep } from '../../skin/regions.ts';
import { cellNoise } from '../cell-noise.ts';
import type { HairGround } from '../hair-ground.ts';
import { along, dot, length, minus, mix, type Point, slerp, towards, unit } from '../point.ts';
import type { StrandMesh, StrandPoint } from '../strand-mesh.ts';
import { underHeadwear } from '../under-headwear.ts';

/** Hair that stands off the skull as a cloud of curls. */
interface Cloud {
  /** Decimeters over the skin, where the cloud follows the skull. */
  readonly thickness: number;
  /** Radius of the ball that it is drawn toward, decimeters, and how much, in [0, 1]. */
  readonly ball: number;
  readonly roundness: number;
  /** How far it bulges over the hairline at the sides and the back: 1 is not at all. */
  readonly overhang: number;
  readonly curlSize: number;
  readonly curlDepth: number;
  /** Shifts the pattern of curls. */
  readonly shift: number;
}

const ROWS = 40;
/** Share of the rows that lie on the outside; the others lead back under the bulge to the hairline. */
const OUTSIDE = 0.8;

/** Adds an afro or shorter curls. */
export function addCurled(mesh: StrandMesh, ground: HairGround): void {
  const cloud = cloudOf(ground);
  const pole = towards(0.3, Math.PI);
  let across = 0;
  const strands = ground.hairline.map((rim, k) => {
    across += length(minus(rim, ground.hairline[Math.max(0, k - 1)]));
    return cloudStrand(ground, cloud, pole, rim, across);
  });
  mesh.addSheet(strands, true);
}

function cloudOf({ traits, random }: HairGround): Cloud {
  if (traits.hair === 'afro') {
    return {
      thickness: 0.5,
      ball: random.between(1.42, 1.68),
      roundness: 0.85,
      overhang: random.between(1.1, 1.16),
      curlSize: random.between(0.24, 0.3),
      curlDepth: random.between(0.1, 0.14),
      shift: random.between(0, 100),
    };
  }
  return {
    thickness: random.between(0.2, 0.32),
    ball: random.between(1.2, 1.32),
    roundness: 0.35,
    overhang: random.between(1.04, 1.1),
    curlSize: random.between(0.2, 0.27),
    curlDepth: random.between(0.15, 0.2),
    shift: random.between(0, 100),
  };
}

function cloudStrand(
  ground: HairGround,
  cloud: Cloud,
  pole: Point,
  rim: Point,
  across: number,
): StrandPoint[] {
  const { chart, hull } = ground;
  const middle: Point = [hull.center[0], hull.center[1] + 0.1, hull.center[2] - 0.05];
  const angle = Math.acos(Math.max(-1, Math.min(1, dot(pole, rim))));
  // Around the face the cloud rounds off before the hairline; at the sides and the back it hangs over it.
  const reach = 0.86 + (cloud.overhang - 0.86) * smoothStep(rim[2], 0.7, 0.1);
  const wall = unit(along(rim, pole, -dot(pole, rim)));
  const strand: StrandPoint[] = [];
  for (let row = 0; row < ROWS; row++) {
    const share = row / (ROWS - 1);
    const back = Math.max(0, (share - OUTSIDE) / (1 - OUTSIDE));
    const turn = back > 0 ? reach + (1 - reach) * back : (reach * share) / OUTSIDE;
    const skin = chart.at(slerp(pole, rim, turn));
    const follow = along(skin.position, skin.normal, cloud.thickness);
    const heading = unit(minus(follow, middle));
    const round = mix(follow, along(middle, heading, cloud.ball), cloud.roundness);
    const tall = length(minus(round, skin.position));
    const free = underHeadwear(tall, skin.rest, ground) / tall;
    const lift = Math.sqrt(1 - back * back) * free;
    const sunk = along(skin.position, skin.normal, back > 0.9 ? -0.03 : 0.012);
    const place = mix(sunk, round, lift);
    const bump = curlBump(place, cloud);
    // Curls stand on the outside and, under the bulge, on the wall that leads back to the hairline.
    const facing = unit(along(heading, wall, 2 * back));
    strand.push({
      position: along(place, facing, cloud.curlDepth * Math.min(1, 3 * lift) * (bump - 0.35)),
      along: 0.1 + angle * turn,
      across,
      open: Math.min(1, Math.max(0, 0.5 + 0.9 * bump)) * (1 - 0.5 * back),
    });
  }
  return strand;
}

/** Round bumps, about 1 on top of a curl and below 0 in the creases. */
function curlBump(place: Point, cloud: Cloud): number {
  const scale = 1 / cloud.curlSize;
  const distance = cellNoise(
    place[0] * scale + cloud.shift,
    place[1] * scale,
    place[2] * scale - cloud.shift,
  );
  return 1 - distance / 0.75;
}
