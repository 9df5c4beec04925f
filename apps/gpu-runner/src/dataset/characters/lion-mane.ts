import type { RandomStream } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import { valueNoise } from '../noise.ts';
import type { Part } from '../part.ts';
import { addGrid } from '../wear/add-grid.ts';
import { type Color, mixColor, scaleColor } from '../wear/colors.ts';
import { createPiece, finishPiece, type Piece } from '../wear/piece.ts';
import { addHorn } from './add-horn.ts';
import { furMaterial } from './materials.ts';

const GOLDEN: Color = [0.72, 0.46, 0.18];
const DARK: Color = [0.26, 0.14, 0.07];
/** Half axes and middle of the body of fur; the face looks out of its front. Decimeters. */
const RADII = [1.12, 1.42, 1] as const;
const MIDDLE = [0, 7.12, 0.28] as const;

/** Builds a mane: a body of fur around the head that the face looks out of, with locks all over it. */
export function lionMane(form: HeadForm, random: RandomStream): Part[] {
  const root = mixColor(GOLDEN, DARK, random.uniform());
  const tip = mixColor(scaleColor(root, 1.15), DARK, random.between(0, 0.5));
  const size = random.between(0.94, 1.08);
  const seed = random.uniform() * 40;
  const place = manePlace(form, size, seed);
  const body = createPiece();
  addGrid(body, {
    columns: 36,
    rows: 16,
    closed: true,
    flipped: true,
    // The front pole and what is near it lies inside the head.
    vRange: [0.16, 1],
    place: (u, v, out) => {
      place(u, v, out);
      out[3] = seed;
    },
  });
  const locks = createPiece();
  addLocks(locks, place, size, random.fork('locks'));
  const fur = furMaterial(scaleColor(root, 0.75), root, 16);
  return [finishPiece('mane', body, fur), finishPiece('mane locks', locks, furMaterial(root, tip, 3))];
}

type Place = (u: number, v: number, out: number[]) => void;

/** The surface of the body by the angle around the line of sight and the share of the way from face to back. */
function manePlace(form: HeadForm, size: number, seed: number): Place {
  const lift = form.places.crown[1] - 8.45;
  return (u, v, out) => {
    const polar = Math.PI * v;
    const x = Math.sin(polar) * Math.sin(u);
    const y = Math.sin(polar) * Math.cos(u);
    const z = Math.cos(polar);
    const bump = size * (1 + 0.06 * valueNoise(x * 4 + seed, y * 4, z * 4));
    out[0] = MIDDLE[0] + RADII[0] * bump * x * (1 - 0.12 * Math.max(0, y));
    out[1] = MIDDLE[1] + lift * 0.5 + RADII[1] * bump * y * (y < 0 ? 1.12 : 1);
    out[2] = MIDDLE[2] + RADII[2] * bump * z + (y < 0 ? 0.12 * y : 0.06 * y);
  };
}

function addLocks(piece: Piece, place: Place, size: number, random: RandomStream): void {
  const root: [number, number, number] = [0, 0, 0];
  const ahead: [number, number, number] = [0, 0, 0];
  const rows = 7;
  for (let row = 0; row < rows; row++) {
    const v0 = 0.3 + (0.6 * row) / (rows - 1);
    const count = Math.round(29 * Math.sin(Math.PI * Math.min(v0, 0.85)) + 1);
    for (let i = 0; i < count; i++) {
      const u = ((i + 0.5 * (row % 2) + random.uniform() * 0.7) / count) * 2 * Math.PI;
      const v = v0 + random.between(-0.03, 0.03);
      place(u, v, root);
      place(u, v + 0.05, ahead);
      const flow = ahead.map((value, k) => value - root[k]);
      const scale = 1 / Math.hypot(flow[0], flow[1], flow[2]);
      const [fx, fy, fz] = flow.map((value) => value * scale);
      // Away from the face, a little out of the body, and down by their weight.
      const outX = 0.5 * Math.sin(u);
      const outY = 0.5 * Math.cos(u);
      addHorn(piece, {
        root: [root[0] - outX * 0.12, root[1] - outY * 0.12, root[2] - 0.03 * row * fz],
        from: [fx + outX, fy + outY - 0.15, fz * 0.8],
        to: [fx * 0.7 + outX * 0.5, fy * 0.5 + outY * 0.3 - 0.75, fz],
        length: random.between(0.5, 0.8) * size,
        radius: 0.13,
        tip: 0.02,
        segments: 4,
        sides: 3,
      });
    }
  }
}
