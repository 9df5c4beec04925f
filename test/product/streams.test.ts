import { JobEvent } from '@headwright/shared/api/jobs';
import { ClaimResponse } from '@headwright/shared/runner/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestEdge, startTestEdge } from '../harness/edge.ts';

/** `npm run soak` asks for more. */
const CLIENTS = Number(process.env['SOAK_CLIENTS'] ?? 20);
/** Not more than a job may be handed back for nothing. */
const ATTEMPTS = Number(process.env['SOAK_ATTEMPTS'] ?? 4);
const CUT_EVERY_MS = Number(process.env['SOAK_CUT_MS'] ?? 200);

let edge: TestEdge;
beforeAll(async () => {
  edge = await startTestEdge();
});
afterAll(() => edge.stop());

interface Follower {
  sequences: number[];
  cuts: number;
}

/** Reads a job's stream, cut again and again, until its last transition; comes back with Last-Event-ID. */
async function follow(path: string, cutMs: () => number): Promise<Follower> {
  const sequences: number[] = [];
  let cuts = 0;
  for (let isOver = false; !isOver; cuts++) {
    const abort = new AbortController();
    const last = sequences.at(-1);
    const response = await edge.request(path, {
      headers: last === undefined ? {} : { 'Last-Event-ID': String(last) },
      signal: abort.signal,
    });
    expect(response.status).toBe(200);
    const timer = setTimeout(() => abort.abort(), cutMs());
    try {
      isOver = await readFrames(response, sequences);
    } catch {
      // cut: on the next connection the rest comes
    } finally {
      clearTimeout(timer);
    }
  }
  return { sequences, cuts };
}

/** Notes the sequence of every frame with an id; true when the job has ended. */
async function readFrames(response: Response, sequences: number[]): Promise<boolean> {
  const { body } = response;
  if (body === null) throw new Error('expected a body, got none');
  let text = '';
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    text += part;
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      const id = /^id: (\d+)$/m.exec(frame)?.[1];
      const data = /^data: (.*)$/m.exec(frame)?.[1];
      if (id === undefined || data === undefined) continue;
      sequences.push(Number(id));
      if (JobEvent.parse(JSON.parse(data)).job.terminal) return true;
    }
  }
  return false;
}

/** A runner that takes the job and hands it back in good order, which costs the job no attempt. */
async function takeAndReturn(): Promise<void> {
  const call = (path: string, body: object, token?: string) =>
    edge.request(path, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${edge.keys.runnerKey}`,
        'Content-Type': 'application/json',
        ...(token === undefined ? {} : { 'Attempt-Token': token }),
      },
      body: JSON.stringify(body),
    });
  const claim = await call('/runner/v1/claim', { runner: 'r', presets: ['smoke'], wait_s: 5 });
  expect(claim.status).toBe(200);
  const { job, attempt } = ClaimResponse.parse(await claim.json());
  const code = { code: 'shutdown', detail: 'the machine goes', retryable: true };
  expect((await call(`/runner/v1/jobs/${job.job_id}/fail`, code, attempt.token)).status).toBe(200);
}

test(`${CLIENTS} clients whose streams are cut see every transition once and in order`, async () => {
  const { job } = await edge.api.createHead({ prompt: 'an old man', preset: 'smoke' });
  // Spread, so that they are not cut all at once.
  const followers = Array.from({ length: CLIENTS }, (_, index) =>
    follow(`/v1/jobs/${job.id}/events`, () => CUT_EVERY_MS * (0.5 + ((index * 13) % CLIENTS) / CLIENTS)),
  );
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    await takeAndReturn();
    await new Promise((resolve) => setTimeout(resolve, 3 * CUT_EVERY_MS));
  }
  await edge.api.cancelJob(job.id);
  const seen = await Promise.all(followers);
  const last = 2 * ATTEMPTS + 2;
  for (const { sequences } of seen) {
    const first = sequences[0] ?? Number.NaN;
    expect(sequences).toEqual(Array.from({ length: last - first + 1 }, (_, index) => first + index));
  }
  const cuts = seen.reduce((sum, each) => sum + each.cuts, 0);
  expect(cuts).toBeGreaterThan(CLIENTS);
  console.log(
    `soak: ${CLIENTS} clients, ${cuts} connections, ${last} transitions, each seen once and in order`,
  );
}, 3_000_000);
