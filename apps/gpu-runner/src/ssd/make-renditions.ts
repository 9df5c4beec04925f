/**
 * Files of a finished head in other forms: for phones, for AR, with expressions.
 *
 * All that is needed is the head's state and the template that it was made from; no teacher is asked.
 */
import { RENDITION_BUDGETS, type Rendition, type RenditionSettings } from '@headwright/shared/renditions';
import { createDeformationField, displace } from './deformation/deformation-field.ts';
import { bakeColor, type ColorAt } from './export/bake-color.ts';
import { CLEAN_MESH_DEFAULTS } from './export/clean-mesh.ts';
import { shrink } from './export/encode-image.ts';
import { type EncodedRendition, encodeRendition } from './export/encode-rendition.ts';
import { neckBase } from './export/neck-base.ts';
import { shapeHead, type ShapedHead } from './export/shape-head.ts';
import { toMetric } from './export/to-metric.ts';
import type { HeadTemplate } from './head-template/head-template.ts';
import { requireHeadTemplate } from './head-template/require-head-template.ts';
import { restoreColors } from './stages/restore-colors.ts';
import type { HeadState } from './state/head-state.ts';

/** What is made of which head. */
export interface MakeRenditionsOptions {
  readonly state: HeadState;
  /** The template that the head was made from. */
  readonly headTemplate: HeadTemplate;
  readonly renditions: readonly Rendition[];
  /** Files finished, of how many. */
  readonly onFile?: (done: number, of: number) => void;
}

/** Finished files by name. */
export type Renditions = ReadonlyMap<string, EncodedRendition>;

/** Triangles before geometry edits bend more of them and with those, and whether the atlas is refined to the optimized surface. */
const LOD_SHAPES: Readonly<
  Record<
    RenditionSettings['lod'],
    { readonly triangles: number; readonly trianglesMax: number; readonly refined: boolean }
  >
> = {
  low: { triangles: 4_000, trianglesMax: 16_000, refined: false },
  medium: { triangles: 16_000, trianglesMax: 25_000, refined: false },
  high: { triangles: 16_000, trianglesMax: 200_000, refined: true },
};

/** Makes files of a head. Equal states, templates and renditions give equal bytes. */
export async function makeRenditions(options: MakeRenditionsOptions): Promise<Renditions> {
  const { state, headTemplate, renditions, onFile } = options;
  requireHeadTemplate(headTemplate, state.recipe.headTemplateSha256);
  const files = new Map<string, EncodedRendition>();
  const colors = await restoreColors(state);
  try {
    const colorAt: ColorAt = async (points) => (await colors.forward(points)).colors;
    // One level of detail after the other: each is cut and painted once, for its largest texture.
    for (const lod of new Set(renditions.map(({ settings }) => settings.lod))) {
      const ofLod = renditions.filter(({ settings }) => settings.lod === lod);
      const size = Math.max(...ofLod.map(({ settings }) => settings.textures.size));
      const shaped = await shape(state, headTemplate, lod, size);
      const { pixels } = await bakeColor(shaped.resting.mesh, shaped.resting.unwrapped, colorAt, size);
      for (const rendition of ofLod) {
        const file = await encode(rendition, shaped, pixels, size);
        requireBudget(rendition.name, file);
        files.set(rendition.name, file);
        onFile?.(files.size, renditions.length);
      }
    }
  } finally {
    await colors.dispose();
  }
  return files;
}

function shape(
  state: HeadState,
  headTemplate: HeadTemplate,
  lod: RenditionSettings['lod'],
  textureSize: number,
): Promise<ShapedHead> {
  const { triangles, ...rounding } = LOD_SHAPES[lod];
  const layout = state.recipe.settings.deformation;
  const deformation =
    layout && state.deformation ? createDeformationField(layout, state.deformation) : undefined;
  return shapeHead({
    mesh: state.mesh,
    displace: deformation && ((positions) => displace(deformation, positions)),
    origin: neckBase(headTemplate.mesh),
    cleaning: { ...CLEAN_MESH_DEFAULTS, triangleBudget: triangles },
    ...rounding,
    textureSize,
    expressions: headTemplate,
  });
}

async function encode(
  { settings }: Rendition,
  shaped: ShapedHead,
  pixels: Uint8Array,
  size: number,
): Promise<EncodedRendition> {
  const { size: wanted } = settings.textures;
  const surface = toMetric(shaped);
  return encodeRendition(
    {
      surface: settings.morphs === 'none' ? { ...surface, morphs: [] } : surface,
      pixels: wanted === size ? pixels : await shrink(pixels, size, wanted),
      size: wanted,
    },
    settings,
  );
}

/** Throws where a ready-made file is larger than it is promised to be. */
function requireBudget(name: string, { bytes, model }: EncodedRendition): void {
  const budget = RENDITION_BUDGETS[name];
  if (budget === undefined) return;
  const bytesMax = model.morphs.length > 0 ? (budget.bytesWithMorphs ?? budget.bytes) : budget.bytes;
  const limits: [string, number, number | undefined][] = [
    ['bytes', bytes.length, bytesMax],
    ['triangles', model.triangles, budget.triangles],
    ['vertices', model.vertices, budget.vertices],
    ['texels a side', model.texture_size, budget.textureSize],
  ];
  for (const [what, value, max] of limits) {
    if (max !== undefined && value > max) {
      throw new Error(`makeRenditions: ${name}: expected at most ${max} ${what}, got ${value}`);
    }
  }
}
