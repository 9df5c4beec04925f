import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CreateHeadRequest } from '@headwright/shared/api/heads';
import { PRESETS } from '@headwright/shared/presets';
import { hashSecret } from '../apps/edge/src/services/keys/format.ts';
import { buildPlayground } from './build-playground.ts';
import { type EdgeProcess, findPort, startEdge } from './edge-process.ts';
import { keepKeys, prepareDatabase, writePrivately } from './local-account.ts';
import { makeHead } from './make-head.ts';
import { createPublicApi } from './public-api.ts';
import { type RunnerSupervisor, superviseRunner } from './runner-process.ts';
import { SAMPLE } from './sample-prompt.ts';
import { ROOT } from './wrangler.ts';

const HELP = `Usage: npm start [-- options] [-- "prompt"]

Starts everything on this machine: the edge (API and playground), a CPU runner with the starter
teacher, and makes a head through the public API. Serves until CTRL-C.

  "prompt"        the head to make; default: "${SAMPLE.prompt}"
  --preset NAME   draft | standard; default: draft
  --seed N        default: ${SAMPLE.seed} for the sample, else drawn by the edge
  --once          end after the head (also when CI=true)
  --no-sample     make no head, only serve
  --port N        default: 8787
  --state DIR     keys, database and logs; default: .headwright
  --out DIR       where heads go; default: out
  --help          this text

{url, apiKey} for clients are in .headwright/local.json.
`;

/** Folders count from the repository's root, from which npm runs. */
const absolute = (path: string): string => resolve(ROOT, path);

const Arguments = z.strictObject({
  prompt: CreateHeadRequest.shape.prompt.optional(),
  preset: CreateHeadRequest.shape.preset.unwrap().default(SAMPLE.preset),
  seed: z.string().regex(/^\d+$/).transform(Number).pipe(CreateHeadRequest.shape.seed.unwrap()).optional(),
  once: z.boolean().default(false),
  noSample: z.boolean().default(false),
  state: z.string().min(1).default('.headwright').transform(absolute),
  out: z.string().min(1).default('out').transform(absolute),
  port: z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(65_535)).default(8787),
});
type Arguments = z.infer<typeof Arguments>;

/** Parses the command line; throws a sentence that names the flag. */
function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      preset: { type: 'string' },
      seed: { type: 'string' },
      once: { type: 'boolean' },
      'no-sample': { type: 'boolean' },
      port: { type: 'string' },
      state: { type: 'string' },
      out: { type: 'string' },
    },
  });
  if (positionals.length > 1)
    throw new Error(`the prompt: expected one, in quotes, got ${positionals.length}`);
  const { 'no-sample': noSample, ...rest } = values;
  const parsed = Arguments.safeParse({ prompt: positionals[0], noSample, ...rest });
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`);
  throw new Error(lines.join('\n'));
}

/** Everything that runs, in the order in which it started. */
const running: { runner?: RunnerSupervisor; testRunner?: RunnerSupervisor; edge?: EdgeProcess } = {};

async function stopAll(): Promise<void> {
  await Promise.all([running.runner?.stop(), running.testRunner?.stop()]);
  await running.edge?.stop();
}

async function serve(args: Arguments, signal: AbortSignal): Promise<EdgeProcess> {
  if ((await findPort(args.port)) === null) {
    throw new Error(`port ${args.port} is busy: stop what listens there, or choose another with --port N`);
  }
  const stateDirectory = join(args.state, 'state');
  await mkdir(stateDirectory, { recursive: true });
  const keys = await keepKeys(join(args.state, 'keys.json'));
  console.log('Preparing the playground and the database …');
  await buildPlayground();
  await prepareDatabase(stateDirectory, [keys], signal);
  const isSmoke = args.preset === 'smoke';
  const operatorKey = randomBytes(32).toString('hex');
  console.log('Starting the edge …');
  const edge = await startEdge({
    port: args.port,
    stateDirectory,
    logPath: join(args.state, 'edge.log'),
    signal,
    variables: {
      OPERATOR_KEY_HASHES: await hashSecret(operatorKey),
      ...(isSmoke ? { ALLOW_SMOKE_PRESET: 'true' } : {}),
    },
  });
  running.edge = edge;
  signal.throwIfAborted();
  await writePrivately(join(args.state, 'local.json'), { url: edge.url, apiKey: keys.apiKey, operatorKey });
  console.log(`The API answers at ${edge.url}/v1, the playground at ${edge.url}/#key=${keys.apiKey}`);
  console.log('Starting a CPU runner with the starter teacher …');
  running.runner = superviseRunner({
    environment: {
      EDGE_URL: edge.url,
      RUNNER_KEY: keys.runnerKey,
      RUNNER_NAME: 'local',
      ...(isSmoke ? { PRESETS: PRESETS.join(',') } : {}),
    },
    logPath: join(args.state, 'runner.log'),
  });
  // It loads no model, and takes the magic prompts of docs/quickstart.md.
  running.testRunner = superviseRunner({
    environment: {
      EDGE_URL: edge.url,
      RUNNER_KEY: keys.runnerKey,
      RUNNER_NAME: 'local-test',
      ENGINE: 'scripted',
    },
    logPath: join(args.state, 'test-runner.log'),
  });
  return edge;
}

async function makeSample(args: Arguments, edge: EdgeProcess, signal: AbortSignal): Promise<void> {
  const { apiKey } = await keepKeys(join(args.state, 'keys.json'));
  const seed = args.seed ?? (args.prompt === undefined ? SAMPLE.seed : undefined);
  const prompt = args.prompt ?? SAMPLE.prompt;
  const request = { prompt, preset: args.preset, ...(seed === undefined ? {} : { seed }) };
  console.log(`Making "${prompt}", preset ${args.preset} …`);
  const api = createPublicApi(edge.url, apiKey);
  const made = makeHead(api, request, args.out, signal);
  const { head, directory } = await Promise.race([
    made,
    running.runner?.broken ?? made,
    edge.ended.then(() => Promise.reject(new Error('the edge ended; see edge.log in the state folder'))),
  ]);
  for (const warning of head.warnings) console.log(`note: ${warning}`);
  console.log(
    `The head lies in ${relative(process.cwd(), directory)}/: ${head.files.map(({ name }) => name).join(', ')}`,
  );
  console.log(`Make another one in the playground: ${edge.url}/#key=${apiKey}`);
}

async function run(): Promise<void> {
  const args = readArguments(process.argv.slice(2));
  const stop = new AbortController();
  const onSignal = (): void => stop.abort(new Error('stopped'));
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  // A parent that is killed sends no signal; this process then has another parent.
  const parentPid = process.ppid;
  setInterval(() => {
    if (process.ppid !== parentPid) onSignal();
  }, 500).unref();
  try {
    const edge = await serve(args, stop.signal);
    if (!args.noSample) await makeSample(args, edge, stop.signal);
    if (!args.noSample && (args.once || process.env.CI === 'true')) return;
    console.log('Serving; CTRL-C ends it.');
    await Promise.race([
      new Promise((resolve) => stop.signal.addEventListener('abort', resolve, { once: true })),
      running.runner?.broken,
      edge.ended.then(() => Promise.reject(new Error('the edge ended; see edge.log in the state folder'))),
    ]);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    await stopAll();
  }
  if (stop.signal.aborted) console.log('Stopped.');
}

if (process.argv.includes('--help')) console.log(HELP);
else {
  try {
    await run();
    process.exit(0);
  } catch (error) {
    console.error(`start: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
