import { CreateHeadResponse, Head } from '@headwright/shared/api/heads';
import { afterEach, expect, test } from 'vitest';
import { makeClient } from '../../../test/client.ts';
import { createJob } from '../../../test/create-job.ts';
import { expectProblem } from '../../../test/expect-problem.ts';
import { endAllJobs, makeAccount } from '../../../test/factories.ts';

afterEach(endAllJobs);

async function makeHead(metadata: Record<string, string> = {}) {
  const call = makeClient((await makeAccount()).key);
  const json = { prompt: 'x', preset: 'smoke', name: 'Ann', metadata };
  const { head } = CreateHeadResponse.parse(await (await call('POST', '/v1/heads', { json })).json());
  const patch = (changes: unknown) => call('PATCH', head.urls.self, { json: changes });
  return { call, head, patch };
}

test('metadata is merged: named keys change, null removes one, the others stay', async () => {
  const { call, head, patch } = await makeHead({ a: '1', b: '2', c: '3' });
  const changed = Head.parse(await (await patch({ metadata: { a: '9', b: null, d: '' } })).json());
  expect(changed.metadata).toEqual({ a: '9', c: '3', d: '' });
  expect(changed.name).toBe('Ann');
  expect(await (await call('GET', head.urls.self)).json()).toEqual(changed);
});

test('a name can be changed and removed, and an empty change changes nothing', async () => {
  const { patch } = await makeHead({ a: '1' });
  const name = async (changes: unknown) => Head.parse(await (await patch(changes)).json()).name;
  expect(await name({})).toBe('Ann');
  expect(await name({ name: ' Bob ' })).toBe('Bob');
  expect(await name({ name: null })).toBeNull();
});

test('there are never more than twenty keys, by however many changes at once', async () => {
  const full = Object.fromEntries(Array.from({ length: 19 }, (_, i) => [`k${i}`, 'v']));
  const { call, head, patch } = await makeHead(full);
  const responses = await Promise.all(['x', 'y', 'z'].map((key) => patch({ metadata: { [key]: '1' } })));
  expect(responses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422, 422]);
  const read = Head.parse(await (await call('GET', head.urls.self)).json());
  expect(Object.keys(read.metadata)).toHaveLength(20);
  expect((await patch({ metadata: { k0: null, w: '1' } })).status).toBe(200);
});

test.each([
  [{ metadata: { 'a b': '1' } }],
  [{ metadata: { ['k'.repeat(41)]: '1' } }],
  [{ metadata: { a: 1 } }],
  [{ metadata: { a: 'v'.repeat(501) } }],
  [{ metadata: { _proto: '1' } }],
  [{ metadata: [] }],
  [{ name: '' }],
  [{ name: 'n'.repeat(201) }],
  [{ prompt: 'another' }],
])('%j is refused', async (changes) => {
  const { patch } = await makeHead();
  await expectProblem(await patch(changes), 'input.invalid');
});

test('a foreign head cannot be changed', async () => {
  const { head } = await createJob(makeClient((await makeAccount()).key));
  const other = makeClient((await makeAccount()).key);
  await expectProblem(await other('PATCH', head.urls.self, { json: { name: 'mine' } }), 'resource.not_found');
});
