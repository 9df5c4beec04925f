import type { Bindings } from '../../env.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Doorbell } from './interface.ts';

/** The path that a job's room answers with an event stream. */
export const STREAM_URL = 'https://job-room/stream';

/** A look at the leases that is nearer than this may have begun before a lease was given that it should see. */
const LOOK_MARGIN_MS = 1000;

/** The doorbell over two Durable Object classes: a room for each job, one pool for all runners. */
export function openDoorbell(env: Bindings, clock: Clock, log: Log): Doorbell {
  const room = (jobId: string) => env.JOB_ROOM.get(env.JOB_ROOM.idFromName(jobId));
  const sender = (endpointId: string) => env.WEBHOOK_SENDER.get(env.WEBHOOK_SENDER.idFromName(endpointId));
  const pool = () => env.RUNNER_POOL.get(env.RUNNER_POOL.idFromName('all'));

  async function ring<T>(message: string, call: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await call();
    } catch (error) {
      log.error(message, { error: String(error) });
      return otherwise;
    }
  }

  // When the pool next looks at the leases, as far as this isolate has been told: most claims need not ask.
  let looksAtMs = 0;

  return {
    jobChanged: (jobId, change) =>
      ring('job room did not hear a change', () => room(jobId).changed(change), undefined),
    jobBeat: (jobId, beat) =>
      ring('job room did not hear a heartbeat', () => room(jobId).beat(beat), 'continue'),
    jobEnded: (jobId, history, waitMs) =>
      ring('job room did not wait', () => room(jobId).waitForEnd(history, waitMs), undefined),
    async openStream(jobId, opening) {
      const response = await room(jobId).fetch(STREAM_URL, { method: 'POST', body: JSON.stringify(opening) });
      if (response.body === null) throw new Error('openStream: expected a body, got none');
      return response.body;
    },
    async leaseGiven(endsAtMs) {
      if (looksAtMs <= endsAtMs && looksAtMs > clock() + LOOK_MARGIN_MS) return;
      looksAtMs = await ring('runner pool did not hear of a lease', () => pool().leaseGiven(endsAtMs), 0);
    },
    poolReady: (name) => ring('runner pool did not hear a ready job', () => pool().ready(name), undefined),
    poolVersion: () => ring('runner pool did not say its version', () => pool().version(), 0),
    waitForPool: (pools, version, waitMs) =>
      ring('runner pool did not wait', () => pool().wait(pools, version, waitMs), false),
    deliveryDue: (endpointId) =>
      ring('webhook sender did not hear of an event', () => sender(endpointId).due(endpointId), undefined),
  };
}
