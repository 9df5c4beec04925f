import type { CreateHeadRequest, CreateHeadResponse } from '@headwright/shared/api/heads';
import type { Preset } from '@headwright/shared/presets';
import { sql } from 'drizzle-orm';
import { insertSelect } from '../../db/insert-select.ts';
import { heads } from '../../db/schema/heads.ts';
import { jobs } from '../../db/schema/jobs.ts';
import type { AccountContext, KeyMode } from '../context.ts';
import { ServiceError } from '../errors.ts';
import { describeJob } from '../jobs/describe-job.ts';
import { insertEvent, justChanged, selectHistory } from '../jobs/statements.ts';
import { QUEUE_FULL_RETRY_SECONDS } from '../quotas/plans.ts';
import { describeHead } from './describe-head.ts';

type NewHead = typeof heads.$inferSelect;

/** Accepts a head and its job, or neither. */
export async function createHead(ctx: AccountContext, input: CreateHeadRequest): Promise<CreateHeadResponse> {
  const { clock, ids, doorbell } = ctx.deps;
  const preset = allowedPreset(ctx, input);
  const negativePrompt = input.negative_prompt || null;
  const { labels } = ctx.deps.checkPrompt(input.prompt, negativePrompt);
  const head = {
    id: ids.create('head'),
    accountId: ctx.actor.accountId,
    prompt: input.prompt,
    negativePrompt,
    seed: input.seed ?? ids.seed(),
    preset,
    warnings: [],
    labels,
    createdAt: clock(),
  };
  const { row, history } = await admit(ctx, head);
  // Nobody can be in the job's room yet: it learns the history from the first who enters.
  if (row.pool !== null) await doorbell.poolReady(row.pool);
  const position = history[0]?.snapshot.queue_position ?? null;
  return { head: describeHead(head, row, []), job: describeJob(row, position) };
}

function allowedPreset(ctx: AccountContext, input: CreateHeadRequest): Preset {
  const preset = input.preset ?? 'standard';
  if (preset !== 'smoke' || ctx.deps.config.allowSmokePreset) return preset;
  throw new ServiceError('input.invalid', 'The preset smoke exists for tests only.', {
    errors: [{ pointer: '/preset', code: 'invalid_value', detail: 'expected one of draft, standard' }],
  });
}

/**
 * Inserts head, job and event unless the account's queue is full. The first insert carries the account's limits
 * as its guard; every later one selects from what the one before it wrote.
 */
async function admit(ctx: AccountContext, head: NewHead) {
  const { db, ids } = ctx.deps;
  const eventId = ids.create('evt');
  const [, , , [row], history] = await db.batch([
    insertSelect(
      db,
      heads,
      head,
      sql`from accounts where id = ${head.accountId}
        and (select count(*) from jobs where account_id = accounts.id and finished_at is null)
          < running_limit + waiting_limit`,
    ),
    insertSelect(
      db,
      jobs,
      newJob(ids.create('job'), head, ctx.actor.mode, eventId),
      sql`from (select heads.id as head_id, case when (select count(*) from jobs where account_id = accounts.id
            and finished_at is null and pool is not null) < running_limit then 1 end as free
          from heads join accounts on accounts.id = heads.account_id where heads.id = ${head.id})`,
    ),
    insertEvent(db, eventId, head.createdAt),
    db.select().from(jobs).where(justChanged(eventId)),
    selectHistory(db, eventId),
  ]);
  if (row !== undefined) return { row, history };
  throw new ServiceError(
    'limit.queue_full',
    'As many heads as this account allows are running and waiting.',
    {
      retryAfterSeconds: QUEUE_FULL_RETRY_SECONDS,
    },
  );
}

/** A queued job of a head that was just inserted: ready at once if `free` says so, else waiting. */
function newJob(id: string, head: NewHead, mode: KeyMode, eventId: string) {
  return {
    id,
    accountId: head.accountId,
    headId: head.id,
    kind: 'generate' as const,
    mode,
    preset: head.preset,
    status: 'queued' as const,
    pool: sql`case when free then ${`${mode}:${head.preset}`} end`,
    readyRank: sql`case when free then ${head.createdAt} end`,
    promotedAt: sql`case when free then ${head.createdAt} end`,
    attempt: 0,
    failures: 0,
    tokenHash: null,
    runner: null,
    leaseExpiresAt: null,
    progress: null,
    progressAt: null,
    previewCount: 0,
    error: null,
    sequence: 1,
    lastEventId: eventId,
    createdAt: head.createdAt,
    startedAt: null,
    finishedAt: null,
  };
}
