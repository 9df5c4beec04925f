import type { HairGround } from '../hair-ground.ts';
import { hangStrand } from '../hang-strand.ts';
import { along, mix, type Point, towards, unit } from '../point.ts';
import type { StrandMesh } from '../strand-mesh.ts';
import { addBraid } from './add-braid.ts';
import { addBun } from './add-bun.ts';
import { addTail } from './add-tail.ts';
import { combTo } from './comb-to.ts';
import { type Tie, tieAt } from './tie.ts';

/** Adds hair that is combed to one tie at the back, or to one on each side; returns the ties, for their bands. */
export function addTied(mesh: StrandMesh, ground: HairGround): Tie[] {
  switch (ground.traits.hair) {
    case 'bun':
      return addKnot(mesh, ground);
    case 'pigtails':
      return [-1, 1].flatMap((side) => addSide(mesh, ground, side === 1 ? 1 : -1, false));
    case 'braids':
      return [-1, 1].flatMap((side) => addSide(mesh, ground, side === 1 ? 1 : -1, true));
    default:
      return addPonytail(mesh, ground);
  }
}

function addPonytail(mesh: StrandMesh, ground: HairGround): Tie[] {
  const random = ground.random.fork('ponytail');
  const high = ground.cover === 'none' ? random.between(0.42, 0.75) : 1.6;
  const pole = towards(high, Math.PI);
  combTo(mesh, ground, pole, 0);
  const up = high < 1.3 ? 0.85 : 0;
  const tie = tieAt(
    ground,
    pole,
    [random.between(0.15, 0.5) * (random.uniform() < 0.5 ? -1 : 1), up, -0.8],
    0.13,
  );
  addTail(mesh, ground, tie, random.between(1.9, 2.5), random);
  return [tie];
}

function addKnot(mesh: StrandMesh, ground: HairGround): Tie[] {
  const random = ground.random.fork('bun');
  const pole = towards(ground.cover === 'none' ? random.between(0.25, 0.85) : 1.75, Math.PI);
  combTo(mesh, ground, pole, 0);
  const { position, normal } = ground.chart.at(pole);
  const axis = unit(mix(normal, [0, ground.cover === 'none' ? 1 : 0, -0.3], 0.35));
  const radius = random.between(0.34, 0.44);
  addBun(mesh, along(position, axis, 0.08 + radius * 0.75), axis, radius, random);
  return [{ place: along(position, axis, 0.12), heading: axis, radius: radius * 0.62 }];
}

function addSide(mesh: StrandMesh, ground: HairGround, side: -1 | 1, braided: boolean): Tie[] {
  // Both sides draw from the same stream, so that they match.
  const random = ground.random.fork('sides');
  const low = ground.cover !== 'none' || braided;
  const pole = towards(low ? 1.85 : random.between(0.95, 1.2), side * (braided ? 2.05 : 1.75));
  combTo(mesh, ground, pole, side);
  const heading: Point = braided ? [side * 0.12, -0.9, 0.1] : [side, low ? 0 : 0.45, -0.1];
  const tie = tieAt(ground, pole, heading, braided ? 0.12 : 0.11);
  if (!braided) {
    addTail(mesh, ground, tie, random.between(1.1, 1.6), random);
    return [tie];
  }
  const path = hangStrand(tie.place, tie.heading, ground.hull, {
    length: random.between(1.45, 1.75),
    steps: 38,
    margin: 0.02,
    weight: 0.2,
  });
  // Braids come forward over the shoulders.
  const forward = path.map((point, i): Point => {
    const share = i / (path.length - 1);
    return [point[0], point[1], point[2] + 0.55 * share * share + 0.1 * share];
  });
  const shaped = [along(tie.place, tie.heading, -0.15), tie.place, ...forward];
  const width = random.between(0.17, 0.21);
  addBraid(mesh, shaped, width, random);
  const end = shaped[shaped.length - 3];
  return [{ place: end, heading: [0, -1, 0], radius: width * 0.42 }];
}
