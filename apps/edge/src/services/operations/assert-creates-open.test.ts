import { afterEach, expect, test } from 'vitest';
import { switches } from '../../db/schema/switches.ts';
import { makeClient } from '../../test/client.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { countRows, deps, endAllJobs } from '../../test/factories.ts';
import { finishHead } from '../../test/finish-head.ts';

afterEach(async () => {
  await deps.db.delete(switches);
  await endAllJobs();
});

test('while creates are paused, heads and edits are refused; what was accepted goes on, repeats included', async () => {
  const { account, head } = await finishHead();
  const call = makeClient(account.key);
  const json = { prompt: 'x', preset: 'smoke' };
  const headers = { 'Idempotency-Key': 'k' };
  const first = await (await call('POST', '/v1/heads', { json, headers })).json();
  const reason = 'We move to larger machines until noon.';
  await deps.db.insert(switches).values({ name: 'creates_paused', reason, changedAt: 1 });
  const before = await countRows(account.id);
  const refused = await call('POST', '/v1/heads', { json });
  expect(refused.headers.get('Retry-After')).toBe('300');
  expect((await expectProblem(refused, 'capacity.paused')).detail).toBe(reason);
  const edit = { kind: 'texture', prompt: 'x' };
  await expectProblem(await call('POST', head.urls.revisions, { json: edit }), 'capacity.paused');
  expect(await (await call('POST', '/v1/heads', { json, headers })).json()).toEqual(first);
  expect(await countRows(account.id)).toEqual(before);
});
