import { z } from 'zod';
import { AssetId, HeadId, JobId, RevisionId } from '../ids.ts';

/** One finished file, with a fresh link that needs no key. */
export const Asset = z
  .object({
    id: AssetId,
    object: z.literal('asset'),
    head_id: HeadId,
    revision_id: RevisionId,
    job_id: JobId,
    name: z.string(),
    content_type: z.string(),
    format: z.string().describe('`glb`, `usdz`, `png`, `webp`, `json`.'),
    rendition: z
      .string()
      .nullable()
      .describe(
        'Which preset of `GET /v1/heads/{id}/file/{preset}` it belongs to, such as `mobile.glb`; else null.',
      ),
    bytes: z.int(),
    sha256: z.string().describe('Of the file, lower-case hexadecimal; also its ETag.'),
    model: z
      .object({
        triangles: z.int(),
        vertices: z.int().describe('After cutting along the borders of the atlas.'),
        texture_size: z.int().describe('Side of its square texture, texels.'),
        gltf_extensions: z.array(z.string()),
        morph_names: z.array(z.string()),
      })
      .nullable()
      .describe(
        'What a file with a surface holds; null for pictures, and for files from before this was kept.',
      ),
    created_at: z.iso.datetime(),
    expires_at: z.iso
      .datetime()
      .nullable()
      .describe('That of its head; null: it stays until its head is deleted.'),
    url: z
      .string()
      .describe(
        'A signed link that anybody can read who has it, in a browser of any origin, until it expires.',
      ),
    url_expires_at: z.iso.datetime(),
    urls: z.object({ self: z.string(), content: z.string(), head: z.string() }),
  })
  .meta({ id: 'Asset' });
export type Asset = z.infer<typeof Asset>;
