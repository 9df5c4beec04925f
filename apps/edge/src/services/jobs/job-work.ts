import type { Rendition, RenditionName } from '@headwright/shared/renditions';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { exports } from '../../db/schema/exports.ts';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import { revisions } from '../../db/schema/revisions.ts';
import { justChanged } from './statements.ts';

/** What is asked of the runner of a job, besides what stands in its own row. */
export interface JobWork {
  /** The revision that is made or exported. */
  prompt: string;
  negativePrompt: string | null;
  seed: number;
  /** Of the head. */
  hasBlendshapes: boolean;
  renditionNames: RenditionName[];
  /** Of an export; null of other jobs. */
  exported: Rendition[] | null;
}

/** The work of the job that was just changed: of its own revision, or of the one that it exports. */
export function selectWork(db: Database, eventId: string) {
  return db
    .select({
      prompt: revisions.prompt,
      negativePrompt: revisions.negativePrompt,
      seed: revisions.seed,
      hasBlendshapes: heads.blendshapes,
      renditionNames: sql`${heads.renditions}`.mapWith(heads.renditions).as('rendition_names'),
      exported: exports.renditions,
    })
    .from(jobs)
    .innerJoin(heads, eq(heads.id, jobs.headId))
    .leftJoin(exports, eq(exports.jobId, jobs.id))
    .innerJoin(
      revisions,
      sql`${revisions.id} = coalesce(${exports.revisionId}, (select own.id from revisions as own where own.job_id = ${jobs.id}))`,
    )
    .where(justChanged(eventId));
}
