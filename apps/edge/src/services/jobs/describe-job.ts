import type { Job, JobBilling, JobEvent, JobProgress } from '@headwright/shared/api/jobs';
import { HeadId, JobId, LedgerId } from '@headwright/shared/ids';
import { isTerminal } from '@headwright/shared/job-state';
import { CURRENCY } from '@headwright/shared/money';
import type { Progress } from '@headwright/shared/runner/progress';
import type { events } from '../../db/schema/events.ts';
import type { JobRow } from '../../db/schema/jobs.ts';
import type { Outlook } from './outlook.ts';

const instant = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** Progress as customers see it; the preview's address changes with every new picture. */
export function describeProgress(
  jobId: string,
  attempt: number,
  progress: Progress | null,
  previewCount: number,
): JobProgress | null {
  if (progress === null) return null;
  const previewUrl = previewCount === 0 ? null : `/v1/jobs/${jobId}/preview?v=${attempt}.${previewCount}`;
  return { ...progress, preview_url: previewUrl };
}

/** Where a job's money is: its status says so, in a past snapshot too. */
function describeBilling({ status, ...row }: JobRow): JobBilling | null {
  if (row.holdId === null || row.amountMinor === null || row.priceVersion === null) return null;
  const isOver = isTerminal(status);
  return {
    state: isOver ? (status === 'succeeded' ? 'captured' : 'released') : 'held',
    amount: row.amountMinor,
    currency: CURRENCY,
    price_version: row.priceVersion,
    ledger_id: LedgerId.parse(isOver ? (row.settlementId ?? row.holdId) : row.holdId),
  };
}

/** A waiting job's by its outlook, a running one's by its runner. */
function etaSeconds({ status, progress }: JobRow, outlook: Outlook | null): number | null {
  if (status === 'queued') return outlook?.etaSeconds ?? null;
  return status === 'running' ? (progress?.eta_s ?? null) : null;
}

/** The outlook that a waiting job had right after a transition. */
export function outlookThen(event: typeof events.$inferSelect | undefined): Outlook | null {
  const { queue_position: position = null, eta_s: eta = null } = event?.snapshot ?? {};
  return position === null ? null : { position, etaSeconds: eta };
}

/** A job's row as the API's resource. */
export function describeJob(row: JobRow, outlook: Outlook | null): Job {
  const self = `/v1/jobs/${row.id}`;
  return {
    id: JobId.parse(row.id),
    object: 'job',
    kind: row.kind,
    head_id: HeadId.parse(row.headId),
    model: row.model,
    seed: row.seed,
    status: row.status,
    terminal: isTerminal(row.status),
    attempt: row.attempt,
    queue_position: row.status === 'queued' ? (outlook?.position ?? null) : null,
    eta_s: etaSeconds(row, outlook),
    progress: describeProgress(row.id, row.attempt, row.progress, row.previewCount),
    error: row.error === null ? null : { ...row.error, charged: false },
    billing: describeBilling(row),
    created_at: new Date(row.createdAt).toISOString(),
    deadline_at: instant(row.deadlineAt),
    started_at: instant(row.startedAt),
    finished_at: instant(row.finishedAt),
    urls: { self, events: `${self}/events`, cancel: `${self}/cancel`, head: `/v1/heads/${row.headId}` },
  };
}

/** A job as it was right after each of its transitions. */
export function describeHistory(row: JobRow, history: (typeof events.$inferSelect)[]): JobEvent[] {
  return history.map((event) => ({
    sequence: event.sequence,
    job: describeJob(
      {
        ...row,
        status: event.snapshot.status,
        attempt: event.snapshot.attempt,
        progress: event.snapshot.progress,
        previewCount: event.snapshot.preview_count,
        error: event.snapshot.error,
        startedAt: event.snapshot.started_at,
        finishedAt: event.snapshot.finished_at,
      },
      outlookThen(event),
    ),
  }));
}
