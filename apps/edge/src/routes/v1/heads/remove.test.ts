import { DeletedHead, HeadList } from '@headwright/shared/api/heads';
import { eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { auditLog } from '../../../db/schema/audit-log.ts';
import { heads } from '../../../db/schema/heads.ts';
import { SCHEDULE } from '../../../scheduled/index.ts';
import { bindings } from '../../../test/bindings.ts';
import { makeClient } from '../../../test/client.ts';
import { createJob } from '../../../test/create-job.ts';
import { expectProblem } from '../../../test/expect-problem.ts';
import { deps, endAllJobs, makeAccount } from '../../../test/factories.ts';
import { makeFakeRunner } from '../../../test/fake-runner.ts';
import { finishHead, STATE } from '../../../test/finish-head.ts';
import { claimOrThrow, FILES, GLB, readJob, startAttempt } from '../../../test/start-attempt.ts';

afterEach(endAllJobs);

const SECRET = 'zebra-striped-sorcerer';

/** Every row of every table, as text. */
async function dumpDatabase(): Promise<string> {
  const { results } = await bindings.DB.prepare(
    "select name from sqlite_master where type = 'table' and name not like '\\_%' escape '\\'",
  ).all<{ name: string }>();
  const tables = await Promise.all(
    results.map(({ name }) => bindings.DB.prepare(`select * from "${name}"`).all()),
  );
  return JSON.stringify(tables.map((table) => table.results));
}

const listFiles = async (prefix: string) =>
  (await bindings.FILES.list({ prefix })).objects.map(({ key }) => key);

test('a deleted head leaves a tombstone, no file, and its words nowhere', async () => {
  const account = await makeAccount();
  const call = makeClient(account.key);
  const runner = await makeFakeRunner();
  const json = {
    prompt: `a ${SECRET}`,
    negative_prompt: `not ${SECRET}`,
    preset: 'smoke',
    name: SECRET,
    metadata: { note: SECRET },
    end_user: SECRET,
  };
  const headers = { 'Idempotency-Key': 'once' };
  const created = await (await call('POST', '/v1/heads', { json, headers })).json<{ head: { id: string } }>();
  const path = `/v1/heads/${created.head.id}`;
  await runner.finish(await claimOrThrow(runner), [GLB, STATE]);
  const edit = await call('POST', `${path}/revisions`, { json: { kind: 'texture', prompt: SECRET } });
  expect(edit.status).toBe(202);
  expect(await dumpDatabase()).toContain(SECRET);
  expect(await listFiles(`${account.id}/`)).not.toEqual([]);

  const deleted = DeletedHead.parse(await (await call('DELETE', path)).json());
  expect(deleted).toMatchObject({ id: created.head.id, deleted: true });
  // Whom a job was made for is use, which is counted; the words are in no row.
  const rows = (await dumpDatabase()).replaceAll(`"end_user":"${SECRET}"`, '');
  expect(rows).not.toContain(SECRET);
  expect(await listFiles(`${account.id}/`)).toEqual([]);
  for (const gone of [path, `${path}/revisions`, `${path}/file/head.glb`]) {
    await expectProblem(await call('GET', gone), 'resource.deleted');
  }
  await expectProblem(await call('PATCH', path, { json: { name: 'x' } }), 'resource.deleted');
  const revision = { kind: 'texture', prompt: 'x' };
  await expectProblem(await call('POST', `${path}/revisions`, { json: revision }), 'resource.deleted');
  await expectProblem(await call('POST', '/v1/heads', { json, headers }), 'resource.deleted');
  expect(HeadList.parse(await (await call('GET', '/v1/heads')).json()).data).toEqual([]);
  expect(DeletedHead.parse(await (await call('DELETE', path)).json())).toEqual(deleted);
  const audit = await deps.db.select().from(auditLog).where(eq(auditLog.accountId, account.id));
  expect(audit).toMatchObject([{ action: 'head.delete', target: created.head.id }]);
});

test('other heads of the account stay as they are', async () => {
  const { call, head, account } = await finishHead();
  const { head: other } = await createJob(call, 'a knight');
  await call('DELETE', other.urls.self);
  expect(await (await call('GET', head.urls.self)).json()).toEqual(head);
  expect(await listFiles(`${account.id}/${head.id}/`)).not.toEqual([]);
});

test('deleting a head cancels its job, which then publishes nothing', async () => {
  const { call, created, runner, claim, sweep, clock, account } = await startAttempt();
  await runner.upload(claim, { name: 'head.glb', contentType: 'x', bytes: Uint8Array.of(1, 2, 3) });
  expect((await call('DELETE', created.head.urls.self)).status).toBe(200);
  expect((await runner.complete(claim, FILES)).status).toBe(409);
  expect((await readJob(call, created.job.urls.self)).status).toBe('canceled');
  // What a request still copied after the files had gone, the sweep removes a while later.
  await bindings.FILES.put(`${account.id}/${created.head.id}/late`, 'late');
  clock.advance(14 * 60_000);
  await sweep();
  expect(await listFiles(`${account.id}/`)).toHaveLength(1);
  clock.advance(2 * 60_000);
  await sweep();
  expect(await listFiles(`${account.id}/`)).toEqual([]);
  const [row] = await deps.db.select().from(heads).where(eq(heads.id, created.head.id));
  expect(row?.purgedAt).toBe(clock.now());
});

test('an attempt that publishes at the moment of a deletion brings no words back', async () => {
  const { created, runner, claim } = await startAttempt();
  for (const file of FILES) await runner.upload(claim, file);
  // The words are gone, and the job is not stopped yet.
  await deps.db.update(heads).set({ prompt: '', deletedAt: 1 }).where(eq(heads.id, created.head.id));
  expect((await runner.complete(claim, FILES, [`"${SECRET}" is a rare word`])).status).toBe(200);
  expect(await dumpDatabase()).not.toContain('is a rare word');
});

test('a foreign head cannot be deleted', async () => {
  const { head } = await createJob(makeClient((await makeAccount()).key));
  const other = makeClient((await makeAccount()).key);
  await expectProblem(await other('DELETE', head.urls.self), 'resource.not_found');
});

test('the sweep erases what a deleted account has left', async () => {
  const { call, account, head } = await finishHead();
  await deps.db.run(`update accounts set deleted_at = 1 where id = '${account.id}'`);
  await SCHEDULE['* * * * *']?.(deps);
  await expectProblem(await call('GET', head.urls.self), 'resource.deleted');
  expect(await listFiles(`${account.id}/`)).toEqual([]);
});
