import { Head } from '@headwright/shared/api/heads';
import { type Client, makeClient } from './client.ts';
import { createJob } from './create-job.ts';
import { makeAccount } from './factories.ts';
import { type DraftFile, makeFakeRunner } from './fake-runner.ts';
import { claimOrThrow, GLB } from './start-attempt.ts';

/** The state that a runner uploads with a head; its text must never reach a customer. */
export const STATE: DraftFile = {
  name: 'head.state',
  contentType: 'application/octet-stream',
  bytes: new TextEncoder().encode('the secret state of the first revision'),
};

export const readHead = async (call: Client, path: string) =>
  Head.parse(await (await call('GET', path)).json());

/** An account with a finished head that can be edited, and the runner that made it. */
export async function finishHead(files: DraftFile[] = [GLB, STATE]) {
  const account = await makeAccount();
  const call = makeClient(account.key);
  const runner = await makeFakeRunner();
  const created = await createJob(call);
  await runner.finish(await claimOrThrow(runner), files);
  const head = await readHead(call, created.head.urls.self);
  return { account, call, runner, head };
}
