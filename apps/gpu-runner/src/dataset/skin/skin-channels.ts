import type { HeadForm } from '../head-form.ts';
import type { Traits } from '../traits.ts';
import type { SkinColors } from './skin-colors.ts';
import { type SkinFields, skinFields } from './skin-fields.ts';

/** Where each channel of the skin lies. */
export const SKIN_CHANNELS = {
  restX: 0,
  restY: 1,
  restZ: 2,
  lips: 3,
  insideMouth: 4,
  red: 5,
  green: 6,
  blue: 7,
  /** How densely short hair, cut or under longer hair, covers the skin. */
  stubble: 8,
  count: 9,
} as const;

/** Fills the channels of the skin's vertices: places, masks, and the colors that vary slowly over a face. */
export function skinChannels(
  form: HeadForm,
  formVertices: Uint32Array,
  traits: Traits,
  colors: SkinColors,
): Float32Array {
  const fields = skinFields(form, formVertices);
  const stubbleOf = stubbleRule(traits);
  const { skin, flush, socket, flushStrength, socketStrength } = colors;
  const rosy = traits.blush === 'rosy' ? 0.85 : 0;
  const out = new Float32Array(formVertices.length * SKIN_CHANNELS.count);
  for (let v = 0, o = 0; v < formVertices.length; v++, o += SKIN_CHANNELS.count) {
    const vertex = formVertices[v];
    out[o] = form.rest[3 * vertex];
    out[o + 1] = form.rest[3 * vertex + 1];
    out[o + 2] = form.rest[3 * vertex + 2];
    out[o + 3] = form.masks.lips[vertex];
    out[o + 4] = form.masks.insideMouth[vertex];
    const blood = flushStrength * fields.flush[v];
    const hollow = socketStrength * fields.socket[v];
    const blush = rosy * fields.cheek[v];
    const light = 1 - 0.42 * fields.shade[v];
    for (let c = 0; c < 3; c++) {
      let value = skin[c] + (flush[c] - skin[c]) * blood;
      value += (BLUSH[c] - value) * blush;
      value += (socket[c] - value) * hollow;
      out[o + 5 + c] = value * light;
    }
    out[o + 8] = stubbleOf(fields, v);
  }
  return out;
}

const BLUSH = [0.93, 0.34, 0.4] as const;

/** Hairless skins: whatever the `hair` trait says, no hair shows through. */
const HAIRLESS: readonly Traits['character'][] = [
  'skull',
  'robot',
  'gray alien',
  'cat',
  'lion',
  'wolf',
  'ape',
];

function stubbleRule(traits: Traits): (fields: SkinFields, vertex: number) => number {
  if (HAIRLESS.includes(traits.character)) return () => 0;
  const scalp = scalpRule(traits.hair);
  const beard = beardRule(traits.beard);
  return (fields, vertex) => Math.max(scalp(fields, vertex), beard(fields, vertex));
}

function scalpRule(hair: Traits['hair']): (fields: SkinFields, vertex: number) => number {
  switch (hair) {
    case 'bald':
      return () => 0;
    case 'receding':
      return (fields, v) => Math.max(0.12 * fields.scalp[v], 0.9 * fields.recedingScalp[v]);
    case 'buzz cut':
      return (fields, v) => 0.8 * fields.scalp[v];
    case 'mohawk':
      return (fields, v) => 0.35 * fields.scalp[v];
    default:
      return (fields, v) => 0.95 * fields.scalp[v];
  }
}

function beardRule(beard: Traits['beard']): (fields: SkinFields, vertex: number) => number {
  switch (beard) {
    case 'none':
      return () => 0;
    case 'stubble':
      return (fields, v) => 0.55 * Math.max(fields.beard[v], fields.mustache[v], fields.sideburns[v]);
    case 'mustache':
    case 'handlebar mustache':
      return (fields, v) => 0.7 * fields.mustache[v];
    case 'goatee':
      return () => 0;
    case 'sideburns':
      return (fields, v) => 0.75 * fields.sideburns[v];
    default:
      return (fields, v) => 0.8 * Math.max(fields.beard[v], fields.mustache[v], fields.sideburns[v]);
  }
}
