import type { RandomStream } from '../../tensor/random.ts';
import type { Material, Part } from '../part.ts';
import { along, cross, type Point, unit } from './point.ts';
import type { Tie } from './styles/tie.ts';

const AROUND = 16;
const SIDES = 6;
const COLORS: readonly (readonly [number, number, number])[] = [
  [0.08, 0.08, 0.09],
  [0.7, 0.1, 0.14],
  [0.85, 0.35, 0.55],
  [0.15, 0.3, 0.65],
  [0.85, 0.84, 0.8],
];

/** Makes the elastic bands that hold tails, braids and buns: rings of one color. */
export function tieBands(ties: readonly Tie[], random: RandomStream): Part {
  const positions: number[] = [];
  const indices: number[] = [];
  for (const tie of ties) addRing(tie, positions, indices);
  return {
    name: 'hair tie',
    mesh: { positions: Float32Array.from(positions), indices: Uint32Array.from(indices) },
    channels: new Float32Array(0),
    channelCount: 0,
    material: bandMaterial(COLORS[random.integer(0, COLORS.length - 1)]),
  };
}

function addRing(tie: Tie, positions: number[], indices: number[]): void {
  const first = positions.length / 3;
  const axis = unit(tie.heading);
  const right = unit(cross(axis, Math.abs(axis[1]) < 0.9 ? [0, 1, 0] : [0, 0, 1]));
  const front = cross(right, axis);
  const thick = 0.05;
  for (let i = 0; i < AROUND; i++) {
    const turn = (i / AROUND) * 2 * Math.PI;
    const out: Point = along([0, 0, 0], right, Math.cos(turn));
    const spoke = along(out, front, Math.sin(turn));
    for (let j = 0; j < SIDES; j++) {
      const angle = (j / SIDES) * 2 * Math.PI;
      const ring = along(tie.place, spoke, tie.radius * 1.15 + thick * Math.cos(angle));
      positions.push(...along(ring, axis, thick * 1.3 * Math.sin(angle)));
      const a = first + i * SIDES + j;
      const b = first + i * SIDES + ((j + 1) % SIDES);
      const c = first + ((i + 1) % AROUND) * SIDES + j;
      const d = first + ((i + 1) % AROUND) * SIDES + ((j + 1) % SIDES);
      indices.push(a, c, d, a, d, b);
    }
  }
}

function bandMaterial(color: readonly [number, number, number]): Material {
  return {
    shade: (point) => {
      point.red = color[0];
      point.green = color[1];
      point.blue = color[2];
      point.gloss = 0.15;
    },
  };
}
