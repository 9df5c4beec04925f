import { Account, DeletedAccount } from '@headwright/shared/api/account';
import { Head } from '@headwright/shared/api/heads';
import { Job } from '@headwright/shared/api/jobs';
import { Revision } from '@headwright/shared/api/revisions';
import { eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { apiKeys } from '../../db/schema/api-keys.ts';
import { auditLog } from '../../db/schema/audit-log.ts';
import { bindings } from '../../test/bindings.ts';
import { makeClient } from '../../test/client.ts';
import { createJob } from '../../test/create-job.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { deps, endAllJobs } from '../../test/factories.ts';
import { finishHead } from '../../test/finish-head.ts';
import { createKey, hashSecret } from '../keys/format.ts';

afterEach(endAllJobs);

/** A live key of an account that has a test key. */
async function makeLiveKey(accountId: string): Promise<string> {
  const key = createKey('hk_live_');
  const id = deps.ids.create('key');
  const row = { id, accountId, mode: 'live' as const, hash: await hashSecret(key), createdAt: 1 };
  await deps.db.insert(apiKeys).values(row);
  return key;
}

test('an export has everything of the key’s mode but secrets, and says that it is whole', async () => {
  const { call, account, head } = await finishHead();
  await call('POST', head.urls.revisions, { json: { kind: 'texture', prompt: 'green skin' } });
  const { head: deleted } = await createJob(call, 'a knight');
  await call('DELETE', deleted.urls.self);
  await createJob(makeClient(await makeLiveKey(account.id)));
  await call('POST', '/v1/webhook_endpoints', { json: { url: 'http://127.0.0.1:9/hook' } });
  await call('POST', '/v1/client_tokens', { json: { end_user: 'x', allow: { create: 1 } } });
  await call('POST', '/v1/heads', { json: { prompt: 'test:reject:prompt' } });
  const response = await call('POST', '/v1/account/exports');
  expect(response.headers.get('Content-Type')).toBe('application/x-ndjson');
  // Not `text()`: workerd warns of that for a type that it does not know.
  const text = new TextDecoder().decode(await response.arrayBuffer());
  expect(text.endsWith('\n')).toBe(true);
  const lines: unknown[] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const Line = z.object({ object: z.string() });
  const objects = lines.map((line) => Line.parse(line).object);
  const counts = Object.fromEntries(
    [...new Set(objects)].map((name) => [name, objects.filter((each) => each === name).length]),
  );
  expect(counts).toEqual({
    account: 1,
    head: 1,
    revision: 2,
    job: 3,
    // Credit, then hold and capture, hold, hold and release.
    ledger_entry: 6,
    event: 7,
    webhook_endpoint: 1,
    api_key: 1,
    client_token: 1,
    moderation_flag: 1,
    export_end: 1,
  });
  expect(text).not.toMatch(/whsec_|hc_test_|hk_test_/);
  expect(Account.parse(lines[0]).id).toBe(account.id);
  expect(Head.parse(lines[1])).toEqual(head);
  expect(Revision.parse(lines[3]).files).toEqual(head.files);
  expect(Job.parse(lines[4]).status).toBe('canceled');
  const { export_end: _, ...others } = counts;
  expect(lines.at(-1)).toEqual({ object: 'export_end', counts: others });
  const audit = await deps.db.select().from(auditLog).where(eq(auditLog.accountId, account.id));
  expect(audit.map(({ action }) => action)).toEqual(['head.delete', 'account.export']);
});

test('deleting an account revokes its keys, erases its heads in both modes and its name', async () => {
  const { call, account } = await finishHead();
  const live = makeClient(await makeLiveKey(account.id));
  const { head } = await createJob(live, 'a zebra-striped sorcerer');
  const path = `/v1/account?confirm=${account.id}`;
  await expectProblem(await call('DELETE', path), 'auth.insufficient_scope');
  await expectProblem(await live('DELETE', '/v1/account?confirm=acct_other'), 'input.invalid');
  await expectProblem(await live('DELETE', '/v1/account'), 'input.invalid');
  const deleted = DeletedAccount.parse(await (await live('DELETE', path)).json());
  expect(deleted).toMatchObject({ id: account.id, deleted: true });
  await expectProblem(await live('GET', head.urls.self), 'auth.invalid_key');
  await expectProblem(await call('GET', '/v1/heads'), 'auth.invalid_key');
  expect((await bindings.FILES.list({ prefix: `${account.id}/` })).objects).toEqual([]);
  const { results } = await bindings.DB.prepare('select * from heads where account_id = ?')
    .bind(account.id)
    .all<{ prompt: string; deleted_at: number | null }>();
  expect(results.map(({ prompt, deleted_at: at }) => [prompt, at !== null])).toEqual([
    ['', true],
    ['', true],
  ]);
});

test('other accounts stay as they are', async () => {
  const [one, other] = [await finishHead(), await finishHead()];
  const live = makeClient(await makeLiveKey(one.account.id));
  await live('DELETE', `/v1/account?confirm=${one.account.id}`);
  expect(await (await other.call('GET', other.head.urls.self)).json()).toEqual(other.head);
});
