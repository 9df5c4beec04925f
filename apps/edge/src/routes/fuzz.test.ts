import { beforeAll, expect, test } from 'vitest';
import { bindings } from '../test/bindings.ts';
import { makeEdge } from '../test/factories.ts';
import { type FakeRunner, makeFakeRunner } from '../test/fake-runner.ts';
import { STATE } from '../test/finish-head.ts';
import { type World, makeWorld } from '../test/make-world.ts';
import { COMPONENTS, type DocumentedOperation, OPERATIONS, requestOf } from '../test/operations.ts';
import { makeRandom, pick } from '../test/sample-of-schema.ts';
import { spoilRequest } from '../test/spoil-request.ts';
import { renditionFiles } from '../test/rendition-files.ts';
import { claimOrThrow, GLB, PNG } from '../test/start-attempt.ts';

const REQUEST_COUNT = Number(bindings.FUZZ_REQUESTS);
const ROUND_LENGTH = 50;
/** They end what the others are about, so they come seldom. */
const DESTRUCTIVE = /^(delete|revoke|cancel)/;
/** These end the account. */
const FINAL = /Account$/;

let world: World;
let runner: FakeRunner;
let ownKeyId: string;
let runningJobId: string;

/** A world is some dozen requests, on a machine that may have other things to do. */
const WORLD_TIMEOUT_MS = 120_000;

beforeAll(async () => {
  const { fetcher } = makeEdge({});
  world = await makeWorld(fetcher);
  runner = await makeFakeRunner({ fetcher });
  const { data } = await (await world.call('GET', '/v1/keys')).json<{
    data: { id: string; name: string }[];
  }>();
  ownKeyId = data.at(-1)?.id ?? '';
  const claim = await claimOrThrow(runner);
  await runner.preview(claim, PNG);
  runningJobId = claim.job.job_id;
}, WORLD_TIMEOUT_MS);

/** More than the longest wait that a request may ask for, on a machine that may have other things to do. */
const ANSWER_MAX_MS = 90_000;

/** What is not there in time is a failure with a name, not a run that hangs. */
async function inTime<T>(what: string, answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${ANSWER_MAX_MS} ms: ${what}`)),
      ANSWER_MAX_MS,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Finishes what waits, so that there are always heads to edit and to read. */
async function workOff(): Promise<void> {
  for (let i = 0; i < 5; i += 1) {
    const claim = await runner.claim();
    if (claim === null) return;
    await runner.preview(claim, PNG);
    const own = claim.job.kind === 'export' ? [] : [GLB, STATE];
    await runner.finish(claim, [...own, ...renditionFiles(claim)]);
  }
}

/** Looks at the world again; the key that asks is not among what may be changed. */
async function lookAgain(): Promise<void> {
  await world.refresh();
  world.ids.set(
    'key_',
    (world.ids.get('key_') ?? []).filter((id) => id !== ownKeyId),
  );
}

/** Paths that a document cannot tell: a job with a picture, and a link that is signed. */
async function exactPath({ operationId }: DocumentedOperation): Promise<string | null> {
  if (operationId === 'getPreview') return `/v1/jobs/${runningJobId}/preview`;
  if (operationId !== 'getLinkedFile') return null;
  const asset = await world.call('GET', `/v1/assets/${world.ids.get('ast_')?.[0]}`);
  const { pathname, search } = new URL((await asset.json<{ url: string }>()).url, 'https://edge.test');
  return pathname + search;
}

const usual = OPERATIONS.filter(({ operationId }) => !FINAL.test(operationId));
const lasting = usual.filter(({ operationId }) => !DESTRUCTIVE.test(operationId));

test(`${REQUEST_COUNT} requests, a quarter of them spoiled, meet no fault of ours and every success`, async () => {
  const random = makeRandom(20261123);
  const successes = new Set<string>();
  let validCount = 0;
  let sentCount = 0;
  async function ask(operation: DocumentedOperation, isSpoiled: boolean): Promise<void> {
    sentCount += 1;
    const sample = requestOf(operation, { random, components: COMPONENTS, ids: world.ids });
    const request = { ...sample, path: (await exactPath(operation)) ?? sample.path };
    const { method, path, options } = isSpoiled
      ? spoilRequest(request, random)
      : { ...request, options: request.json === undefined ? {} : { json: request.json } };
    const told = `${method} ${path} ${JSON.stringify(options)}`;
    const response = await inTime(told.slice(0, 2000), world.call(method, path, options));
    expect(response.status, `${told.slice(0, 2000)}: ${response.headers.get('Request-Id')}`).toBeLessThan(
      500,
    );
    await inTime(`end of ${told.slice(0, 2000)}`, response.body?.cancel() ?? Promise.resolve());
    if (response.status >= 400) return;
    if (!isSpoiled) validCount += 1;
    if (response.status < 300) successes.add(`${operation.operationId} ${response.status}`);
  }
  /** Some need two ids that belong together, or an endpoint that is on: a few tries a round find them. */
  async function askUntilSuccess(operation: DocumentedOperation): Promise<void> {
    const hasSucceeded = () => [...successes].some((each) => each.startsWith(`${operation.operationId} `));
    for (let tries = 0; tries < 20 && !hasSucceeded(); tries += 1) await ask(operation, false);
  }
  for (let i = 0; i < REQUEST_COUNT; i += 1) {
    if (i % ROUND_LENGTH === 0) {
      await inTime('working off', workOff());
      await inTime('looking again', lookAgain());
      for (const operation of usual) await askUntilSuccess(operation);
    }
    await ask(pick(random, random() < 0.1 ? usual : lasting), i % 4 === 0);
  }
  const promised = usual.flatMap(({ operationId, responses }) =>
    Object.keys(responses)
      .filter((status) => status.startsWith('2') && status !== '206')
      .map((status) => `${operationId} ${status}`),
  );
  expect(promised.filter((success) => !successes.has(success))).toEqual([]);
  expect(validCount).toBeGreaterThanOrEqual(sentCount / 2);
}, 3_600_000);
