import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { endGroup, exitOf } from './process-group.ts';
import { spawnWrangler } from './wrangler.ts';

export interface EdgeOptions {
  readonly port: number;
  /** A Worker that is not the edge of wrangler.toml, or one without the sweep. */
  readonly configPath?: string;
  /** Where D1, R2 and the Durable Objects live. */
  readonly stateDirectory: string;
  readonly logPath: string;
  /** Variables that replace those of wrangler.toml. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Gives up starting. */
  readonly signal?: AbortSignal;
}

export interface EdgeProcess {
  readonly url: string;
  /** Resolves when the edge has ended, whoever ended it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const START_MAX_MS = 60_000;
/** Crons never fire under `wrangler dev`; the sweep behind the Durable Objects runs this often instead. */
const SWEEP_MS = 5_000;

/** Starts the real edge on this machine (`wrangler dev`: workerd with D1, R2 and Durable Objects) and waits until it answers. */
export async function startEdge(options: EdgeOptions): Promise<EdgeProcess> {
  const log = openSync(options.logPath, 'w');
  const child = spawnWrangler(
    [
      'dev',
      '--local',
      ...(options.configPath === undefined ? [] : ['--config', options.configPath]),
      ...['--ip', '127.0.0.1'],
      ...['--port', String(options.port)],
      ...['--inspector-port', '0'],
      ...['--persist-to', options.stateDirectory],
      '--show-interactive-dev-session=false',
      ...['--log-level', 'warn'],
      ...Object.entries({ LOCAL_MODE: 'true', ...options.variables }).flatMap(([name, value]) => [
        '--var',
        `${name}:${value}`,
      ]),
    ],
    ['ignore', log, log],
  );
  closeSync(log);
  const url = `http://127.0.0.1:${options.port}`;
  const ended = exitOf(child);
  const stop = (): Promise<void> => endGroup(child, 1_500);
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
  });
  const deadlineMs = performance.now() + START_MAX_MS;
  while (!(await answers(`${url}/healthz`))) {
    if (hasEnded || options.signal?.aborted === true || performance.now() > deadlineMs) {
      await stop();
      options.signal?.throwIfAborted();
      throw new Error(
        `startEdge: the edge did not start; its log says:\n${readFileSync(options.logPath, 'utf8')}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const sweep =
    options.configPath === undefined
      ? setInterval(() => void answers(`${url}/cdn-cgi/handler/scheduled?cron=*+*+*+*+*`), SWEEP_MS)
      : undefined;
  void ended.then(() => clearInterval(sweep));
  return {
    url,
    ended,
    stop: async () => {
      clearInterval(sweep);
      await stop();
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false; // not listening yet, or already stopped
  }
}

/** Whether nothing listens on the port; 0 finds any free one. Returns it, or null. */
export function findPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null));
    });
  });
}
