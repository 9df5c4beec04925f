import type { HeartbeatRequest, HeartbeatResponse } from '@headwright/shared/runner/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Attempt } from './edge-client.ts';
import { StaleAttempt } from './edge-errors.ts';
import { type LeaseEnd, holdLease } from './lease.ts';

const attempt: Attempt = { jobId: 'job', token: 'token' };
const progress = {
  stage: 'geometry',
  stage_index: 1,
  stage_count: 4,
  step: 3,
  of: 9,
  fraction: 0.1,
  eta_s: null,
} as const;

/** An edge that holds each heartbeat for the time asked for, then answers by `verdict`. */
function edge(verdict: () => HeartbeatResponse['verdict'] | Error) {
  const requests: HeartbeatRequest[] = [];
  let outstandingCount = 0;
  let outstandingMax = 0;
  return {
    requests,
    outstandingMax: () => outstandingMax,
    outstanding: () => outstandingCount,
    heartbeat: (_: Attempt, request: HeartbeatRequest, signal: AbortSignal): Promise<HeartbeatResponse> => {
      requests.push(request);
      outstandingMax = Math.max(outstandingMax, ++outstandingCount);
      return new Promise<HeartbeatResponse>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        const answer = verdict();
        if (answer instanceof Error) reject(answer);
        else if (answer !== 'continue') resolve({ verdict: answer });
        else setTimeout(() => resolve({ verdict: answer }), request.wait_s * 1000);
      }).finally(() => outstandingCount--);
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('holdLease', () => {
  test('keeps exactly one heartbeat outstanding, held for at most a third of the lease', async () => {
    const fake = edge(() => 'continue');
    const ends: LeaseEnd[] = [];
    const lease = holdLease(fake, attempt, 3, (end) => ends.push(end));
    lease.report(progress);
    for (let elapsedMs = 0; elapsedMs < 10_000; elapsedMs += 50) {
      await vi.advanceTimersByTimeAsync(50);
      expect(fake.outstanding()).toBe(1);
    }
    expect(fake.outstandingMax()).toBe(1);
    expect(fake.requests.every(({ wait_s: waitS }) => waitS <= 1)).toBe(true);
    expect(fake.requests[0].progress).toBeNull();
    expect(fake.requests.slice(1).every((request) => request.progress?.step === 3)).toBe(true);
    expect(ends).toEqual([]);
    lease.release();
  });

  test.each([
    ['canceled', () => 'cancel' as const],
    ['stale', () => 'stale' as const],
    ['stale', () => new StaleAttempt('heartbeat')],
  ])('ends as %s on the edge’s word', async (expected, verdict) => {
    const ends: LeaseEnd[] = [];
    holdLease(edge(verdict), attempt, 60, (end) => ends.push(end));
    await vi.advanceTimersByTimeAsync(0);
    expect(ends).toEqual([expected]);
  });

  test('counts as lost only after a whole lease without an answer', async () => {
    const ends: LeaseEnd[] = [];
    holdLease(
      edge(() => new Error('connection refused')),
      attempt,
      30,
      (end) => ends.push(end),
    );
    await vi.advanceTimersByTimeAsync(29_000);
    expect(ends).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(ends).toEqual(['lost']);
  });

  test('survives an outage shorter than the lease', async () => {
    let isDown = false;
    const fake = edge(() => (isDown ? new Error('connection refused') : 'continue'));
    const ends: LeaseEnd[] = [];
    const lease = holdLease(fake, attempt, 30, (end) => ends.push(end));
    for (isDown of [false, true, false, true, false]) await vi.advanceTimersByTimeAsync(20_000);
    expect(ends).toEqual([]);
    lease.release();
  });

  test('a released lease stops beating and reports nothing', async () => {
    const fake = edge(() => 'continue');
    const ends: LeaseEnd[] = [];
    holdLease(fake, attempt, 3, (end) => ends.push(end)).release();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fake.outstanding()).toBe(0);
    expect(ends).toEqual([]);
  });
});
