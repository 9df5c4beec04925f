import type { HeadForm } from '../head-form.ts';
import { clipPiece } from './clip-piece.ts';
import { createPiece, type Piece } from './piece.ts';

/** A thin cloth that lies on the skin. */
export interface SkinSheetSpec {
  /** Above 0 where there is cloth, by rest place; about a distance in decimeters. */
  readonly field: (restX: number, restY: number, restZ: number) => number;
  /** Decimeters between skin and cloth. */
  readonly lift: number;
}

/** Makes a copy of part of the skin, lifted and cut cleanly. u is rest x, v rest y, extra the field. */
export function skinSheet(form: HeadForm, spec: SkinSheetSpec): Piece {
  const { positions, normals, rest, masks, indices } = form;
  const sheet = createPiece();
  const places = new Int32Array(rest.length / 3).fill(-1);
  const fields = new Float32Array(rest.length / 3).fill(Number.NaN);
  const fieldAt = (v: number): number => {
    if (Number.isNaN(fields[v])) fields[v] = spec.field(rest[3 * v], rest[3 * v + 1], rest[3 * v + 2]);
    return fields[v];
  };
  const place = (v: number): number => {
    if (places[v] >= 0) return places[v];
    places[v] = sheet.positions.length / 3;
    for (let k = 0; k < 3; k++) sheet.positions.push(positions[3 * v + k] + spec.lift * normals[3 * v + k]);
    sheet.channels.push(Math.cos(rest[3 * v]), Math.sin(rest[3 * v]), rest[3 * v + 1], 1, 0, 0, fieldAt(v));
    return places[v];
  };
  const { skin } = indices;
  for (let t = 0; t < skin.length; t += 3) {
    const [a, b, c] = [skin[t], skin[t + 1], skin[t + 2]];
    if (masks.insideMouth[a] > 0.5 || masks.ears[a] > 0.3) continue;
    if (fieldAt(a) <= 0 && fieldAt(b) <= 0 && fieldAt(c) <= 0) continue;
    sheet.indices.push(place(a), place(b), place(c));
  }
  return clipPiece(sheet);
}
