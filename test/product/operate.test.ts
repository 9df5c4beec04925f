import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ClaimResponse } from '@headwright/shared/runner/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashSecret } from '../../apps/edge/src/services/keys/format.ts';
import { createPublicApi } from '../../scripts/public-api.ts';
import { ROOT } from '../../scripts/wrangler.ts';
import { type TestEdge, startTestEdge } from '../harness/edge.ts';

const OPERATOR_KEY = 'a-key-of-an-operator';
const execute = promisify(execFile);

let edge: TestEdge;
beforeAll(async () => {
  edge = await startTestEdge({ OPERATOR_KEY_HASHES: await hashSecret(OPERATOR_KEY) });
});
afterAll(async () => {
  await edge.stop();
});

/** `npm run admin -- …`, without npm. */
async function admin(...args: string[]): Promise<unknown> {
  const env = { ...process.env, EDGE_URL: edge.url, OPERATOR_KEY };
  const { stdout } = await execute(process.execPath, [join(ROOT, 'scripts/admin.ts'), ...args], { env });
  return JSON.parse(stdout);
}

const text = (value: unknown, field: string): string => {
  expect(value).toMatchObject({ [field]: expect.any(String) });
  return String(Object(value)[field]);
};

test('an operator takes an account from nothing to a claimed job, gives the job to another runner, and stops and resumes creates', async () => {
  const account = text(await admin('accounts', 'create', '--name', 'Acme', '--plan', 'team'), 'id');
  const mode = ['--mode', 'live'];
  const credit = await admin(
    'credits',
    'add',
    '--account',
    account,
    ...mode,
    '--amount',
    '5000',
    '--reference',
    'invoice 1',
  );
  expect(JSON.stringify(credit)).toContain('5000');
  const key = text(await admin('keys', 'create', '--account', account, ...mode), 'secret');
  const runnerKey = text(await admin('runner-keys', 'create', '--name', 'gpu-1', ...mode), 'secret');
  const api = createPublicApi(edge.url, key);
  const { job } = await api.createHead({ prompt: 'an old man with a white beard', preset: 'smoke' });

  const claim = async () => {
    const response = await fetch(new URL('/runner/v1/claim', edge.url), {
      method: 'POST',
      headers: { Authorization: `Bearer ${runnerKey}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ runner: 'gpu-1', presets: ['smoke'], wait_s: 0 }),
    });
    expect(response.status).toBe(200);
    return ClaimResponse.parse(await response.json());
  };
  const first = await claim();
  expect(first.job.job_id).toBe(job.id);
  expect(await admin('jobs', 'show', '--job', job.id)).toMatchObject({ status: 'running', is_held: true });
  await admin('jobs', 'requeue', '--job', job.id);
  const second = await claim();
  expect(second.attempt.number).toBe(2);
  const stale = await fetch(new URL(`/runner/v1/jobs/${job.id}/heartbeat`, edge.url), {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${runnerKey}`,
      'Content-Type': 'application/json',
      'Attempt-Token': first.attempt.token,
    },
    body: JSON.stringify({ progress: null, wait_s: 0 }),
  });
  expect(await stale.json()).toMatchObject({ verdict: 'stale' });

  await admin('creates', 'pause', '--reason', 'The runners get new cards.');
  await expect(api.createHead({ prompt: 'a man', preset: 'smoke' })).rejects.toThrow('503');
  await admin('creates', 'resume');
  expect((await api.createHead({ prompt: 'a man', preset: 'smoke' })).job.status).toBe('queued');

  const audit = JSON.stringify(await admin('audit', 'list'));
  for (const action of [
    'accounts.create',
    'credits.add',
    'keys.create',
    'runner_keys.create',
    'jobs.requeue',
    'creates.pause',
    'creates.resume',
  ]) {
    expect(audit).toContain(action);
  }
  for (const secret of [key, runnerKey, OPERATOR_KEY]) expect(audit).not.toContain(secret);
});

test('the restore drill: a database that was exported and imported is the same, and its books agree', async () => {
  await edge.halt();
  const { stdout } = await execute(process.execPath, [
    join(ROOT, 'scripts/drill.ts'),
    '--state',
    edge.directory,
  ]);
  expect(stdout).toMatch(/\d+ tables, indexes and triggers are the same/);
  expect(stdout).toContain('The books agree.');
});
