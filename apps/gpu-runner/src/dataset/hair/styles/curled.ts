import { smoothStep } from '../../skin/regions.ts';
import { layCap } from '../cap.ts';
import { cellNoise } from '../cell-noise.ts';
import { type HairGround, underHat } from '../hair-ground.ts';
import { along, minus, type Point, towards, unit } from '../point.ts';
import type { StrandMesh, StrandPoint } from '../strand-mesh.ts';

/** Hair that stands off the skull as a cloud of curls. */
interface Cloud {
  /** Decimeters over the skin. */
  readonly thickness: number;
  /** How far the cloud bulges over its hairline, decimeters. */
  readonly overhang: number;
  readonly curlSize: number;
  readonly curlDepth: number;
}

const ROWS = 34;

/** Adds an afro or shorter curls. */
export function addCurled(mesh: StrandMesh, ground: HairGround): void {
  const cloud = cloudOf(ground);
  const shift = ground.random.between(0, 100);
  const pole = towards(0.25, Math.PI);
  const cap = layCap({
    chart: ground.chart,
    poles: ground.hairline.map(() => pole),
    rim: ground.hairline,
    rows: ROWS,
    rooted: 'pole',
    height: ({ point, share }) => {
      const nape = smoothStep(point.rest[1], 6.4, 7.5);
      const full = cloud.thickness * (0.45 + 0.55 * nape) * (1 - 0.5 * smoothStep(share, 0.8, 1));
      return underHat(full, point.rest[1], ground.cover);
    },
    open: () => 1,
    edgeWidth: () => 0.5 * cloud.thickness,
  });
  for (const strand of cap) bulge(strand, cloud, pole, ground);
  for (const strand of cap) curl(strand, cloud, shift, ground);
  mesh.addSheet(cap, true);
}

function cloudOf({ traits, random }: HairGround): Cloud {
  if (traits.hair === 'afro') {
    return {
      thickness: random.between(0.5, 0.75),
      overhang: random.between(0.16, 0.26),
      curlSize: random.between(0.09, 0.13),
      curlDepth: 0.07,
    };
  }
  return {
    thickness: random.between(0.2, 0.34),
    overhang: random.between(0.08, 0.14),
    curlSize: random.between(0.19, 0.25),
    curlDepth: 0.16,
  };
}

/** Pushes the part above the rim sideways, beyond the hairline, so that the outline is round. */
function bulge(strand: StrandPoint[], cloud: Cloud, pole: Point, ground: HairGround): void {
  const last = strand.length - 1;
  const end = strand[last].position;
  const outward = unit(minus(end, along(ground.hull.center, pole, 0.6)));
  for (let i = 0; i < last; i++) {
    const share = i / last;
    const height = smoothStep(share, 0.45, 0.8) * smoothStep(share, 1, 0.85);
    const position = along(strand[i].position, outward, underHat(cloud.overhang, 7.5, ground.cover) * height);
    strand[i] = { ...strand[i], position };
  }
}

/** Sets single curls on the surface; the creases between them are dark. */
function curl(strand: StrandPoint[], cloud: Cloud, shift: number, ground: HairGround): void {
  const { center } = ground.hull;
  for (let i = 0; i < strand.length - 1; i++) {
    const { position } = strand[i];
    const scale = 1 / cloud.curlSize;
    const bump =
      1 - cellNoise(position[0] * scale + shift, position[1] * scale, position[2] * scale - shift) / 0.75;
    const fade = smoothStep(i / strand.length, 1, 0.9);
    strand[i] = {
      ...strand[i],
      position: along(position, unit(minus(position, center)), cloud.curlDepth * fade * (bump - 0.35)),
      open: Math.min(1, Math.max(0, 0.55 + 0.9 * bump)),
    };
  }
}
