import { z } from 'zod';
import { EndUser } from '../end-user.ts';
import { HeadId, JobId, RevisionId } from '../ids.ts';
import { MaxCost } from '../money.ts';
import {
  COMPRESSIONS,
  LODS,
  MORPHS,
  type Rendition,
  RenditionName,
  RenditionSettings,
  renditionName,
  renditionsNamed,
  TEXTURE_FORMATS,
  TEXTURE_SIZES,
} from '../renditions.ts';
import { DeadlineSeconds } from './heads.ts';
import { Job } from './jobs.ts';

const COMMON = {
  revision_id: RevisionId.optional().describe(
    'A finished revision of the head; the current one unless given.',
  ),
  deadline_s: DeadlineSeconds.optional(),
  max_cost: MaxCost.optional(),
  end_user: EndUser.optional(),
};

const Lod = z
  .enum(LODS)
  .optional()
  .describe('About 4,000 triangles, 16,000, or all that show; `medium` unless given.');
const TextureSize = z
  .literal(TEXTURE_SIZES)
  .optional()
  .describe('Side of the square texture, texels; 1024 unless given.');

/** A ready-made rendition: its budgets are in `docs/files.md`. */
const ByName = z.strictObject({ rendition: RenditionName, ...COMMON });

const AsGlb = z.strictObject({
  format: z.literal('glb'),
  lod: Lod,
  compression: z
    .enum(COMPRESSIONS)
    .optional()
    .describe('`meshopt` is EXT_meshopt_compression; `none` unless given.'),
  textures: z
    .strictObject({
      size: TextureSize,
      format: z
        .enum(TEXTURE_FORMATS)
        .optional()
        .describe('`jpeg` unless given; viewers must know extensions for `webp` and `ktx2`.'),
    })
    .optional(),
  morphs: z.enum(MORPHS).optional().describe('ARKit’s 52 expressions as morph targets; `none` unless given.'),
  ...COMMON,
});

const AsUsdz = z.strictObject({
  format: z.literal('usdz'),
  lod: z.enum(['low', 'medium']).optional().describe('`medium` unless given.'),
  textures: z
    .strictObject({
      size: TextureSize,
      format: z.enum(['jpeg', 'png']).optional().describe('`jpeg` unless given.'),
    })
    .optional(),
  ...COMMON,
});

/** Body of `POST /v1/heads/{id}/exports`: a ready-made rendition, or settings of your own. Unknown fields are refused. */
export const CreateExportRequest = z.union([ByName, AsGlb, AsUsdz]).meta({ id: 'CreateExportRequest' });
export type CreateExportRequest = z.infer<typeof CreateExportRequest>;

/** The files that a request asks for, of a head that has expressions or has none. */
export function requestedRenditions(request: CreateExportRequest, hasBlendshapes: boolean): Rendition[] {
  if ('rendition' in request) return renditionsNamed(request.rendition, hasBlendshapes);
  const { format, lod = 'medium', textures = {} } = request;
  const settings: RenditionSettings = {
    format,
    lod,
    compression: request.format === 'glb' ? (request.compression ?? 'none') : 'none',
    textures: { size: textures.size ?? 1024, format: textures.format ?? 'jpeg' },
    morphs: request.format === 'glb' ? (request.morphs ?? 'none') : 'none',
  };
  return [{ name: renditionName(settings), settings }];
}

/** What an export job makes. Once it has succeeded, its files are among those of the revision. */
export const Export = z
  .object({
    object: z.literal('export'),
    job_id: JobId,
    head_id: HeadId,
    revision_id: RevisionId,
    files: z.array(z.object({ name: z.string(), ...RenditionSettings.shape })),
    urls: z.object({ job: z.string(), revision: z.string() }),
  })
  .meta({ id: 'Export' });
export type Export = z.infer<typeof Export>;

/** Answer of `POST /v1/heads/{id}/exports`, status 202. */
export const CreateExportResponse = z
  .object({ export: Export, job: Job })
  .meta({ id: 'CreateExportResponse' });
export type CreateExportResponse = z.infer<typeof CreateExportResponse>;
