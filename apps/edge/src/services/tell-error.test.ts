import { CreateHeadResponse } from '@headwright/shared/api/heads';
import { expect, test } from 'vitest';
import { openDatabase } from '../db/client.ts';
import { bindings } from '../test/bindings.ts';
import { makeClient } from '../test/client.ts';
import { createJob } from '../test/create-job.ts';
import { expectProblem } from '../test/expect-problem.ts';
import { endAllJobs, makeAccount, makeEdge } from '../test/factories.ts';
import { tellError } from './tell-error.ts';

/** The database, whose statements on these words fail. */
function breakOn(words: string) {
  const binding = new Proxy(bindings.DB, {
    get(target, name) {
      if (name !== 'prepare') return Reflect.get(target, name).bind(target);
      return (text: string) => target.prepare(text.startsWith(words) ? `oops ${text}` : text);
    },
  });
  return openDatabase(binding);
}

test('a statement that fails is logged without the words that it was to write', async () => {
  const logged: string[] = [];
  const error = (message: string, fields: object) => logged.push(JSON.stringify({ message, ...fields }));
  const { fetcher } = makeEdge({ db: breakOn('update "heads"'), log: { info: () => undefined, error } });
  const call = makeClient((await makeAccount()).key, fetcher);
  const { head } = CreateHeadResponse.parse(await createJob(call));
  const json = { name: 'the name of my patient', metadata: { diagnosis: 'a secret illness' } };
  await expectProblem(await call('PATCH', head.urls.self, { json }), 'internal.error');
  expect(logged).toHaveLength(1);
  expect(logged[0]).toContain('Failed query: update');
  expect(logged[0]).toContain('syntax error');
  expect(logged[0]).not.toMatch(/my patient|secret illness/);
  await endAllJobs();
});

test('any other error is told with where it came from and why', () => {
  const told = tellError(new Error('no room', { cause: new Error('a full disk') }));
  expect(told).toMatch(/^Error: no room\n\s+at [^]*caused by Error: a full disk\n\s+at /);
  expect(tellError('words')).toBe('words');
});
