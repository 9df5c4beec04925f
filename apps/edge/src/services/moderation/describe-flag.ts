import type { ModerationFlag } from '@headwright/shared/api/moderation';
import { FlagId, JobId } from '@headwright/shared/ids';
import type { moderationFlags } from '../../db/schema/moderation-flags.ts';

const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** Where a refusal is appealed against. */
export const appealUrl = (flagId: string) => `/v1/moderation/flags/${flagId}/appeal`;

/** A refusal's row as the API's resource. */
export function describeFlag(row: typeof moderationFlags.$inferSelect): ModerationFlag {
  return {
    id: FlagId.parse(row.id),
    object: 'moderation_flag',
    stage: row.stage,
    category: row.category,
    end_user: row.endUser,
    job_id: row.jobId === null ? null : JobId.parse(row.jobId),
    created_at: new Date(row.createdAt).toISOString(),
    appeal: row.appeal,
    appealed_at: instant(row.appealedAt),
    dismissed_at: instant(row.dismissedAt),
    urls: { self: `/v1/moderation/flags/${row.id}`, appeal: appealUrl(row.id) },
  };
}
