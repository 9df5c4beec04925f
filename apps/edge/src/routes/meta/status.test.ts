import { ErrorMeaningList, Status } from '@headwright/shared/api/meta';
import { ERROR_CODES } from '@headwright/shared/error-codes';
import { afterEach, expect, test } from 'vitest';
import { switches } from '../../db/schema/switches.ts';
import type { Deps } from '../../services/context.ts';
import { makeClient } from '../../test/client.ts';
import { deps, endAllJobs, makeAccount, makeClock, makeEdge } from '../../test/factories.ts';

const BROWSER = { headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };

afterEach(async () => {
  await endAllJobs();
  await deps.db.delete(switches);
});

const start = (parts: Partial<Deps> = {}) => {
  const clock = makeClock();
  const { fetcher } = makeEdge({ clock: clock.now, ...parts });
  const anyone = makeClient(null, fetcher);
  const read = async () => Status.parse(await (await anyone('GET', '/v1/status')).json());
  return { clock, fetcher, anyone, read };
};

test('anybody sees how the service is, as of at most ten seconds ago', async () => {
  const { clock, fetcher, read } = start();
  expect(await read()).toMatchObject({ status: 'operational', accepts_heads: true, queues: [] });
  const call = makeClient((await makeAccount()).key, fetcher);
  await call('POST', '/v1/heads', { json: { prompt: 'an orc', preset: 'draft' } });
  expect((await read()).queues, 'the answer of before').toEqual([]);
  clock.advance(10_000);
  const waiting = { mode: 'test', preset: 'draft', ready: 1, running: 0, oldest_ready_s: 10 };
  expect(await read()).toMatchObject({ status: 'operational', queues: [waiting] });
  clock.advance(15 * 60_000);
  expect((await read()).status, 'a job has been ready for too long').toBe('slow');
});

test('a pause says why, and a database that is away is told and not thrown', async () => {
  await deps.db.insert(switches).values({ name: 'creates_paused', reason: 'Repairs.', changedAt: 1 });
  expect(await start().read()).toMatchObject({
    status: 'paused',
    accepts_heads: false,
    reason: 'Repairs.',
  });
  const db = new Proxy(deps.db, {
    get: () => () => {
      throw new Error('the database is away');
    },
  });
  const log = { info: () => undefined, error: () => undefined };
  expect(await start({ db, log }).read()).toMatchObject({ status: 'down', accepts_heads: false });
});

test('the type of every problem leads to what it means, for programs and in a browser', async () => {
  const { anyone } = start();
  const { data } = ErrorMeaningList.parse(await (await anyone('GET', '/v1/errors')).json());
  expect(data.map(({ code }) => code)).toEqual(Object.keys(ERROR_CODES));
  for (const { code, urls, advice } of data) {
    expect(advice, code).not.toBe('');
    expect(await (await anyone('GET', urls.self)).json()).toMatchObject({ code });
  }
  for (const path of ['/v1/errors', '/v1/errors/limit.rate', '/v1/status']) {
    const page = await anyone('GET', path, BROWSER);
    expect(page.headers.get('Content-Type')).toMatch(/^text\/html/);
    expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('</table>');
  }
});
