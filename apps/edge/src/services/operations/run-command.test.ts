import { expect, test } from 'vitest';
import { hashSecret } from '../keys/format.ts';
import { makeClient } from '../../test/client.ts';
import { expectProblem } from '../../test/expect-problem.ts';
import { deps, makeAccount, makeEdge } from '../../test/factories.ts';

/** What an operator's commands are answered. */
async function makeOperator() {
  const config = { ...deps.config, operatorKeyHashes: [await hashSecret('operator')] };
  const { fetcher } = makeEdge({ config });
  const call = makeClient('operator', fetcher);
  const post = (command: string, json: object) => call('POST', `/operator/v1/${command}`, { json });
  const balance = async (account: string): Promise<number> => {
    const shown = await (await post('accounts.show', { account })).json<{
      data: { wallets: { mode: string; balanceMinor: number }[] };
    }>();
    return shown.data.wallets.find(({ mode }) => mode === 'live')?.balanceMinor ?? 0;
  };
  return { post, balance, fetcher };
}

test('a reference that stands for another credit is refused, not passed over', async () => {
  const { post, balance } = await makeOperator();
  const [one, other] = [await makeAccount({}, 0), await makeAccount({}, 0)];
  const gift = { account: one.id, mode: 'live', amount: 500, reference: `welcome ${one.id}` };
  expect((await post('credits.add', gift)).status).toBe(200);
  expect((await post('credits.add', gift)).status).toBe(200);
  for (const changed of [{ account: other.id }, { mode: 'test' }, { amount: 600 }]) {
    await expectProblem(await post('credits.add', { ...gift, ...changed }), 'input.invalid');
  }
  expect([await balance(one.id), await balance(other.id)]).toEqual([500, 0]);
});

test('an invoiced account has a limit, and a prepaid one has none', async () => {
  const { post } = await makeOperator();
  const { id: account } = await makeAccount({}, 0);
  const terms = (json: object) => post('terms.set', { account, mode: 'live', ...json });
  await expectProblem(await terms({ arrangement: 'invoiced' }), 'input.invalid');
  await expectProblem(await terms({ arrangement: 'prepaid', credit_limit: 100 }), 'input.invalid');
  expect((await terms({ arrangement: 'invoiced', credit_limit: 0 })).status).toBe(200);
  expect((await terms({ arrangement: 'prepaid' })).status).toBe(200);
});

test('a runner’s key that was revoked claims no more, at once', async () => {
  const { post, fetcher } = await makeOperator();
  const made = await (await post('runner_keys.create', { name: 'gpu 1' })).json<{
    data: { id: string; secret: string };
  }>();
  const claim = () =>
    makeClient(made.data.secret, fetcher)('POST', '/runner/v1/claim', {
      json: { runner: 'gpu 1', presets: ['smoke'], wait_s: 0 },
    });
  expect((await claim()).status).toBe(204);
  await post('runner_keys.revoke', { runner_key: made.data.id });
  await expectProblem(await claim(), 'auth.invalid_key');
});
