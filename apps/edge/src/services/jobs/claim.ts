import { FIRST_MODEL } from '@headwright/shared/models';
import { renditionsNamed } from '@headwright/shared/renditions';
import { JobSpec } from '@headwright/shared/runner/job-spec';
import type { ClaimRequest, ClaimResponse, OfferedFile } from '@headwright/shared/runner/protocol';
import { sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { remembered } from '../../db/remembered.ts';
import { jobs } from '../../db/schema/jobs.ts';
import type { Config } from '../../env.ts';
import type { RunnerContext } from '../context.ts';
import { hashSecret } from '../keys/format.ts';
import { applyChange } from './apply-change.ts';
import { type Change, changeJob } from './change-job.ts';
import { SCRIPTED_LANE } from './choose-lane.ts';
import { enginePool } from './engine-pool.ts';
import { findBase } from './find-base.ts';

/** Gives the longest-ready job of the runner's pools to it, waiting up to `wait_s` for one; null when none came. */
export async function claimJob(
  ctx: RunnerContext,
  request: ClaimRequest,
  hungUp: AbortSignal,
): Promise<ClaimResponse | null> {
  const { clock, config, doorbell } = ctx.deps;
  const modes = ctx.actor.mode === 'any' ? ['live', 'test'] : [ctx.actor.mode];
  const models = [...new Set(request.models ?? [FIRST_MODEL])];
  const enginePools = modes.flatMap((mode) =>
    [...new Set(request.presets)].flatMap((preset) => models.map((model) => enginePool(mode, preset, model))),
  );
  const scriptedPools = modes.includes('test') ? [SCRIPTED_LANE] : [];
  const pools = request.scripted ? scriptedPools : enginePools;

  const deadlineMs = clock() + Math.min(request.wait_s * 1000, config.claimHoldMs);
  const claimNow = () => (hungUp.aborted ? null : claimFrom(ctx, pools, request.runner));
  const first = await claimNow();
  if (first !== null || request.wait_s === 0) return first;
  for (;;) {
    // The version is read before the queue: a job that becomes ready in between moves it and ends the wait.
    const version = await doorbell.poolVersion();
    const claimed = await claimNow();
    if (claimed !== null || hungUp.aborted) return claimed;
    const leftMs = deadlineMs - clock();
    if (leftMs <= 0 || !(await doorbell.waitForPool(pools, version, leftMs))) return null;
  }
}

/** What a claim writes. */
interface NewAttempt {
  eventId: string;
  atMs: number;
  tokenHash: string;
  runner: string;
  /** Names of pools, as JSON. */
  pools: string;
  leaseMs: number;
  /** How long an attempt of each preset may last, milliseconds, as JSON. */
  attemptsMs: string;
}

/** Takes the job that has been ready for longest among some pools. */
const takeReady = remembered((db: Database, { attempt }: { attempt: NewAttempt }) => {
  const { atMs } = attempt;
  const attemptMs = sql`json_extract(${attempt.attemptsMs}, '$.' || preset)`;
  const change: Change = {
    to: 'running',
    // One probe of the index for each pool: a single IN over the pools would have to sort all their ready jobs.
    where: sql`id = (select ready.id from json_each(${attempt.pools}) as wanted
      cross join jobs as ready on ready.id = (select id from jobs where pool = wanted.value
        and ready_rank is not null order by ready_rank, id limit 1)
      order by ready.ready_rank, ready.id limit 1)`,
    set: {
      readyRank: null,
      attempt: sql`${jobs.attempt} + 1`,
      tokenHash: attempt.tokenHash,
      runner: attempt.runner,
      attemptEndsAt: sql`${atMs} + ${attemptMs}`,
      leaseExpiresAt: sql`${atMs} + min(${attempt.leaseMs}, ${attemptMs})`,
      startedAt: sql`coalesce(${jobs.startedAt}, ${atMs})`,
    },
  };
  return [changeJob(db, change, attempt.eventId)] as const;
});

async function claimFrom(ctx: RunnerContext, pools: string[], runner: string): Promise<ClaimResponse | null> {
  const { db, clock, ids, config } = ctx.deps;
  const token = ids.token();
  const event = { id: ids.create('evt'), atMs: clock() };
  const attempt = {
    eventId: event.id,
    atMs: event.atMs,
    tokenHash: await hashSecret(token),
    runner,
    pools: JSON.stringify(pools),
    leaseMs: config.leaseMs,
    attemptsMs: attemptsMs(config),
  };
  const [change] = takeReady(db, { attempt });
  const claimed = await applyChange(ctx.deps, event, change, []);
  if (claimed === null) return null;
  const { job, work } = claimed;
  return {
    job: JobSpec.parse({
      job_id: job.id,
      head_id: job.headId,
      kind: job.kind,
      prompt: work.prompt,
      negative_prompt: work.negativePrompt,
      seed: work.seed,
      preset: job.preset,
      model: job.model,
      blendshapes: work.hasBlendshapes,
      renditions:
        work.exported ?? work.renditionNames.flatMap((name) => renditionsNamed(name, work.hasBlendshapes)),
    }),
    base: job.kind === 'head' ? null : offer(await findBase(ctx.deps, job.id)),
    checkpoint: job.checkpoint === null ? null : offer(job.checkpoint),
    attempt: { number: job.attempt, token, lease_s: config.leaseMs / 1000 },
  };
}

function attemptsMs({ attemptLimits }: Config): string {
  const limits = Object.entries(attemptLimits).map(([preset, { seconds }]) => [preset, seconds * 1000]);
  return JSON.stringify(Object.fromEntries(limits));
}

const offer = ({ bytes, sha256 }: OfferedFile): OfferedFile => ({ bytes, sha256 });
