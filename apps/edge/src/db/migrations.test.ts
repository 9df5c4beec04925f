import { expect, test } from 'vitest';
import { bindings } from '../test/bindings.ts';

const TABLES = ['events', 'assets', 'revisions', 'jobs', 'heads', 'api_keys', 'runner_keys', 'accounts'];
const JOB = `job_${'0'.repeat(26)}`;

const run = (statements: string[]) => bindings.DB.batch(statements.map((text) => bindings.DB.prepare(text)));

test('0001 and 0002: a head from before has one revision, its files and its job as they were', async () => {
  const [init, revisions, jobStates] = bindings.TEST_MIGRATIONS;
  await run(TABLES.map((table) => `drop table ${table}`));
  await run(init?.queries ?? []);
  await run([
    "insert into accounts values ('acct_1', 'one', 'free', 1, 1, 1)",
    `insert into heads values ('head_1', 'acct_1', 'an elf', 'blurry', 7, 'draft', '["w"]', '["l"]', 5)`,
    `insert into jobs (id, account_id, head_id, kind, mode, preset, status, attempt, failures, preview_count,
      sequence, last_event_id, created_at, finished_at)
      values ('${JOB}', 'acct_1', 'head_1', 'generate', 'test', 'draft', 'succeeded', 1, 0, 0, 3, 'evt_1', 5, 9)`,
    `insert into assets values ('ast_1', 'acct_1', 'head_1', '${JOB}', 'head.glb', 'model/gltf-binary', 3,
      '${'0'.repeat(64)}', 'key', 9)`,
  ]);
  await run([`insert into events values ('evt_1', 'acct_1', '${JOB}', 3, '{}', 9)`]);
  await run(revisions?.queries ?? []);
  await run(jobStates?.queries ?? []);
  const rows = async (table: string) => (await bindings.DB.prepare(`select * from ${table}`).all()).results;
  expect(await rows('revisions')).toEqual([
    {
      id: `rev_${'0'.repeat(26)}`,
      account_id: 'acct_1',
      head_id: 'head_1',
      job_id: JOB,
      kind: 'head',
      prompt: 'an elf',
      negative_prompt: 'blurry',
      seed: 7,
      parent_id: null,
      warnings: '["w"]',
      labels: '["l"]',
      created_at: 5,
    },
  ]);
  expect(await rows('assets')).toMatchObject([
    { id: 'ast_1', name: 'head.glb', bytes: 3, visibility: 'public', object_key: 'key', created_at: 9 },
  ]);
  expect(await rows('jobs')).toMatchObject([{ id: JOB, kind: 'head', checkpoint: null, finished_at: 9 }]);
  expect(await rows('events')).toMatchObject([{ id: 'evt_1', job_id: JOB }]);
  await expect(run([`delete from jobs where id = '${JOB}'`])).rejects.toThrow('FOREIGN KEY');
});
