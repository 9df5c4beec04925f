import type { RandomStream } from '../../tensor/random.ts';
import type { HeadForm } from '../head-form.ts';
import type { Part } from '../part.ts';
import { addGrid } from '../wear/add-grid.ts';
import { type Color, mixColor, scaleColor } from '../wear/colors.ts';
import { createPiece, finishPiece, type Piece } from '../wear/piece.ts';
import { addHorn } from './add-horn.ts';
import { furMaterial } from './materials.ts';
import { surfaceAt } from './surface-at.ts';

const GOLDEN: Color = [0.72, 0.46, 0.18];
const DARK: Color = [0.26, 0.14, 0.07];
const COLUMNS = 72;

/** Builds a mane: a body of fur from the rim of the face over the back of the head, with locks all over it. */
export function lionMane(form: HeadForm, random: RandomStream): Part[] {
  const root = mixColor(GOLDEN, DARK, random.uniform());
  const tip = mixColor(scaleColor(root, 1.15), DARK, random.between(0, 0.5));
  const body = createPiece();
  const size = random.between(0.9, 1.12);
  const rim = faceRim(form);
  addBody(body, rim, size, random.fork('body'));
  const locks = createPiece();
  addLocks(locks, rim, size, random.fork('locks'));
  const fur = furMaterial(root, tip, 14);
  return [finishPiece('mane', body, fur), finishPiece('mane locks', locks, furMaterial(root, tip, 3))];
}

/** [COLUMNS, 3] the line around the face that the mane grows from: forehead, temples, cheeks, throat. */
function faceRim(form: HeadForm): Float32Array {
  const rim = new Float32Array(COLUMNS * 3);
  for (let i = 0; i < COLUMNS; i++) {
    const angle = (2 * Math.PI * i) / COLUMNS;
    const low = Math.max(0, -Math.cos(angle));
    const { at } = surfaceAt(form, 0.66 * Math.sin(angle), 7.25 + 0.95 * Math.cos(angle) - 0.1 * low, 0.95);
    rim.set(at, 3 * i);
  }
  // The nearest vertices jump from row to row of the mesh: evened out along the line.
  for (let pass = 0; pass < 3; pass++) {
    const before = rim.slice();
    for (let i = 0; i < COLUMNS; i++) {
      for (let k = 0; k < 3; k++) {
        const previous = before[((i + COLUMNS - 1) % COLUMNS) * 3 + k];
        const next = before[((i + 1) % COLUMNS) * 3 + k];
        rim[3 * i + k] = 0.5 * before[3 * i + k] + 0.25 * (previous + next);
      }
    }
  }
  return rim;
}

/** Where the mane stands at an angle around the face and a share of the way from the rim (0) to the nape (1). */
function manePlace(rim: Float32Array, angle: number, v: number, size: number, out: number[]): void {
  const at = (((angle / (2 * Math.PI)) * COLUMNS) % COLUMNS) + COLUMNS;
  const i = Math.floor(at) % COLUMNS;
  const j = (i + 1) % COLUMNS;
  const share = at - Math.floor(at);
  const low = Math.max(0, -Math.cos(angle));
  // Out from the rim, widest a third of the way, then together again behind the head.
  const reach = size * (0.5 + 0.35 * low) * Math.sin(Math.PI * Math.min(1, 0.08 + v * 0.62)) ** 0.8;
  const close = Math.max(0, v - 0.45) / 0.55;
  const back = -0.12 + 1.65 * v ** 1.1;
  const shrink = 1 - close * close;
  const middleY = 7.2;
  const x = rim[3 * i] + (rim[3 * j] - rim[3 * i]) * share;
  const y = rim[3 * i + 1] + (rim[3 * j + 1] - rim[3 * i + 1]) * share;
  const z = rim[3 * i + 2] + (rim[3 * j + 2] - rim[3 * i + 2]) * share;
  const dx = x + Math.sin(angle) * reach;
  const dy = y - middleY + Math.cos(angle) * reach;
  out[0] = dx * shrink;
  out[1] = middleY + dy * shrink - 0.12 * close;
  out[2] = z - back * (1 - 0.35 * low) - 0.05;
}

function addBody(piece: Piece, rim: Float32Array, size: number, random: RandomStream): void {
  const lengths = Float32Array.from({ length: COLUMNS }, () => random.between(0.9, 1.08));
  addGrid(piece, {
    columns: COLUMNS,
    rows: 12,
    closed: true,
    flipped: true,
    place: (u, v, out) => {
      const column = Math.round((u / (2 * Math.PI)) * COLUMNS) % COLUMNS;
      manePlace(rim, u, v, size * lengths[column], out);
      out[3] = column * 0.7;
    },
  });
}

function addLocks(piece: Piece, rim: Float32Array, size: number, random: RandomStream): void {
  const root: [number, number, number] = [0, 0, 0];
  const ahead: [number, number, number] = [0, 0, 0];
  for (let row = 0; row < 4; row++) {
    const count = 26 - 3 * row;
    for (let i = 0; i < count; i++) {
      const angle = ((i + random.uniform() * 0.8) / count) * 2 * Math.PI;
      const v = 0.03 + row * 0.17 + random.between(0, 0.06);
      manePlace(rim, angle, v, size, root);
      manePlace(rim, angle, v + 0.1, size, ahead);
      const flow = ahead.map((value, k) => value - root[k]) as [number, number, number];
      const outX = Math.sin(angle) * 0.16;
      const outY = Math.cos(angle) * 0.16;
      addHorn(piece, {
        root: [root[0] - outX * 0.3, root[1] - outY * 0.3, root[2]],
        from: [flow[0] + outX, flow[1] + outY, flow[2] * 0.5 + 0.04],
        to: [flow[0] + outX * 0.6, flow[1] + outY * 0.6 - 0.12, flow[2]],
        length: random.between(0.34, 0.55) * size,
        radius: 0.13,
        tip: 0.02,
        segments: 5,
        sides: 4,
      });
    }
  }
}
