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
    bytes: z.int(),
    sha256: z.string().describe('Of the file, lower-case hexadecimal; also its ETag.'),
    created_at: z.iso.datetime(),
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
