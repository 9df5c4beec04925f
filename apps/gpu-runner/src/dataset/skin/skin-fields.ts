import type { HeadForm } from '../head-form.ts';
import { beardAt, earAt, mustacheAt, scalpAt, sideburnsAt, smoothStep } from './regions.ts';

/** Smooth fields of the rest head at the skin's vertices, [v] each: the same for all heads. */
export interface SkinFields {
  readonly flush: Float32Array;
  readonly cheek: Float32Array;
  readonly socket: Float32Array;
  /** Folds and undersides that see little light. */
  readonly shade: Float32Array;
  readonly scalp: Float32Array;
  readonly recedingScalp: Float32Array;
  readonly beard: Float32Array;
  readonly mustache: Float32Array;
  readonly sideburns: Float32Array;
}

const fieldsOfVertices = new WeakMap<Uint32Array, SkinFields>();

/** How far `receding` hair has drawn back, for `scalpAt`. */
const RECESSION = 0.8;

/** Evaluates the fields at `formVertices`, once for each list of vertices. */
export function skinFields(form: HeadForm, formVertices: Uint32Array): SkinFields {
  const known = fieldsOfVertices.get(formVertices);
  if (known !== undefined) return known;
  const count = formVertices.length;
  const fields: SkinFields = {
    flush: new Float32Array(count),
    cheek: new Float32Array(count),
    socket: new Float32Array(count),
    shade: new Float32Array(count),
    scalp: new Float32Array(count),
    recedingScalp: new Float32Array(count),
    beard: new Float32Array(count),
    mustache: new Float32Array(count),
    sideburns: new Float32Array(count),
  };
  for (let v = 0; v < count; v++) {
    const from = formVertices[v] * 3;
    const x = form.rest[from];
    const y = form.rest[from + 1];
    const z = form.rest[from + 2];
    const cheek = cheekAt(x, y, z);
    fields.cheek[v] = cheek;
    fields.flush[v] = Math.min(1, 0.8 * cheek + 0.7 * noseAt(x, y, z) + 0.6 * earAt(x, y, z));
    fields.socket[v] = socketAt(x, y, z);
    fields.shade[v] = shadeAt(x, y, z);
    fields.scalp[v] = scalpAt(x, y, z);
    fields.recedingScalp[v] = scalpAt(x, y, z, RECESSION);
    fields.beard[v] = beardAt(x, y, z);
    fields.mustache[v] = mustacheAt(x, y, z);
    fields.sideburns[v] = sideburnsAt(x, y, z);
  }
  fieldsOfVertices.set(formVertices, fields);
  return fields;
}

function hill(u: number, v: number): number {
  return Math.exp(-(u * u + v * v));
}

function cheekAt(x: number, y: number, z: number): number {
  return hill((Math.abs(x) - 0.46) / 0.19, (y - 6.98) / 0.16) * smoothStep(z, 0.75, 1.1);
}

function noseAt(x: number, y: number, z: number): number {
  return hill(x / 0.13, (y - 6.95) / 0.11) * smoothStep(z, 1.52, 1.64);
}

/** The hollow around the eye, deepest at the nose's root and under the lower lid. */
function socketAt(x: number, y: number, z: number): number {
  const side = Math.abs(x);
  const around = hill((side - 0.3) / 0.19, (y - 7.29) / 0.13);
  const inner = hill((side - 0.17) / 0.07, (y - 7.26) / 0.12);
  const under = hill((side - 0.29) / 0.14, (y - 7.16) / 0.045);
  return Math.min(1, 0.65 * around + 0.45 * inner + 0.4 * under) * smoothStep(z, 0.95, 1.15);
}

function shadeAt(x: number, y: number, z: number): number {
  const side = Math.abs(x);
  const jaw = smoothStep(y, 6.2, 5.95) * smoothStep(z, 1.35, 1.1);
  const nostrils = hill((side - 0.07) / 0.07, (y - 6.835) / 0.02) * smoothStep(z, 1.4, 1.5);
  const underLip = hill(x / 0.2, (y - 6.445) / 0.035) * smoothStep(z, 1.3, 1.4) * 0.6;
  const wing = hill((side - 0.17) / 0.03, (y - 6.9) / 0.07) * smoothStep(z, 1.3, 1.4) * 0.6;
  return Math.min(1, 0.55 * jaw + nostrils + underLip + wing);
}
